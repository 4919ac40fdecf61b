package naru.compatibility.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.OneBroker;
import naru.compatibility.Repository;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Ran;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients of Node.js: ioredis and node-redis, in RESP2 and RESP3, and BullMQ, which is built on
/// ioredis; scripts are in `src/test/node`.
final class NodeTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static final Path FOLDER = Repository.tests().resolve("node");

  /// `npm ci`, unless what it would install is there.
  @BeforeAll
  @Timeout(180)
  static void install() throws Exception {
    if (isInstalled()) {
      return;
    }
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(npm.getInputStream().readAllBytes());
    assertThat(npm.waitFor()).as(output).isZero();
  }

  private static boolean isInstalled() {
    Path installed = FOLDER.resolve("node_modules/.package-lock.json");
    try {
      return Files.exists(installed)
          && Files.getLastModifiedTime(installed)
                  .compareTo(Files.getLastModifiedTime(FOLDER.resolve("package-lock.json")))
              >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "queues",
        "streams",
        "pubsub",
        "transactions",
        "connections",
        "scripts",
        "restart"
      })
  @Timeout(150)
  void ioredisFindsWhatItFindsInRedis(String script) {
    run(shared.broker(), Client.IOREDIS, script, script);
  }

  @Test
  @Timeout(150)
  void bullMqDoesItsJobsUnmodified() {
    run(shared.broker(), Client.BULLMQ, "jobs", "bullmq");
  }

  @Test
  @Timeout(150)
  void nodeRedisFindsWhatItFindsInRedis() {
    run(shared.broker(), Client.NODE_REDIS, "client", "node-redis");
  }

  static void run(Broker broker, Client client, String area, String script) {
    List<String> command = List.of("node", "--test-reporter=tap", script + ".test.mjs");
    Script.Outcome outcome = Script.run(FOLDER, broker, command);
    assertThat(outcome.output()).containsPattern("# pass [1-9]").contains("# fail 0");
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    Ran.script(client, area, outcome.output());
  }
}
