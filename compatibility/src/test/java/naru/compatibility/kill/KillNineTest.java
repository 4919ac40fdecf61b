package naru.compatibility.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import naru.compatibility.Broker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `-Dnaru.kill.rounds=N` for more of them, `-Dnaru.kill.seed=S` for the same choices again (the
/// moment of a kill stays a matter of the machine).
final class KillNineTest {
  private static final int ROUNDS = Integer.getInteger("naru.kill.rounds", 12);
  private static final long SEED = Long.getLong("naru.kill.seed", System.nanoTime());
  private static final int ROUNDS_OF_A_LOAD = 6;
  private static final long WORK_MS_MIN = 50;
  private static final long WORK_MS_MAX = 600;
  private static final long RECOVERY_MS_MAX = 500;

  @Test
  @Timeout(3_600)
  void whatWasAcknowledgedSurvivesAnyNumberOfKills() throws Exception {
    killAgainAndAgain(ROUNDS, Broker.start(), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"always", "no"})
  @Timeout(3_600)
  void snapshotsAllTheTimeLoseNothing(String fsync) throws Exception {
    killAgainAndAgain(ROUNDS / 2, Broker.start(List.of("--fsync", fsync)), true);
  }

  /// All full blocks of streams move to files at once.
  @Test
  @Timeout(3_600)
  void blocksOfStreamsInFilesAreKept() throws Exception {
    killAgainAndAgain(ROUNDS / 2, Broker.start(List.of("--stream-memory", "1")), true);
  }

  /// The system has all that was answered, and a kill does not take it from the system.
  @ParameterizedTest
  @ValueSource(strings = {"everysec", "no"})
  @Timeout(3_600)
  void aKillLosesNothingEitherWhenTheDiskIsNotWaitedFor(String fsync) throws Exception {
    killAgainAndAgain(ROUNDS / 4, Broker.start(List.of("--fsync", fsync)), false);
  }

  private static void killAgainAndAgain(int rounds, Broker started, boolean saving)
      throws Exception {
    System.out.println("kill -9: " + rounds + " rounds, seed " + SEED);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    int steps = 0;
    try (Broker broker = started) {
      for (int round = 0; round < rounds; round += ROUNDS_OF_A_LOAD) {
        steps += oneLoad(broker, random, Math.min(rounds - round, ROUNDS_OF_A_LOAD), saving);
      }
    }
    System.out.println("kill -9: " + steps + " steps were acknowledged, and kept");
    assertThat(steps).as("steps of the writers").isGreaterThan(rounds * 10);
  }

  private static int oneLoad(Broker broker, RandomGenerator random, int rounds, boolean saving)
      throws Exception {
    Load load = saving ? new Load(broker, random).saving() : new Load(broker, random);
    for (int round = 0; round < rounds; round++) {
      try {
        load.start();
        // The load runs for a random while: the moment of the kill is what varies.
        Thread.sleep(random.nextLong(WORK_MS_MIN, WORK_MS_MAX));
        broker.kill9();
        load.awaitBrokenOff();
        while (random.nextInt(3) == 0) {
          broker.restartAndKill9After(random.nextLong(RECOVERY_MS_MAX));
        }
        broker.restart();
        load.check();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + SEED + ", round " + round + "; " + broker.output(), e);
      }
    }
    load.drainAndCheck();
    return load.acknowledgedSteps();
  }
}
