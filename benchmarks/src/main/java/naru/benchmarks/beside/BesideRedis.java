package naru.benchmarks.beside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Measures Naru beside redis-server with the same durability: each load in turn on both, several
/// rounds, medians, as a Markdown table. Absolute figures are the machine's; ratios are what
/// counts.
///
/// Arguments: the repository, `always`, `everysec` or `no`, and the number of rounds.
public final class BesideRedis {
  private static final int READ_AT_ONCE = 100;

  private BesideRedis() {}

  /// Prints the table to stdout, progress to stderr.
  public static void main(String[] arguments) throws IOException {
    Path repository = Path.of(arguments.length > 0 ? arguments[0] : ".");
    String fsync = arguments.length > 1 ? arguments[1] : "everysec";
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Path folder = Files.createTempDirectory("beside-redis");
    try (Server naru = Server.naru(repository, folder, fsync);
        Server redis = Server.redis(folder, fsync)) {
      for (Server server : List.of(naru, redis)) {
        server.send(prepared());
      }
      List<Load> loads = fsync.equals("always") ? syncedLoads() : loads();
      warmUp(List.of(naru, redis), loads);
      System.out.println(
          "| load | Naru /s | Redis /s | ratio | Naru s/M | Redis s/M | ratio | p50 ms | p99 ms |");
      System.out.println("|---|---|---|---|---|---|---|---|---|");
      for (Load load : loads) {
        System.out.println(row(load, naru, redis, rounds));
      }
      System.out.printf(
          Locale.ROOT,
          "%nResident at the end: Naru %d MB, Redis %d MB. On disk: Naru %d MB, Redis %d MB.%n",
          naru.residentMb(),
          redis.residentMb(),
          naru.diskMb(),
          redis.diskMb());
    }
  }

  /// A list and a stream of a hundred, to be read as a whole.
  private static List<String> prepared() {
    List<String> commands = new ArrayList<>();
    for (int i = 0; i < READ_AT_ONCE; i++) {
      commands.add("RPUSH hundred:list element-" + i);
      commands.add("XADD hundred:stream " + (i + 1) + "-0 field value-" + i + " other thing");
    }
    return commands;
  }

  private static List<Load> loads() {
    List<Load> loads = new ArrayList<>();
    for (int pipeline : new int[] {1, 16}) {
      int requests = pipeline == 1 ? 200_000 : 1_000_000;
      for (String test : List.of("set", "get", "incr", "lpush", "rpop", "hset", "zadd")) {
        loads.add(load(test.toUpperCase(Locale.ROOT), requests, 50, pipeline, "-t", test));
      }
      loads.add(load("XADD", requests, 50, pipeline, "XADD", "stream", "*", "field", "value"));
      String[] trimmed = "XADD stream:__rand_int__ MAXLEN ~ 1000 * field value".split(" ");
      loads.add(load("XADD MAXLEN ~", requests, 50, pipeline, trimmed));
      loads.add(load("PUBLISH", requests, 50, pipeline, "PUBLISH", "channel", "message"));
    }
    loads.add(load("LRANGE 100", 100_000, 50, 1, "LRANGE", "hundred:list", "0", "99"));
    loads.add(load("XRANGE 100", 100_000, 50, 1, "XRANGE", "hundred:stream", "-", "+"));
    loads.add(load("SET", 200_000, 500, 1, "-t", "set"));
    loads.add(load("GET", 200_000, 500, 1, "-t", "get"));
    return loads;
  }

  private static List<Load> syncedLoads() {
    List<Load> loads = new ArrayList<>();
    for (int clients : new int[] {1, 50, 500}) {
      int requests = clients == 1 ? 2_000 : 50_000;
      loads.add(load("SET", requests, clients, 1, "-t", "set"));
      loads.add(load("LPUSH", requests, clients, 1, "-t", "lpush"));
      loads.add(load("XADD", requests, clients, 1, "XADD", "stream", "*", "field", "value"));
    }
    return loads;
  }

  private static Load load(String name, int requests, int clients, int pipeline, String... words) {
    return new Load(name, requests, clients, pipeline, List.of(words));
  }

  /// A virtual machine compiles what runs often: both get the same time to settle.
  private static void warmUp(List<Server> servers, List<Load> loads) throws IOException {
    for (Server server : servers) {
      for (Load load : loads) {
        System.err.println("warming up " + server.name() + ": " + load.title());
        new Load(load.name(), load.requests() / 2, 50, load.pipeline(), load.command()).run(server);
      }
    }
  }

  private static String row(Load load, Server naru, Server redis, int rounds) throws IOException {
    List<Load.Result> ours = new ArrayList<>();
    List<Load.Result> theirs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      System.err.println(load.title() + ", round " + (round + 1));
      ours.add(load.run(naru));
      theirs.add(load.run(redis));
    }
    double rate = median(ours, Load.Result::perSecond);
    double theirRate = median(theirs, Load.Result::perSecond);
    double processor = median(ours, Load.Result::processorSecondsPerMillion);
    double theirProcessor = median(theirs, Load.Result::processorSecondsPerMillion);
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | **%.2f** | %.2f | %.2f | **%.2f** | %.2f / %.2f | %.2f / %.2f |",
        load.title(),
        rate,
        theirRate,
        rate / theirRate,
        processor,
        theirProcessor,
        processor / theirProcessor,
        median(ours, Load.Result::p50Ms),
        median(theirs, Load.Result::p50Ms),
        median(ours, Load.Result::p99Ms),
        median(theirs, Load.Result::p99Ms));
  }

  private static double median(List<Load.Result> results, ToDoubleFunction<Load.Result> figure) {
    double[] sorted = results.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
