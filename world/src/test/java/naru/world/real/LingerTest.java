package naru.world.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import naru.world.SocketEvents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A connection that is closed after its last answer waits a little for the peer to read it.
class LingerTest {
  private static final byte[] LAST = "the last answer".getBytes(StandardCharsets.US_ASCII);
  private static final int BOUND_BYTES = 4 << 20;

  /// What the systems at both ends may hold, and one more read.
  private static final int BETWEEN_BYTES = 32 << 20;

  static Stream<Transport> transports() {
    return NettyNetworkTest.transports();
  }

  /// Answers the first byte with its last words; counts what it is shown after them.
  private static SocketEvents closing(naru.world.Socket socket, AtomicInteger shown) {
    return new SocketEvents() {
      @Override
      public void received(byte[] from, int offset, int count) {
        if (shown.addAndGet(count) == count) {
          socket.write(LAST, 0, LAST.length);
          socket.closeAfterFlush();
        }
      }

      @Override
      public void receivedAll() {}

      @Override
      public void drained() {}

      @Override
      public void closed() {}
    };
  }

  @ParameterizedTest
  @MethodSource("transports")
  void whoGoesOnSendingALittleStillGetsTheLastAnswer(Transport transport) throws Exception {
    AtomicInteger shown = new AtomicInteger();
    try (LiveNetwork live = new LiveNetwork(transport);
        Socket client = LiveNetwork.connect(live.listen(socket -> closing(socket, shown)))) {
      client.getOutputStream().write(1);
      assertThat(client.getInputStream().readNBytes(LAST.length)).isEqualTo(LAST);
      client.getOutputStream().write(new byte[BOUND_BYTES / 2]);
      assertThat(client.getInputStream().read()).as("no reset, but the end").isEqualTo(-1);
      assertThat(shown.get()).as("nothing more is shown").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void whoSendsWithoutEndIsCutOff(Transport transport) throws Exception {
    AtomicInteger shown = new AtomicInteger();
    try (LiveNetwork live = new LiveNetwork(transport);
        Socket client = LiveNetwork.connect(live.listen(socket -> closing(socket, shown)))) {
      client.getOutputStream().write(1);
      assertThat(client.getInputStream().readNBytes(LAST.length)).isEqualTo(LAST);
      assertThat(sentUntilCutOff(client)).isLessThan(BOUND_BYTES + BETWEEN_BYTES);
    }
  }

  /// How much it could send, of more than a second's worth.
  private static long sentUntilCutOff(Socket client) {
    byte[] piece = new byte[64 << 10];
    long sent = 0;
    try {
      while (sent < 100L * BOUND_BYTES) {
        client.getOutputStream().write(piece);
        sent += piece.length;
      }
    } catch (IOException cutOff) {
      return sent;
    }
    return sent;
  }
}
