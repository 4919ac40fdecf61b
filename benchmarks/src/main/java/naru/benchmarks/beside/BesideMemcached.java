package naru.benchmarks.beside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import naru.benchmarks.load.ClosedLoop;
import naru.benchmarks.load.Driver;
import naru.benchmarks.load.MemcachedFraming;

/// Measures Naru as a cache (no log) beside memcached with one thread, each load in turn on both,
/// as
/// a Markdown table.
///
/// Arguments: the repository, and the number of rounds.
public final class BesideMemcached {
  private static final int CONNECTIONS = 50;
  private static final int KEYS = 100_000;
  private static final String VALUE = "v".repeat(100);

  private BesideMemcached() {}

  private record Kind(String name, LongFunction<String> request) {}

  /// Prints the table to stdout, progress to stderr.
  public static void main(String[] arguments) throws IOException {
    Path repository = Path.of(arguments.length > 0 ? arguments[0] : ".");
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    Path folder = Files.createTempDirectory("beside-memcached");
    try (Server naru = Server.naruForMemcached(repository, folder);
        Server memcached = Server.memcached(folder)) {
      List<Server> servers = List.of(naru, memcached);
      for (Server server : servers) {
        server.awaitPort();
        run(server, kinds().getFirst(), 16, KEYS * 4L);
      }
      System.out.println(Comparison.head("memcached"));
      for (int pipeline : new int[] {1, 16}) {
        for (Kind kind : kinds()) {
          String title = kind.name + ", " + CONNECTIONS + " clients, pipeline " + pipeline;
          long requests = pipeline == 1 ? 200_000 : 1_000_000;
          for (Server server : servers) {
            run(server, kind, pipeline, requests);
          }
          System.out.println(
              Comparison.row(
                  title, rounds, server -> run(server, kind, pipeline, requests), servers));
        }
      }
    }
  }

  private static List<Kind> kinds() {
    return List.of(
        new Kind("set", i -> "set key:" + i % KEYS + " 0 0 100\r\n" + VALUE + "\r\n"),
        new Kind("get", i -> "get key:" + i % KEYS + "\r\n"),
        new Kind("mg", i -> "mg key:" + i % KEYS + " v\r\n"),
        new Kind("incr", i -> i < CONNECTIONS ? "set number 0 0 1\r\n1\r\n" : "incr number 1\r\n"));
  }

  private static Driver.Result run(Server server, Kind kind, int pipeline, long requests)
      throws IOException {
    List<ClosedLoop> parts = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      parts.add(
          new ClosedLoop(
              pipeline,
              true,
              i * 7919L % KEYS,
              number -> kind.request.apply(number).getBytes(StandardCharsets.ISO_8859_1)));
    }
    try (Driver driver = new Driver(server.port(), new MemcachedFraming(), parts)) {
      return driver.run(requests, 120);
    }
  }
}
