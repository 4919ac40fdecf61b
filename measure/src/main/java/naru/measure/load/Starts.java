package naru.measure.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import naru.measure.drive.Part;
import naru.measure.report.Figure;
import naru.measure.report.Sample;
import naru.measure.server.Server;
import naru.measure.server.Setup;

/// From the start of the process until it answers, on what it kept when it was ended.
///
/// @param count of keys, or entries of one stream
/// @param isStream whether it is entries
record Starts(String name, String title, long count, boolean isStream) implements Load {
  private static final String VALUE = "v".repeat(64);

  static Group group(Scale scale) {
    List<Load> loads = new ArrayList<>();
    loads.add(new Starts("start/empty", "start, empty", 0, false));
    for (long count : new long[] {scale.count() / 10, scale.count()}) {
      loads.add(
          new Starts(
              "start/keys/" + count,
              String.format(Locale.ROOT, "start, %,d keys of 64 bytes", count),
              count,
              false));
    }
    for (long count : new long[] {scale.count() / 10, scale.count()}) {
      loads.add(
          new Starts(
              "start/entries/" + count,
              String.format(Locale.ROOT, "start, %,d entries of one stream", count),
              count,
              true));
    }
    return new Group(
        "start",
        "until ready: empty, with a tenth of --count and with --count keys and entries",
        new Setup(scale.fsync(), true, Setup.Wire.REDIS),
        List.of(Figure.READY, Figure.PROCESSOR_SECONDS, Figure.RESIDENT, Figure.DISK),
        loads);
  }

  @Override
  public void prepare(Server server) throws IOException {
    server.empty();
    server.fill(
        count,
        i ->
            isStream
                ? Part.resp("XADD", "stream", i + 1 + "-0", "field", VALUE)
                : Part.resp("SET", "key:" + i, VALUE));
  }

  /// Nothing is compiled when it starts.
  @Override
  public void warmUp(Server server, double seconds) {}

  @Override
  public Sample play(Server server, double seconds) throws IOException {
    double ready = server.restart();
    return new Sample()
        .with(Figure.READY, ready)
        .with(Figure.PROCESSOR_SECONDS, server.processorSeconds());
  }
}
