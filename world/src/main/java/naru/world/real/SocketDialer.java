package naru.world.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import naru.world.Dialer;
import naru.world.WorldFailure;

/// Connects with the sockets of the JDK, which wait.
public final class SocketDialer implements Dialer {
  @Override
  public Line dial(String host, int port, int timeoutMs) {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(host, port), timeoutMs);
      return new SocketLine(socket);
    } catch (IOException | IllegalArgumentException refused) {
      close(socket);
      throw new WorldFailure("cannot connect to " + host + ":" + port, refused);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // There is nothing left to be done about it.
    }
  }

  private static final class SocketLine implements Line {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    SocketLine(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    }

    @Override
    public int read(byte[] into, int offset, int count, int timeoutMs) {
      try {
        socket.setSoTimeout(timeoutMs);
        return in.read(into, offset, count);
      } catch (SocketTimeoutException _) {
        return 0;
      } catch (IOException refused) {
        throw new WorldFailure("the connection broke", refused);
      }
    }

    @Override
    public void write(byte[] from, int offset, int count) {
      try {
        out.write(from, offset, count);
      } catch (IOException refused) {
        throw new WorldFailure("the connection broke", refused);
      }
    }

    @Override
    public void close() {
      SocketDialer.close(socket);
    }
  }
}
