package naru.compatibility.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import naru.compatibility.Broker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/// Connections that end in every way but the polite one, in the middle of anything.
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "redis-server does not speak memcached")
final class RudeEndsTest {
  private static final int CONNECTIONS = 10_000;
  private static final int OPEN_MAX = 100;

  private static final List<String> RESP =
      List.of(
          "PING\r\n",
          "QUIT\r\n",
          "HELLO 3\r\n",
          "SUBSCRIBE a b c\r\n",
          "PUBLISH a " + "x".repeat(5000) + "\r\n",
          "SET large " + "v".repeat(60_000) + "\r\n",
          "GET large\r\n".repeat(200),
          "BLPOP queue 0\r\n",
          "XREAD BLOCK 0 STREAMS stream $\r\n",
          "MULTI\r\nSET a 1\r\nEXEC\r\n",
          "MONITOR\r\n",
          "CLIENT TRACKING ON BCAST\r\n",
          "CLIENT KILL TYPE pubsub\r\n",
          "PSYNC ? -1\r\n",
          "*3\r\n$3\r\nSET\r\n$1000000\r\n",
          "*-5\r\n*99999999999\r\n",
          "GET / HTTP/1.1\r\nHost: here\r\n\r\n");

  private static final List<String> MEMCACHED =
      List.of(
          "get a\r\n",
          "set a 0 0 5\r\nhello\r\n",
          "set a 0 0 2000000000\r\n",
          "get" + " a".repeat(300) + "\r\n",
          "mn\r\n",
          "quit\r\n",
          "x".repeat(5000),
          "\u0080\u000b");

  private final Random random = new Random();

  @Test
  void harmNobodyElse() throws IOException {
    long seed = random.nextLong();
    random.setSeed(seed);
    List<Socket> open = new ArrayList<>();
    try (Broker broker = Broker.start(List.of("--memcached-port", "auto"));
        Bystander other = new Bystander(broker)) {
      int memcachedPort = broker.memcachedPort();
      for (int i = 0; i < CONNECTIONS; i++) {
        boolean isMemcached = random.nextInt(4) == 0;
        visit(isMemcached ? memcachedPort : broker.port(), isMemcached ? MEMCACHED : RESP, open);
        if (i % 500 == 0) {
          other.isUndisturbed();
        }
      }
      for (Socket socket : open) {
        end(socket);
      }
      other.isUndisturbed();
      assertThat(broker.isAlive()).as("seed %d:%n%s", seed, broker.output()).isTrue();
    }
  }

  private void visit(int port, List<String> lines, List<Socket> open) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    open.add(socket);
    say(socket, lines);
    if (random.nextBoolean() || open.size() > OPEN_MAX) {
      end(open.remove(random.nextInt(open.size())));
    }
  }

  private void say(Socket socket, List<String> lines) throws IOException {
    try {
      for (int i = random.nextInt(5); i > 0; i--) {
        byte[] line = lines.get(random.nextInt(lines.size())).getBytes(ISO_8859_1);
        socket.getOutputStream().write(line);
      }
      if (random.nextInt(4) == 0) {
        socket.shutdownOutput();
      }
    } catch (SocketException _) {
      // It was cut off, as it deserves.
    }
  }

  private void end(Socket socket) throws IOException {
    if (random.nextBoolean()) {
      socket.setSoLinger(true, 0); // a reset
    }
    socket.close();
  }
}
