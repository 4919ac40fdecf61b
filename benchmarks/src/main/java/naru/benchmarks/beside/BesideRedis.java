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
  private BesideRedis() {}

  /// Prints the table to stdout, progress to stderr.
  public static void main(String[] arguments) throws IOException {
    Path repository = Path.of(arguments.length > 0 ? arguments[0] : ".");
    String fsync = arguments.length > 1 ? arguments[1] : "everysec";
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Path folder = Files.createTempDirectory("beside-redis");
    try (Server naru = Server.naru(repository, folder, fsync);
        Server redis = Server.redis(folder, fsync)) {
      warmUp(naru, redis);
      System.out.println(
          "| load | Naru /s | Redis /s | ratio | Naru CPU s/M | Redis CPU s/M | ratio | p50 ms |");
      System.out.println("|---|---|---|---|---|---|---|---|");
      for (Load load : fsync.equals("always") ? syncedLoads() : loads()) {
        System.out.println(row(load, naru, redis, rounds));
      }
      System.out.printf(
          Locale.ROOT,
          "%nResident at the end: Naru %d MB, Redis %d MB.%n",
          naru.residentMb(),
          redis.residentMb());
    }
  }

  private static List<Load> loads() {
    List<Load> loads = new ArrayList<>();
    for (int pipeline : new int[] {1, 16}) {
      int requests = pipeline == 1 ? 200_000 : 1_000_000;
      for (String test : List.of("set", "get", "incr", "lpush", "rpop", "hset", "zadd")) {
        loads.add(load(test.toUpperCase(Locale.ROOT), requests, 50, pipeline, "-t", test));
      }
      loads.add(
          load(
              "XADD",
              requests,
              50,
              pipeline,
              "XADD",
              "stream:__rand_int__",
              "MAXLEN",
              "~",
              "1000",
              "*",
              "field",
              "value"));
      loads.add(load("PUBLISH", requests, 50, pipeline, "PUBLISH", "channel", "message"));
    }
    return loads;
  }

  private static List<Load> syncedLoads() {
    List<Load> loads = new ArrayList<>();
    for (int clients : new int[] {1, 50, 500}) {
      int requests = clients == 1 ? 2_000 : 50_000;
      loads.add(load("SET", requests, clients, 1, "-t", "set"));
      loads.add(load("XADD", requests, clients, 1, "XADD", "stream", "*", "field", "value"));
    }
    return loads;
  }

  private static Load load(String name, int requests, int clients, int pipeline, String... words) {
    String title = name + ", " + clients + " clients, pipeline " + pipeline;
    return new Load(title, requests, clients, pipeline, List.of(words));
  }

  /// A virtual machine compiles what runs often: both get the same time to settle.
  private static void warmUp(Server naru, Server redis) throws IOException {
    for (Server server : List.of(naru, redis)) {
      for (Load load : loads()) {
        System.err.println("warming up " + server.name() + ": " + load.name());
        new Load("warm", 100_000, 50, load.pipeline(), load.command()).run(server);
      }
    }
  }

  private static String row(Load load, Server naru, Server redis, int rounds) throws IOException {
    List<Load.Result> ours = new ArrayList<>();
    List<Load.Result> theirs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      System.err.println(load.name() + ", round " + (round + 1));
      ours.add(load.run(naru));
      theirs.add(load.run(redis));
    }
    double rate = median(ours, Load.Result::perSecond);
    double theirRate = median(theirs, Load.Result::perSecond);
    double processor = median(ours, Load.Result::processorSecondsPerMillion);
    double theirProcessor = median(theirs, Load.Result::processorSecondsPerMillion);
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | %.2f | %.2f | %.2f | %.2f | %.2f / %.2f |",
        load.name(),
        rate,
        theirRate,
        rate / theirRate,
        processor,
        theirProcessor,
        processor / theirProcessor,
        median(ours, Load.Result::p50Ms),
        median(theirs, Load.Result::p50Ms));
  }

  private static double median(List<Load.Result> results, ToDoubleFunction<Load.Result> figure) {
    double[] sorted = results.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
