package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import naru.compatibility.differential.Duel.Difference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The differential test finds a difference where there is one, and none where there is none.
final class HarnessTest {
  private static final int SEQUENCES = 40;

  @TempDir private static Path directory;
  private static RedisServer redis;
  private static RedisServer other;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(RedisServer.isInstalled(), "there is no redis-server to compare with");
    redis = RedisServer.start(directory);
    other = RedisServer.start(directory);
  }

  @AfterAll
  static void stop() {
    if (redis != null) {
      redis.close();
    }
    if (other != null) {
      other.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void twoRedisServersDoNotDiffer(Settings.Case played) {
    try (Duel duel = new Duel(redis.port(), other.port())) {
      assertThat(Hunt.report(duel, played, 900_000, SEQUENCES)).isEmpty();
    }
  }

  static List<Settings.Case> cases() {
    return new Settings(0, 0, List.of(Family.values()), List.of()).cases();
  }

  @Test
  void anAlteredReplyIsFoundAndShrunk() throws IOException {
    Transcript transcript = found(Family.LISTS, "WRONGTYPE", "WRONGKIND");
    assertThat(transcript.sequence().commands()).hasSizeBetween(1, 2);
    assertThat(transcript.text())
        .contains("   redis -WRONGTYPE Operation against a key")
        .contains("   naru  -WRONGKIND Operation against a key");
  }

  @Test
  void anAlteredReplyInATransactionIsFoundAndShrunk() throws IOException {
    Transcript transcript = found(Family.TRANSACTIONS, "MULTI calls", "MULTI falls");
    assertThat(transcript.sequence().commands()).hasSize(2);
  }

  @Test
  void aTranscriptReadsBackAsItWasWritten() throws IOException {
    Transcript transcript = found(Family.STREAMS, "BUSYGROUP", "BUSYCROWD");
    Transcript read = Transcript.parse(transcript.text());
    assertThat(read.text()).isEqualTo(transcript.text());
    assertThat(Comparison.firstDifference(read.sequence(), read.exchanges())).isNotNegative();
  }

  @Test
  void equalSeedsMakeEqualSequences() {
    for (Settings.Case played : cases()) {
      Sequence once = Generator.sequence(played.family(), played.protocol(), 7);
      Sequence again = Generator.sequence(played.family(), played.protocol(), 7);
      assertThat(again).isEqualTo(once);
    }
  }

  private static Transcript found(Family family, String truth, String lie) throws IOException {
    try (LyingProxy proxy = LyingProxy.before(other.port(), truth, lie);
        Duel duel = new Duel(redis.port(), proxy.port())) {
      return LongStream.range(0, 500)
          .mapToObj(seed -> duel.differenceIn(Generator.sequence(family, 2, seed)))
          .flatMap(Optional::stream)
          .map(Difference::transcript)
          .findFirst()
          .orElseThrow();
    }
  }
}
