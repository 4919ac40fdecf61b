package naru.measure.server;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import naru.world.Socket;
import naru.world.SocketEvents;
import naru.world.real.NettyNetwork;
import naru.world.real.Transport;

/// Answers `+PONG` to whatever looks like a request, and does nothing else: what a broker on this
/// network costs before it has done anything.
///
/// `FloorServer TRANSPORT PORT` ends when what started it does.
public final class FloorServer implements SocketEvents {
  private static final byte[] PONG = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int PONGS_MAX = 1024;
  private static final byte[] PONGS = new byte[PONG.length * PONGS_MAX];

  static {
    for (int i = 0; i < PONGS_MAX; i++) {
      System.arraycopy(PONG, 0, PONGS, i * PONG.length, PONG.length);
    }
  }

  private static final long UNSENT_MAX_BYTES = 1 << 20;

  private final Socket socket;

  /// Lines of the request under way that have not come yet: two for each argument.
  private int linesLeft;

  private boolean atLineStart = true;
  private boolean inHeader;
  private int arguments;

  private FloorServer(Socket socket) {
    this.socket = socket;
  }

  @Override
  public void received(byte[] from, int offset, int count) {
    int requests = 0;
    for (int i = offset; i < offset + count; i++) {
      byte b = from[i];
      if (b == '\n') {
        requests += lineEnded() ? 1 : 0;
      } else if (atLineStart) {
        atLineStart = false;
        inHeader = linesLeft == 0 && b == '*';
        arguments = 0;
      } else if (inHeader && b >= '0' && b <= '9') {
        arguments = arguments * 10 + b - '0';
      }
    }
    answer(requests);
  }

  private boolean lineEnded() {
    atLineStart = true;
    if (linesLeft > 0) {
      return --linesLeft == 0;
    }
    linesLeft = inHeader ? 2 * arguments : 0;
    return linesLeft == 0;
  }

  private void answer(int requests) {
    for (int left = requests; left > 0; left -= PONGS_MAX) {
      socket.write(PONGS, 0, Math.min(left, PONGS_MAX) * PONG.length);
    }
  }

  @Override
  public void receivedAll() {
    socket.flush();
    if (socket.unsentBytes() > UNSENT_MAX_BYTES) {
      socket.reading(false);
    }
  }

  @Override
  public void drained() {
    socket.reading(true);
  }

  @Override
  public void closed() {}

  public static void main(String[] arguments) {
    Transport wanted = Transport.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
    try (NettyNetwork network = new NettyNetwork(wanted)) {
      network.listen("127.0.0.1", Integer.parseInt(arguments[1]), FloorServer::new);
      while (ProcessHandle.of(parent).isPresent()) {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() < untilNs) {
          network.poll(TimeUnit.MILLISECONDS.toNanos(100));
        }
      }
    }
  }
}
