package naru.benchmarks.beside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One load of redis-benchmark.
///
/// @param name how the table calls it
/// @param requests how many in a round
/// @param clients connections
/// @param pipeline requests sent together on each
/// @param command redis-benchmark's words behind its options: `-t set`, or a command
record Load(String name, int requests, int clients, int pipeline, List<String> command) {
  private static final Pattern RATE = Pattern.compile("([0-9.]+) requests per second");
  private static final Pattern P50 = Pattern.compile("p50=([0-9.]+) msec");

  /// What one round measured.
  record Result(double perSecond, double processorSecondsPerMillion, double p50Ms) {}

  Result run(Server server) throws IOException {
    List<String> words = new ArrayList<>();
    words.add("redis-benchmark");
    words.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(server.port())));
    words.addAll(List.of("-n", Integer.toString(requests), "-c", Integer.toString(clients)));
    words.addAll(List.of("-P", Integer.toString(pipeline), "-r", "100000", "-q"));
    words.addAll(command);
    double before = server.processorSeconds();
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    double seconds = server.processorSeconds() - before;
    return new Result(last(RATE, output), seconds * 1_000_000 / requests, last(P50, output));
  }

  private static double last(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    double found = Double.NaN;
    while (matcher.find()) {
      found = Double.parseDouble(matcher.group(1));
    }
    return found;
  }
}
