package naru.compatibility.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import naru.compatibility.OneBroker;
import naru.compatibility.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Thousands of clients that take their time.
final class SlowClientsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static final String COMMAND = "PING\r\n";
  private static final String ANSWER = "+PONG\r\n";
  private static final int SOCKETS_MAX = 10_000;
  private static final int FILES_SPARED = 600;
  private static final long BYTE_INTERVAL_MS = 1_000;
  private static final long ANSWER_MS_MAX = 2_000;

  @Test
  void thousandsThatSendOneByteASecondAreAllServedAndHinderNobody() throws IOException {
    int sockets = Math.min(SOCKETS_MAX, openFilesMax() - FILES_SPARED);
    System.out.println("slow clients: " + sockets + " sockets");
    List<SocketChannel> channels = new ArrayList<>();
    try (RawClient client = shared.connect();
        Bystander bystander = new Bystander(shared.broker())) {
      assertThat(client.call("CONFIG", "SET", "maxclients", "15000").text()).isEqualTo("OK");
      for (int i = 0; i < sockets; i++) {
        channels.add(connect());
      }
      drip(channels, client);
      for (SocketChannel channel : channels) {
        assertThat(answer(channel)).isEqualTo(ANSWER);
      }
      bystander.isUndisturbed();
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  private static void drip(List<SocketChannel> channels, RawClient other) throws IOException {
    long begin = System.nanoTime();
    for (int at = 0; at < COMMAND.length(); at++) {
      ByteBuffer piece = ByteBuffer.wrap(COMMAND.substring(at, at + 1).getBytes(ISO_8859_1));
      for (SocketChannel channel : channels) {
        channel.write(piece.duplicate());
      }
      do {
        answersSoon(other);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      } while (elapsedMs(begin) < BYTE_INTERVAL_MS * (at + 1));
    }
  }

  private static void answersSoon(RawClient client) {
    long begin = System.nanoTime();
    assertThat(client.call("INCR", "counter").whole()).isPositive();
    assertThat(elapsedMs(begin)).as("wait of another client").isLessThan(ANSWER_MS_MAX);
  }

  private static long elapsedMs(long beginNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
  }

  private static SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), shared.port()));
    return channel;
  }

  private static String answer(SocketChannel channel) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(ANSWER.length());
    while (answer.hasRemaining() && channel.read(answer) >= 0) {
      // Until all of it is there.
    }
    return new String(answer.array(), 0, answer.position(), ISO_8859_1);
  }

  private static int openFilesMax() {
    long max =
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
            .getMaxFileDescriptorCount();
    return (int) Math.min(max, Integer.MAX_VALUE);
  }
}
