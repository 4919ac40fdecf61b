package naru.measure.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import naru.measure.drive.ClosedLoop;
import naru.measure.drive.Paced;
import naru.measure.drive.Part;
import naru.measure.drive.Saver;
import naru.measure.report.Figure;
import naru.measure.report.Sample;
import naru.measure.server.Server;
import naru.measure.server.Setup;

/// Writes at half of what the slower server can take, at a fixed rate, without snapshots and while
/// one is taken after the other: what snapshots, and the collector of garbage, make those wait for
/// who write.
final class SnapshotLoad implements Load {
  private static final int CLIENTS = 50;
  private static final double FULL_SECONDS_MAX = 5;
  private static final String VALUE = "v".repeat(100);

  private final boolean saves;
  private final long count;
  private final Map<Server, Double> fullRates;

  private SnapshotLoad(boolean saves, long count, Map<Server, Double> fullRates) {
    this.saves = saves;
    this.count = count;
    this.fullRates = fullRates;
  }

  static Group group(Scale scale) {
    Map<Server, Double> fullRates = new HashMap<>();
    return new Group(
        "snapshot",
        "p99.9 at half load while snapshots of --count keys are taken; --seconds 600 to be sure",
        new Setup(scale.fsync(), true, Setup.Wire.REDIS),
        List.of(
            Figure.PER_SECOND,
            Figure.PROCESSOR,
            Figure.P50,
            Figure.P99,
            Figure.P999,
            Figure.SNAPSHOTS,
            Figure.PEAK,
            Figure.WRITTEN,
            Figure.DISK,
            Figure.DRIVER),
        List.of(
            new SnapshotLoad(false, scale.count(), fullRates),
            new SnapshotLoad(true, scale.count(), fullRates)));
  }

  @Override
  public String name() {
    return "snapshot/" + (saves ? "with" : "without");
  }

  @Override
  public String title() {
    return String.format(
        Locale.ROOT,
        "SET at half load, %,d keys of 100 bytes, %s snapshots",
        count,
        saves ? "during" : "without");
  }

  @Override
  public int connections() {
    return CLIENTS + 1;
  }

  @Override
  public void prepare(Server server) throws IOException {
    if (fullRates.containsKey(server)) {
      return;
    }
    server.empty();
    server.fill(count, SnapshotLoad::set);
    fullRates.put(server, 0.0);
  }

  private static byte[] set(long i) {
    return Part.resp("SET", "key:" + i, VALUE);
  }

  /// How much it can take is found out before; twice, as the first time nothing is compiled.
  @Override
  public void warmUp(Server server, double seconds) throws IOException {
    if (fullRates.getOrDefault(server, 0.0) > 0) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      List<Part> parts = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        parts.add(new ClosedLoop(1, true, client * 1_000_003L, this::anyKey));
      }
      Timed.played(server, parts, 0, Math.min(seconds, FULL_SECONDS_MAX))
          .value(Figure.PER_SECOND)
          .ifPresent(rate -> fullRates.put(server, rate));
    }
  }

  private byte[] anyKey(long number) {
    return set(CommandLoad.scattered(number, count));
  }

  @Override
  public Sample play(Server server, double seconds) throws IOException {
    double half = fullRates.values().stream().mapToDouble(rate -> rate).min().orElse(CLIENTS) / 2;
    List<Part> parts = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      parts.add(new Paced(half / CLIENTS, true, this::anyKey));
    }
    Saver saver = new Saver();
    if (saves) {
      parts.add(saver);
    }
    PeakMemory peak = new PeakMemory(server);
    Sample sample;
    try {
      sample = Timed.played(server, parts, 0.1, seconds);
    } finally {
      peak.end();
    }
    return sample.with(Figure.PEAK, peak.bytes() / 1e6).with(Figure.SNAPSHOTS, saver.begun());
  }
}
