package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.OneBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What others hear, and can do, while a script runs for long: the same as from redis-server.
@Timeout(60)
final class BusyScriptsTest {
  private static final String LOOP = "while true do end";
  private static final String WRITES =
      "redis.call('set', 'k', 'v') for i = 1, 150000000 do end return 'done'";
  private static final String LIBRARY =
      "#!lua name=l\nredis.register_function('loop', function() while true do end end)";

  @RegisterExtension static final OneBroker shared = new OneBroker();

  @TempDir static Path folder;

  /// What `other` does while `script` runs, what it hears, and what the script's client hears.
  private static List<String> heard(int port, List<String> script, List<List<String>> others)
      throws IOException {
    List<String> heard = new ArrayList<>();
    try (Wire runner = open(port);
        Wire other = open(port)) {
      other.ask("FLUSHALL");
      other.ask("FUNCTION", "FLUSH");
      other.ask("FUNCTION", "LOAD", LIBRARY);
      other.ask("CONFIG", "SET", "busy-reply-threshold", "100");
      Command command = Command.of(0, script);
      runner.send(List.of(command, Command.of(0, List.of("GET", "k"))));
      Reply reply = other.ask("GET", "k");
      while (!reply.text().startsWith("BUSY")) {
        reply = other.ask("GET", "k");
      }
      heard.add(reply.wire());
      for (List<String> words : others) {
        heard.add(words + " " + other.ask(words.toArray(String[]::new)).wire());
      }
      heard.add(runner.receive(command).getLast().wire());
      heard.add(runner.receive(Command.of(0, List.of("GET", "k"))).getLast().wire());
      heard.add(other.ask("GET", "k").wire());
      other.ask("CONFIG", "SET", "busy-reply-threshold", "5000");
    }
    return heard;
  }

  private static Wire open(int port) throws IOException {
    Wire wire = Wire.open(port);
    wire.patience(30_000);
    return wire;
  }

  private static void compare(List<String> script, List<List<String>> others) throws IOException {
    assumeTrue(RedisServer.isInstalled());
    try (RedisServer redis = RedisServer.start(folder)) {
      assertThat(heard(shared.port(), script, others))
          .isEqualTo(heard(redis.port(), script, others));
    }
  }

  @Test
  void aScriptThatHasNotWrittenIsKilled() throws IOException {
    compare(
        List.of("EVAL", LOOP, "0"),
        List.of(
            List.of("PING"),
            List.of("FUNCTION", "KILL"),
            List.of("FUNCTION", "STATS"),
            List.of("SHUTDOWN"),
            List.of("MULTI"),
            List.of("SET", "k", "v"),
            List.of("EXEC"),
            List.of("DISCARD"),
            List.of("EVAL", "return 1", "0"),
            List.of("NO-SUCH"),
            List.of("SCRIPT", "KILL")));
  }

  @Test
  void aFunctionIsKilledByFunctionKill() throws IOException {
    compare(
        List.of("FCALL", "loop", "0"),
        List.of(List.of("PING"), List.of("SCRIPT", "KILL"), List.of("FUNCTION", "KILL")));
  }

  @Test
  void aScriptThatHasWrittenCannotBeKilled() throws IOException {
    compare(
        List.of("EVAL", WRITES, "0"),
        List.of(List.of("SCRIPT", "KILL"), List.of("FUNCTION", "KILL")));
  }

  @Test
  void nothingIsKeptOfAScriptThatAShutdownEnds() throws IOException {
    try (Broker broker = Broker.start(List.of("--fsync", "always"))) {
      try (Wire runner = open(broker.port());
          Wire other = open(broker.port())) {
        other.ask("CONFIG", "SET", "busy-reply-threshold", "100");
        other.ask("SET", "before", "1");
        String script = "redis.call('set', 'during', 1) " + LOOP;
        runner.send(List.of(Command.of(0, List.of("EVAL", script, "0"))));
        while (!other.ask("GET", "before").text().startsWith("BUSY")) {
          Thread.onSpinWait();
        }
        assertThat(other.ask("SHUTDOWN", "NOSAVE")).isInstanceOf(Reply.Broken.class);
      }
      broker.restart();
      try (Wire after = open(broker.port())) {
        assertThat(after.ask("GET", "before").text()).isEqualTo("1");
        assertThat(after.ask("EXISTS", "during").text()).isEqualTo("0");
      }
    }
  }
}
