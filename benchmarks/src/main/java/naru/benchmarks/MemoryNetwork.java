package naru.benchmarks;

import java.util.ArrayList;
import java.util.List;
import naru.world.Network;
import naru.world.Socket;
import naru.world.SocketEvents;
import org.jspecify.annotations.Nullable;

/// A network that costs next to nothing: what the next poll shows to each connection is chosen
/// before it, and what is sent is only counted.
final class MemoryNetwork implements Network {
  private static final int BUFFER_BYTES = 64 << 10;

  private final List<SocketEvents> connections = new ArrayList<>();
  private final List<byte[]> next = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private @Nullable Acceptor acceptor;
  private long sentBytes;

  /// A new connection, whose number this returns.
  int connect() {
    if (acceptor == null) {
      throw new IllegalStateException("nobody listens");
    }
    connections.add(acceptor.accepted(new Sink()));
    next.add(new byte[0]);
    return connections.size() - 1;
  }

  /// The next poll shows this to a connection, and those after it nothing.
  void show(int connection, byte[] bytes) {
    next.set(connection, bytes);
  }

  /// What all connections were sent.
  long sentBytes() {
    return sentBytes;
  }

  @Override
  public int listen(String host, int port, Encryption encryption, Acceptor newAcceptor) {
    acceptor = newAcceptor;
    return port;
  }

  @Override
  public void poll(long timeoutNs) {
    for (int i = 0; i < connections.size(); i++) {
      byte[] bytes = next.get(i);
      if (bytes.length > 0) {
        next.set(i, new byte[0]);
        System.arraycopy(bytes, 0, buffer, 0, bytes.length);
        connections.get(i).received(buffer, 0, bytes.length);
        connections.get(i).receivedAll();
      }
    }
  }

  @Override
  public void wakeUp() {}

  @Override
  public void stopListening() {}

  @Override
  public void close() {}

  private final class Sink implements Socket {
    private final byte[] unsent = new byte[1 << 20];
    private int length;

    @Override
    public String remoteAddress() {
      return "127.0.0.1:50000";
    }

    @Override
    public String localAddress() {
      return "127.0.0.1:6379";
    }

    @Override
    public void write(byte[] from, int offset, int count) {
      System.arraycopy(from, offset, unsent, 0, count);
      length += count;
    }

    @Override
    public void flush() {
      sentBytes += length;
      length = 0;
    }

    @Override
    public long unsentBytes() {
      return 0;
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void close() {}

    @Override
    public void closeAfterFlush() {}
  }
}
