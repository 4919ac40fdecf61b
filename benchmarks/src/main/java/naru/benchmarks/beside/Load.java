package naru.benchmarks.beside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One load of redis-benchmark.
///
/// @param name the command, as the table calls it
/// @param requests how many in a round
/// @param clients connections
/// @param pipeline requests sent together on each
/// @param command redis-benchmark's words behind its options: `-t set`, or a command
record Load(String name, int requests, int clients, int pipeline, List<String> command) {
  /// A line of `--csv`: the test's name, then rate and latencies as quoted numbers.
  private static final Pattern RESULT =
      Pattern.compile("^\"(?!test\").*?\"((?:,\"[0-9.]+\"){7})$", Pattern.MULTILINE);

  // Places in such a line: rate, average, least, p50, p95, p99, most.
  private static final int RATE = 0;
  private static final int P50 = 3;
  private static final int P99 = 5;

  /// What one round measured.
  record Result(double perSecond, double processorSecondsPerMillion, double p50Ms, double p99Ms) {}

  String title() {
    return name + ", " + clients + " clients, pipeline " + pipeline;
  }

  Result run(Server server) throws IOException {
    List<String> words = new ArrayList<>();
    words.add("redis-benchmark");
    words.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(server.port())));
    words.addAll(List.of("-n", Integer.toString(requests), "-c", Integer.toString(clients)));
    words.addAll(List.of("-P", Integer.toString(pipeline), "-r", "100000", "--csv"));
    words.addAll(command);
    double before = server.processorSeconds();
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    double seconds = server.processorSeconds() - before;
    double[] figures = figures(output);
    return new Result(figures[RATE], seconds * 1_000_000 / requests, figures[P50], figures[P99]);
  }

  private static double[] figures(String output) throws IOException {
    Matcher matcher = RESULT.matcher(output);
    if (!matcher.find()) {
      throw new IOException("redis-benchmark did not say what it measured: " + output);
    }
    String[] quoted = matcher.group(1).substring(1).split(",", -1);
    double[] figures = new double[quoted.length];
    for (int i = 0; i < quoted.length; i++) {
      figures[i] = Double.parseDouble(quoted[i].replace("\"", ""));
    }
    return figures;
  }
}
