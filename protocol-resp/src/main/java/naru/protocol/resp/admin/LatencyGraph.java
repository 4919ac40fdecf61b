package naru.protocol.resp.admin;

import java.util.List;
import java.util.Locale;
import naru.protocol.resp.statistics.LatencyMonitor.Event;
import naru.protocol.resp.statistics.LatencyMonitor.Sample;

/// What took long of one kind, as columns of characters: how long, and under each how long ago.
///
/// ```
/// command - high 12 ms, low 4 ms (all time high 20 ms)
/// --------------------------------------------------------------------------------
///    #_
///  _ ||
/// o|o||
/// |||||
///
/// 54321
/// sssss
/// ```
final class LatencyGraph {
  private static final int COLUMNS = 80;
  private static final int ROWS = 4;

  /// A cell that is filled to a third, to two thirds, or to the top.
  private static final String PARTS = "_o#";

  private LatencyGraph() {}

  static String of(String name, Event event, long nowS) {
    List<Sample> samples = List.copyOf(event.samples());
    samples = samples.subList(Math.max(0, samples.size() - COLUMNS), samples.size());
    long high = samples.stream().mapToLong(Sample::tookMs).max().orElse(0);
    long low = samples.stream().mapToLong(Sample::tookMs).min().orElse(0);
    StringBuilder graph = new StringBuilder();
    graph.append(
        String.format(
            Locale.ROOT,
            "%s - high %d ms, low %d ms (all time high %d ms)\n",
            name,
            high,
            low,
            event.mostMs()));
    graph.append("-".repeat(COLUMNS)).append('\n');
    for (int row = ROWS - 1; row >= 0; row--) {
      int bottom = row * PARTS.length();
      line(samples, sample -> cell(steps(sample.tookMs(), low, high) - bottom), graph);
    }
    graph.append('\n');
    appendAges(samples, nowS, graph);
    return graph.toString();
  }

  private interface Cell {
    char of(Sample sample);
  }

  private static void line(List<Sample> samples, Cell cell, StringBuilder graph) {
    StringBuilder line = new StringBuilder();
    samples.forEach(sample -> line.append(cell.of(sample)));
    graph.append(line.toString().stripTrailing()).append('\n');
  }

  /// How many thirds of cells high a column is, from 1.
  private static int steps(long tookMs, long low, long high) {
    int most = ROWS * PARTS.length() - 1;
    return high == low ? 1 : 1 + (int) ((tookMs - low) * most / (high - low));
  }

  private static char cell(int steps) {
    return steps <= 0 ? ' ' : steps > PARTS.length() ? '|' : PARTS.charAt(steps - 1);
  }

  private static void appendAges(List<Sample> samples, long nowS, StringBuilder graph) {
    List<String> ages = samples.stream().map(sample -> age(nowS - sample.atS())).toList();
    int longest = ages.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      StringBuilder line = new StringBuilder();
      for (String age : ages) {
        line.append(i < age.length() ? age.charAt(i) : ' ');
      }
      graph.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private static String age(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
