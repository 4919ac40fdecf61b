package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import naru.compatibility.OneBroker;
import naru.compatibility.Repository;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scripts, one a line, whose replies are the same as those of redis-server, byte for byte.
final class LuaScriptsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @TempDir static Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  @Timeout(120)
  void scriptsAnswerAsInRedis(int protocol) throws IOException {
    assumeTrue(RedisServer.isInstalled());
    List<String> scripts =
        Files.readAllLines(Repository.tests().resolve("lua").resolve("cases.txt"));
    List<String> differences = new ArrayList<>();
    try (RedisServer redis = RedisServer.start(folder);
        Wire theirs = open(redis.port(), protocol);
        Wire ours = open(shared.port(), protocol)) {
      for (String script : scripts) {
        Reply expected = theirs.ask("EVAL", script, "1", "k", "first", "second");
        Reply actual = ours.ask("EVAL", script, "1", "k", "first", "second");
        if (!expected.toString().equals(actual.toString())) {
          differences.add(script + "\n  redis: " + expected + "\n  naru:  " + actual);
        }
      }
    }
    assertThat(scripts).hasSizeGreaterThan(500);
    assertThat(differences).isEmpty();
  }

  private static Wire open(int port, int protocol) throws IOException {
    Wire wire = Wire.open(port);
    wire.patience(20_000);
    if (protocol == 3) {
      wire.ask("HELLO", "3");
    }
    wire.ask("FLUSHALL");
    return wire;
  }
}
