package naru.benchmarks.beside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import naru.benchmarks.load.Driver;

/// A load on Naru and on a peer in turns, as a row of a Markdown table: medians and their ratios.
final class Comparison {
  /// Plays the load once.
  interface Round {
    Driver.Result play(Server server) throws IOException;
  }

  /// @param processorSeconds what the server took for a million messages
  private record Figures(Driver.Result result, double processorSeconds) {}

  private Comparison() {}

  static String head(String peer) {
    return String.format(
            Locale.ROOT,
            "| load | Naru /s | %s /s | ratio | Naru s/M | %s s/M | ratio | p50 ms | p99 ms |"
                + " p99.9 ms | driver |%n",
            peer,
            peer)
        + "|---|---|---|---|---|---|---|---|---|---|---|";
  }

  /// `servers`: Naru, and its peer.
  static String row(String title, int rounds, Round load, List<Server> servers) throws IOException {
    List<Figures> ours = new ArrayList<>();
    List<Figures> theirs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      System.err.println(title + ", round " + (round + 1));
      ours.add(measured(load, servers.get(0)));
      theirs.add(measured(load, servers.get(1)));
    }
    double rate = median(ours, figures -> figures.result.perSecond());
    double theirRate = median(theirs, figures -> figures.result.perSecond());
    double processor = median(ours, Figures::processorSeconds);
    double theirProcessor = median(theirs, Figures::processorSeconds);
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | **%.2f** | %.2f | %.2f | **%.2f** | %s | %s | %s | %.0f %% |",
        title,
        rate,
        theirRate,
        rate / theirRate,
        processor,
        theirProcessor,
        processor / theirProcessor,
        times(ours, theirs, 50),
        times(ours, theirs, 99),
        times(ours, theirs, 99.9),
        100 * median(ours, figures -> figures.result.driverShare()));
  }

  private static Figures measured(Round load, Server server) throws IOException {
    double before = server.processorSeconds();
    Driver.Result result = load.play(server);
    double seconds = server.processorSeconds() - before;
    return new Figures(result, seconds * 1_000_000 / result.messages());
  }

  private static String times(List<Figures> ours, List<Figures> theirs, double percent) {
    return String.format(
        Locale.ROOT,
        "%.2f / %.2f",
        median(ours, figures -> figures.result.percentileMs(percent)),
        median(theirs, figures -> figures.result.percentileMs(percent)));
  }

  private static double median(List<Figures> all, ToDoubleFunction<Figures> figure) {
    double[] sorted = all.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
