package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import naru.compatibility.Broker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `-Dnaru.differential.broker="--stream-memory 1"` starts Naru with other settings.
/// `-Dnaru.peer=redis` puts a second Redis in Naru's place: what then differs is an error of the
/// test.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DifferentialTest {
  private static final Settings SETTINGS = Settings.read();

  @TempDir private static Path directory;
  private static AutoCloseable naru;
  private static RedisServer redis;
  private static Duel duel;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(RedisServer.isInstalled(), "there is no redis-server to compare with");
    redis = RedisServer.start(directory);
    if (Broker.isPeer()) {
      RedisServer second = RedisServer.start(directory);
      naru = second;
      duel = new Duel(redis.port(), second.port());
    } else {
      Broker broker = Broker.start(SETTINGS.brokerOptions());
      naru = broker;
      duel = new Duel(redis.port(), broker.port());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (duel != null) {
      duel.close();
      naru.close();
      redis.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void repliesAreThoseOfRedis(Settings.Case played) {
    int sequences = SETTINGS.share(cases().size());
    assertThat(Hunt.report(duel, played, SETTINGS.seed(), sequences)).isEmpty();
  }

  static List<Settings.Case> cases() {
    return SETTINGS.cases();
  }
}
