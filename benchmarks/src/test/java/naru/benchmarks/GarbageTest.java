package naru.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntFunction;
import naru.engine.State;
import naru.protocol.resp.RespProtocol;
import naru.protocol.resp.server.RespServer;
import naru.reactor.Reactor;
import naru.world.simulated.SimulatedClient;
import naru.world.simulated.SimulatedClock;
import naru.world.simulated.SimulatedNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bytes that a broker allocates for each request, counted: what runs is the real reactor, shard
/// and session, over a network and with a log in memory.
///
/// Tests run without the optimizing compiler, so what is counted is what the code says, and the
/// same on every machine. A bound is half as much again as was counted when it was set; what is
/// above it is garbage that somebody added to the path of every request, or a copy.
class GarbageTest {
  private static final int PORT = 6379;
  private static final int PIPELINE = 16;
  private static final int BATCHES = 1_000;
  private static final int KEYS = 1_000;

  private final SimulatedClock clock = new SimulatedClock(1_700_000_000_000_000L);
  private final SimulatedNetwork network = new SimulatedNetwork();
  private final Reactor reactor =
      new Reactor(clock, () -> 42, network, new State(7), _ -> new ForgetfulLog());

  GarbageTest() {
    reactor.listen("127.0.0.1", PORT, new RespProtocol(new RespServer(reactor)));
  }

  /// What is asked for, sixteen at once, and how many bytes each may take.
  enum Load {
    PING(250, i -> "PING"),
    GET(460, i -> "GET key:" + i % KEYS),
    GET_OF_NOTHING(350, i -> "GET nothing:" + i % KEYS),
    SET(475, i -> "SET key:" + i % KEYS + " value-" + (1000 + i % KEYS)),
    SET_OF_NEW(685, i -> "SET new:" + i + " value-" + i),
    INCR(505, i -> "INCR counter:" + i % KEYS),
    LPUSH(605, i -> "LPUSH list element-" + i),
    RPOP(610, i -> "RPOP filled"),
    HSET(780, i -> "HSET hash:" + i % KEYS + " field value-" + i),
    SADD(390, i -> "SADD set member-" + i % KEYS),
    ZADD(925, i -> "ZADD sorted " + i % 97 + " member-" + i % KEYS),
    XADD(1600, i -> "XADD stream * order " + i + " state paid"),
    PUBLISH(530, i -> "PUBLISH channel message-" + i);

    private final int boundBytes;
    private final IntFunction<String> command;

    Load(int boundBytes, IntFunction<String> command) {
      this.boundBytes = boundBytes;
      this.command = command;
    }

    /// The batch with that number.
    byte[] batch(int number) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int i = number * PIPELINE; i < (number + 1) * PIPELINE; i++) {
        bytes.writeBytes(encoded(command.apply(i)));
      }
      return bytes.toByteArray();
    }
  }

  private static byte[] encoded(String command) {
    String[] words = command.split(" ", -1);
    StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @EnumSource(Load.class)
  void aRequestMakesNoMoreGarbageThanItDid(Load load) {
    SimulatedClient client = network.connect(PORT);
    for (int i = 0; i < KEYS; i++) {
      ask(client, encoded("SET key:" + i + " value-" + i));
    }
    for (int i = 0; i < 2 * BATCHES * PIPELINE; i += PIPELINE) {
      ask(client, encoded("RPUSH filled" + " element-of-the-list".repeat(PIPELINE)));
    }
    askInBatches(client, load, 0);
    double bytes = (double) askInBatches(client, load, BATCHES) / (BATCHES * PIPELINE);
    System.out.printf(Locale.ROOT, "%s: %.1f bytes a request%n", load, bytes);
    assertThat(bytes).isLessThan(load.boundBytes);
  }

  private long askInBatches(SimulatedClient client, Load load, int from) {
    long bytes = 0;
    for (int i = from; i < from + BATCHES; i++) {
      bytes += ask(client, load.batch(i));
    }
    return bytes;
  }

  /// Returns how many bytes the broker's turn allocated.
  private long ask(SimulatedClient client, byte[] requests) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    client.send(requests);
    clock.advanceNs(1_000_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    reactor.turn();
    reactor.turn();
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(client.receive()).isNotEmpty();
    return bytes;
  }
}
