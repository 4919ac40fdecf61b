package naru.benchmarks.beside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import naru.benchmarks.load.ClosedLoop;
import naru.benchmarks.load.Driver;
import naru.benchmarks.load.Part;
import naru.benchmarks.load.RespFraming;

/// Measures groups with very many entries pending, beside redis-server: pages of `XPENDING` and of
/// `XAUTOCLAIM` anywhere in them, with and without entries that have been idle for long enough.
///
/// Arguments: the repository, how many entries are pending (a million by default), and the number
/// of rounds.
public final class BesideRedisPending {
  private static final int CONSUMERS = 100;
  private static final int READ_AT_ONCE = 10_000;
  private static final int SECONDS = 3;

  /// In milliseconds: nothing has been idle for so long.
  private static final String HOUR = "3600000";

  private BesideRedisPending() {}

  private record Kind(String title, LongFunction<byte[]> request) {}

  /// Prints the table to stdout, progress to stderr.
  public static void main(String[] arguments) throws IOException {
    Path repository = Path.of(arguments.length > 0 ? arguments[0] : ".");
    long pending = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Path folder = Files.createTempDirectory("beside-redis");
    try (Server naru = Server.naru(repository, folder, "no");
        Server redis = Server.redis(folder, "no")) {
      List<Server> servers = List.of(naru, redis);
      for (Server server : servers) {
        fill(server, pending);
      }
      System.out.printf(
          Locale.ROOT,
          "%,d entries pending, %d consumers; resident: Naru %,d MB, Redis %,d MB%n%n",
          pending,
          CONSUMERS,
          naru.residentMb(),
          redis.residentMb());
      System.out.println(Comparison.head("Redis"));
      for (Kind kind : kinds(pending)) {
        for (Server server : servers) {
          var _ = play(kind, server);
        }
        System.out.println(
            Comparison.row(kind.title, rounds, server -> play(kind, server), servers));
      }
    }
  }

  private static void fill(Server server, long pending) throws IOException {
    System.err.println("filling " + server.name());
    server.send(List.of("XGROUP CREATE stream group 0 MKSTREAM"));
    run(server, pending, 1000, i -> Part.resp("XADD", "stream", id(i), "field", "value"));
    long reads = (pending + READ_AT_ONCE - 1) / READ_AT_ONCE;
    String count = Integer.toString(READ_AT_ONCE);
    run(
        server,
        reads,
        1,
        i ->
            Part.resp(
                "XREADGROUP",
                "GROUP",
                "group",
                "consumer-" + i % CONSUMERS,
                "COUNT",
                count,
                "STREAMS",
                "stream",
                ">"));
  }

  private static String id(long number) {
    return (number + 1) + "-0";
  }

  private static Driver.Result run(
      Server server, long messages, int pipeline, LongFunction<byte[]> request) throws IOException {
    List<Part> parts = List.of(new ClosedLoop(pipeline, true, 0, request));
    try (Driver driver = new Driver(server.port(), new RespFraming(), parts)) {
      return driver.run(messages, 3600);
    }
  }

  private static Driver.Result play(Kind kind, Server server) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      parts.add(new ClosedLoop(1, true, i * 1_000_003L, kind.request));
    }
    try (Driver driver = new Driver(server.port(), new RespFraming(), parts)) {
      return driver.run(Long.MAX_VALUE, SECONDS);
    }
  }

  private static List<Kind> kinds(long pending) {
    LongFunction<String> anywhere = number -> id(new SplittableRandom(number).nextLong(pending));
    return List.of(
        new Kind("XPENDING, the summary", _ -> Part.resp("XPENDING", "stream", "group")),
        new Kind(
            "XPENDING from anywhere, 100",
            i -> Part.resp("XPENDING", "stream", "group", anywhere.apply(i), "+", "100")),
        new Kind(
            "XPENDING of one consumer from anywhere, 100",
            i ->
                Part.resp(
                    "XPENDING",
                    "stream",
                    "group",
                    anywhere.apply(i),
                    "+",
                    "100",
                    "consumer-" + i % CONSUMERS)),
        new Kind(
            "XPENDING IDLE, none is",
            i -> Part.resp("XPENDING", "stream", "group", "IDLE", HOUR, "-", "+", "100")),
        new Kind(
            "XAUTOCLAIM from anywhere, 100, JUSTID",
            i ->
                Part.resp(
                    "XAUTOCLAIM",
                    "stream",
                    "group",
                    "consumer-" + i % CONSUMERS,
                    "0",
                    anywhere.apply(i),
                    "COUNT",
                    "100",
                    "JUSTID")),
        new Kind(
            "XAUTOCLAIM from anywhere, 100, none is idle",
            i ->
                Part.resp(
                    "XAUTOCLAIM",
                    "stream",
                    "group",
                    "consumer-1",
                    HOUR,
                    anywhere.apply(i),
                    "COUNT",
                    "100")));
  }
}
