package naru.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import naru.engine.State;
import naru.protocol.resp.RespProtocol;
import naru.protocol.resp.server.RespServer;
import naru.reactor.Reactor;
import naru.world.real.SystemClock;

/// What a request costs in the broker itself: the CPU time of the reactor's thread, and the bytes
/// it allocates, with a network and a log in memory. What the system does for sockets and disks is
/// not in it, and other programs on the machine disturb it little.
///
/// `RequestCost ROUNDS LOAD...` prints nanoseconds a request, the median and the least of the
/// rounds, and bytes. To compare two builds run them in turns.
public final class RequestCost {
  private static final int CONNECTIONS = 10;
  private static final int KEYS = 100_000;
  private static final int BATCHES = 8_192;
  private static final int TURNS = 400;
  private static final int WARM_UP_ROUNDS = 12;

  /// One request of a load, by a random number.
  private record Load(String name, int pipeline, IntFunction<String> command) {}

  private static final List<Load> LOADS =
      List.of(
          new Load("PING", 16, i -> "PING"),
          new Load("GET", 16, i -> "GET " + key("key", i)),
          new Load("GETHOT", 16, i -> "GET " + key("key", i % 10)),
          new Load("SETHOT", 16, i -> "SET " + key("key", i % 10) + " xxx"),
          new Load("SET", 16, i -> "SET " + key("key", i) + " xxx"),
          new Load("SET100", 16, i -> "SET " + key("key", i) + " " + "x".repeat(100)),
          new Load("INCR", 16, i -> "INCR " + key("counter", i)),
          new Load("LPUSH", 16, i -> "LPUSH mylist xxx"),
          new Load("RPOP", 16, i -> "RPOP mylist"),
          new Load("HSET", 16, i -> "HSET " + key("hash", i) + " field xxx"),
          new Load("HSETLARGE", 16, i -> "HSET large " + key("field", i) + " xxx"),
          new Load("SADD", 16, i -> "SADD members " + key("member", i)),
          new Load("ZADD", 16, i -> "ZADD sorted " + score() + " " + key("element", i)),
          new Load("XADD", 16, i -> "XADD stream MAXLEN ~ 100000 * field xxx"),
          new Load("PUBLISH", 16, i -> "PUBLISH channel xxx"),
          new Load("INCR1", 1, i -> "INCR " + key("counter", i)),
          new Load("GET1", 1, i -> "GET " + key("key", i)));

  private static final Random SCORES = new Random(3);

  private final MemoryNetwork network = new MemoryNetwork();
  private final Reactor reactor =
      new Reactor(new SystemClock(), () -> 42, network, new State(7), _ -> new ForgetfulLog());
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private RequestCost() {
    reactor.listen("127.0.0.1", 1, new RespProtocol(new RespServer(reactor)));
    for (int i = 0; i < CONNECTIONS; i++) {
      network.connect();
    }
  }

  private static int score() {
    return SCORES.nextInt(KEYS);
  }

  private static String key(String kind, int number) {
    return String.format(Locale.ROOT, "%s:%012d", kind, number);
  }

  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(arguments[0]);
    List<String> wanted = Arrays.asList(arguments).subList(1, arguments.length);
    RequestCost cost = new RequestCost();
    cost.fill();
    for (Load load : LOADS) {
      if (wanted.isEmpty() || wanted.contains(load.name)) {
        cost.measure(load, rounds);
      }
    }
  }

  /// Keys in an order that has nothing to do with that of their making.
  private void fill() {
    Random random = new Random(1);
    for (int i = 0; i < 10 * KEYS; i++) {
      int number = random.nextInt(KEYS);
      ask(
          List.of(
              encoded("SET " + key("key", number) + " xxx"),
              encoded("INCR " + key("counter", number)),
              encoded("HSET " + key("hash", number) + " field xxx")));
    }
  }

  private void measure(Load load, int rounds) {
    Random random = new Random(2);
    byte[][] batches = new byte[BATCHES][];
    for (int i = 0; i < BATCHES; i++) {
      batches[i] = batch(load, random);
    }
    double[] ns = new double[rounds];
    double bytes = 0;
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      if (load.name.equals("RPOP")) {
        push(load.pipeline * CONNECTIONS * TURNS);
      }
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      long tookNs = round(batches, (round + WARM_UP_ROUNDS) * TURNS * CONNECTIONS);
      double requests = (double) load.pipeline * CONNECTIONS * TURNS;
      bytes = (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / requests;
      if (round >= 0) {
        ns[round] = tookNs / requests;
      }
    }
    Arrays.sort(ns);
    System.out.printf(
        Locale.ROOT, "%-9s %7.0f %7.0f %7.0f%n", load.name, ns[rounds / 2], ns[0], bytes);
  }

  private long round(byte[][] batches, int from) {
    long before = threads.getCurrentThreadCpuTime();
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i < CONNECTIONS; i++) {
        network.show(i, batches[(from + turn * CONNECTIONS + i) % BATCHES]);
      }
      reactor.turn();
    }
    return threads.getCurrentThreadCpuTime() - before;
  }

  private void push(int count) {
    for (int i = 0; i < count; i += 100) {
      ask(List.of(encoded("LPUSH mylist" + " xxx".repeat(100))));
    }
  }

  private void ask(List<byte[]> requests) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    requests.forEach(bytes::writeBytes);
    network.show(0, bytes.toByteArray());
    reactor.turn();
  }

  private static byte[] batch(Load load, Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < load.pipeline; i++) {
      bytes.writeBytes(encoded(load.command.apply(random.nextInt(KEYS))));
    }
    return bytes.toByteArray();
  }

  private static byte[] encoded(String command) {
    String[] words = command.split(" ", -1);
    StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
