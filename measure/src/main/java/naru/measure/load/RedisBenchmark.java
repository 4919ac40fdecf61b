package naru.measure.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import naru.measure.report.Figure;
import naru.measure.report.Sample;
import naru.measure.server.Server;
import naru.measure.server.Watched;

/// `redis-benchmark` as the driver.
final class RedisBenchmark {
  static final String PROGRAM = "redis-benchmark";

  private static final Pattern RATE = Pattern.compile("throughput summary: ([0-9.]+) requests");
  private static final Pattern PERCENTILE =
      Pattern.compile("^([0-9.]+)% <= ([0-9.]+) milliseconds", Pattern.MULTILINE);
  private static final String DISTRIBUTION_END = "Cumulative distribution";
  private static final long LOOK_MS = 20;
  private static final int MINUTES_MAX = 15;

  private RedisBenchmark() {}

  /// Plays `command`, in which `__rand_int__` is one of so many numbers.
  static Sample play(
      Server server, long requests, int connections, int pipeline, int numbers, String... command)
      throws IOException {
    List<String> words = new ArrayList<>(List.of(PROGRAM, "-h", "127.0.0.1"));
    words.addAll(List.of("-p", "" + server.port(), "-n", "" + requests));
    words.addAll(List.of("-c", "" + connections, "-P", "" + pipeline, "-r", "" + numbers));
    words.addAll(List.of(command));
    Path output = Files.createTempFile(PROGRAM, ".out");
    try {
      Meter meter = new Meter(server);
      double share = share(words, output);
      Sample spent = meter.read(new Sample(), requests).with(Figure.DRIVER, 100 * share);
      return spent.with(figures(Files.readString(output).replace('\r', '\n')));
    } finally {
      Files.delete(output);
    }
  }

  /// Runs it; returns how much of one processor it took, as it was looked at last.
  private static double share(List<String> words, Path output) throws IOException {
    long beginNs = System.nanoTime();
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    double share = 0;
    try {
      while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
        double processorSeconds = Watched.seconds(process.toHandle());
        long nowNs = System.nanoTime();
        if (processorSeconds > 0) {
          share = processorSeconds / ((nowNs - beginNs) / 1e9);
        }
        if (nowNs - beginNs > TimeUnit.MINUTES.toNanos(MINUTES_MAX)) {
          throw new IOException(PROGRAM + " does not end");
        }
      }
      return share;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } finally {
      process.destroyForcibly();
    }
  }

  /// Rate and times from what it prints. It knows percentiles by halves of what is left: the first
  /// at or above the wanted one is taken.
  static Sample figures(String output) throws IOException {
    Matcher rate = RATE.matcher(output);
    int end = output.indexOf(DISTRIBUTION_END);
    if (!rate.find() || end < 0) {
      throw new IOException(PROGRAM + " did not say what it measured: " + output.strip());
    }
    String distribution = output.substring(0, end);
    return new Sample()
        .with(Figure.PER_SECOND, Double.parseDouble(rate.group(1)))
        .with(Figure.P50, percentile(distribution, 50))
        .with(Figure.P99, percentile(distribution, 99))
        .with(Figure.P999, percentile(distribution, 99.9));
  }

  private static double percentile(String distribution, double wanted) {
    Matcher line = PERCENTILE.matcher(distribution);
    while (line.find()) {
      if (Double.parseDouble(line.group(1)) >= wanted) {
        return Double.parseDouble(line.group(2));
      }
    }
    return Double.NaN;
  }
}
