package naru.compatibility.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import naru.compatibility.Broker;

/// `redis-cli`, which shows replies as it does on a terminal.
final class RedisCli {
  private final Broker broker;

  RedisCli(Broker broker) {
    this.broker = broker;
  }

  /// Runs it with these options and the command's words; returns all that it printed.
  String run(String... words) {
    return output(start(words), "");
  }

  /// Runs it with that text on its stdin.
  String feed(String input, String... words) {
    return output(start(words), input);
  }

  Process start(String... words) {
    List<String> command = new ArrayList<>(List.of("redis-cli", "-p", "" + broker.port()));
    command.add("--no-raw");
    Collections.addAll(command, words);
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String output(Process process, String input) {
    try (var stdin = process.outputWriter()) {
      stdin.write(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return new String(process.getInputStream().readAllBytes()).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
