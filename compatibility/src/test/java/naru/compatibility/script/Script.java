package naru.compatibility.script;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import naru.compatibility.Broker;

/// A program run against a broker. It finds the port in `NARU_PORT`; where it ends a line with
/// `@kill-and-restart`, the broker is killed and started again, and `done` comes on its stdin.
final class Script {
  private static final int PATIENCE_SECONDS = 120;

  private Script() {}

  record Outcome(int exitCode, String output) {}

  static Outcome run(Path folder, Broker broker, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("NARU_PORT", Integer.toString(broker.port()));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    try {
      Process process = builder.start();
      Thread guard = Thread.ofPlatform().daemon().start(() -> endAfterPatience(process));
      String output = follow(process, broker);
      int exitCode = process.waitFor();
      guard.interrupt();
      return new Outcome(exitCode, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String follow(Process process, Broker broker) throws IOException {
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader();
        Writer answers = process.outputWriter()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (line.endsWith("@kill-and-restart")) {
          broker.kill9();
          broker.restart();
          answers.write("done\n");
          answers.flush();
        }
      }
    }
    return output.toString();
  }

  private static void endAfterPatience(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // The script ended in time.
    }
  }
}
