package naru.measure.drive;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Plays the parts of a load against a server on this machine, on one thread.
///
/// All of a turn's requests of a connection leave in one write. What the driver itself takes of a
/// processor is measured too: near one it is the driver that limits, not the server. A request that
/// is due in less than a millisecond is waited for actively; that is not counted.
public final class Driver implements AutoCloseable {
  private static final int READ_MAX_BYTES = 1 << 18;
  private static final long LOOKS_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

  private final Framing framing;
  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();
  private final ByteBuffer received = ByteBuffer.allocateDirect(READ_MAX_BYTES);

  /// Those of them that want to be asked again by time.
  private final List<Connection> paced = new ArrayList<>();

  private Histogram times = new Histogram(3);
  private long messages;

  /// Processor time spent on looking whether it is time yet.
  private long idleNs;

  /// What was measured.
  ///
  /// @param driverShare how much of one processor the driver took, waiting left out
  public record Result(long messages, double seconds, Histogram times, double driverShare) {
    public double perSecond() {
      return messages / seconds;
    }

    /// Milliseconds below which that many of a hundred were.
    public double percentileMs(double percent) {
      return times.getValueAtPercentile(percent) / 1e6;
    }
  }

  public Driver(int port, Framing framing, List<? extends Part> parts) throws IOException {
    this.framing = framing;
    this.selector = Selector.open();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (Part part : parts) {
      SocketChannel channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Connection connection = new Connection(part, channel, key);
      key.attach(connection);
      connections.add(connection);
    }
    long nowNs = System.nanoTime();
    for (Connection connection : connections) {
      connection.part.begin(connection, nowNs);
      connection.flush();
      if (connection.part.dueNs() != Long.MAX_VALUE) {
        paced.add(connection);
      }
    }
  }

  /// Goes on until all parts are ready, then for that long, and forgets it: everything settles.
  public void settle(double seconds) throws IOException {
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (!connections.stream().allMatch(connection -> connection.part.isReady())) {
      if (System.nanoTime() > endNs) {
        throw new IOException("not everybody listens after a minute");
      }
      play(Long.MAX_VALUE, LOOKS_EVERY_NS);
    }
    play(Long.MAX_VALUE, (long) (seconds * 1e9));
  }

  /// Goes on until so many messages were dealt with, or for so long.
  public Result run(long messagesMax, double secondsMax) throws IOException {
    times = new Histogram(3);
    messages = 0;
    idleNs = 0;
    long beginNs = System.nanoTime();
    long processorNs = processorNs();
    play(messagesMax, (long) (secondsMax * 1e9));
    double seconds = (System.nanoTime() - beginNs) / 1e9;
    double share = (processorNs() - processorNs - idleNs) / 1e9 / seconds;
    return new Result(messages, seconds, times, Math.max(0, share));
  }

  private static long processorNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void play(long messagesMax, long durationNs) throws IOException {
    long nowNs = System.nanoTime();
    long endNs = nowNs + durationNs;
    long heardNs = nowNs;
    while (messages < messagesMax && nowNs < endNs) {
      long waitMs = (Math.min(endNs, earliestDueNs()) - nowNs) / 1_000_000;
      boolean spins = waitMs <= 0;
      long turnNs = spins ? processorNs() : 0;
      select(waitMs);
      nowNs = System.nanoTime();
      boolean hears = !selector.selectedKeys().isEmpty();
      if (hears) {
        heardNs = nowNs;
      } else if (nowNs - heardNs > PATIENCE_NS) {
        throw new IOException("the server says nothing any more");
      }
      for (SelectionKey key : selector.selectedKeys()) {
        Connection connection = (Connection) key.attachment();
        connection.ready(nowNs);
        connection.flush();
      }
      selector.selectedKeys().clear();
      boolean sends = sendDue(nowNs);
      if (spins && !hears && !sends) {
        idleNs += processorNs() - turnNs;
      }
    }
  }

  private boolean sendDue(long nowNs) throws IOException {
    boolean sends = false;
    for (Connection connection : paced) {
      if (connection.part.dueNs() <= nowNs) {
        connection.part.due(connection, nowNs);
        connection.flush();
        sends = true;
      }
    }
    return sends;
  }

  private void select(long waitMs) throws IOException {
    if (waitMs > 0) {
      selector.select(Math.min(waitMs, 1000));
    } else {
      selector.selectNow();
    }
  }

  private long earliestDueNs() {
    long earliest = Long.MAX_VALUE;
    for (Connection connection : paced) {
      earliest = Math.min(earliest, connection.part.dueNs());
    }
    return earliest;
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  private final class Connection implements Part.Line {
    final Part part;
    final SocketChannel channel;
    private final SelectionKey key;
    private byte[] in = new byte[4096];
    private int inLength;
    private byte[] out = new byte[1024];
    private int outLength;

    Connection(Part part, SocketChannel channel, SelectionKey key) {
      this.part = part;
      this.channel = channel;
      this.key = key;
    }

    void ready(long nowNs) throws IOException {
      received.clear();
      int count = channel.read(received);
      if (count < 0) {
        throw new IOException("the server closed a connection");
      }
      received.flip();
      if (inLength + count > in.length) {
        in = Arrays.copyOf(in, Math.max(2 * in.length, inLength + count));
      }
      received.get(in, inLength, count);
      inLength += count;
      int from = 0;
      for (int to = framing.end(in, 0, inLength); to >= 0; to = framing.end(in, from, inLength)) {
        if (isRefusal(from, to)) {
          part.refused(new String(in, from, to - from, StandardCharsets.ISO_8859_1).trim());
        } else {
          part.replied(this, in, from, to, nowNs);
        }
        from = to;
      }
      System.arraycopy(in, from, in, 0, inLength - from);
      inLength -= from;
    }

    private boolean isRefusal(int from, int to) {
      return in[from] == '-' || (to - from > 6 && in[from] == 'E' && in[from + 1] == 'R');
    }

    /// Writes what there is; what the system does not take now is written when it does.
    void flush() throws IOException {
      if (outLength == 0) {
        return;
      }
      int sent = channel.write(ByteBuffer.wrap(out, 0, outLength));
      System.arraycopy(out, sent, out, 0, outLength - sent);
      outLength -= sent;
      int wanted = SelectionKey.OP_READ | (outLength > 0 ? SelectionKey.OP_WRITE : 0);
      if (key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
    }

    @Override
    public void send(byte[] request) {
      if (outLength + request.length > out.length) {
        out = Arrays.copyOf(out, Math.max(2 * out.length, outLength + request.length));
      }
      System.arraycopy(request, 0, out, outLength, request.length);
      outLength += request.length;
    }

    @Override
    public void count(long more) {
      if (part.isMeasured()) {
        messages += more;
      }
    }

    @Override
    public void took(long nanoseconds) {
      if (part.isMeasured()) {
        times.recordValue(Math.max(0, nanoseconds));
      }
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, %d bytes to read", part, inLength);
    }
  }
}
