package naru.measure.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import naru.measure.drive.ClosedLoop;
import naru.measure.drive.MemcachedFraming;
import naru.measure.report.Figure;
import naru.measure.report.Sample;
import naru.measure.server.Server;
import naru.measure.server.Setup;

/// Items of memcached, without a log.
///
/// @param request by its number
record Cache(String name, String title, int pipeline, LongFunction<String> request)
    implements Load {
  private static final int CLIENTS = 50;
  private static final int KEYS = 100_000;
  private static final long SETTLING_REQUESTS = 20_000;
  private static final String VALUE = "v".repeat(100);

  /// Nothing is kept.
  private static final List<Figure> DISK = List.of(Figure.DISK, Figure.WRITTEN);

  static Group group() {
    List<Load> loads = new ArrayList<>();
    for (int pipeline : new int[] {1, 16}) {
      loads.add(of("set", pipeline, Cache::set));
      loads.add(of("get", pipeline, i -> "get key:" + i % KEYS + "\r\n"));
      loads.add(of("mg", pipeline, i -> "mg key:" + i % KEYS + " v\r\n"));
      loads.add(of("incr", pipeline, i -> i < CLIENTS ? "set n 0 0 1\r\n1\r\n" : "incr n 1\r\n"));
    }
    return new Group(
        "cache",
        "items of memcached, beside memcached",
        new Setup("no", false, Setup.Wire.MEMCACHED),
        Commands.COLUMNS.stream().filter(figure -> !DISK.contains(figure)).toList(),
        loads);
  }

  private static Cache of(String word, int pipeline, LongFunction<String> request) {
    return new Cache(
        "cache/" + word + "/c" + CLIENTS + "/p" + pipeline,
        word + ", " + CLIENTS + " clients, pipeline " + pipeline,
        pipeline,
        request);
  }

  private static String set(long i) {
    return "set key:" + i % KEYS + " 0 0 100\r\n" + VALUE + "\r\n";
  }

  @Override
  public int connections() {
    return CLIENTS;
  }

  @Override
  public void rehearse(Server server, double seconds) throws IOException {
    run(server, SETTLING_REQUESTS, pipeline, request);
  }

  @Override
  public void prepare(Server server) throws IOException {
    run(server, KEYS * 2L, 16, Cache::set);
  }

  @Override
  public Sample play(Server server, double seconds) throws IOException {
    double rate =
        run(server, SETTLING_REQUESTS, pipeline, request).value(Figure.PER_SECOND).orElse(0);
    return run(server, (long) (rate * seconds) + 1, pipeline, request);
  }

  private static Sample run(
      Server server, long requests, int pipeline, LongFunction<String> request) throws IOException {
    List<ClosedLoop> parts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      parts.add(
          new ClosedLoop(
              pipeline,
              true,
              i * 7919L % KEYS,
              number -> request.apply(number).getBytes(StandardCharsets.ISO_8859_1)));
    }
    return Timed.counted(server, new MemcachedFraming(), parts, requests);
  }
}
