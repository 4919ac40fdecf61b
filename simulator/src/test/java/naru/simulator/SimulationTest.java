package naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import naru.world.Clock;
import naru.world.real.SystemClock;
import naru.world.real.SystemRandomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Seeds that are kept, and new ones: each is a history of clients, faults and restarts, checked
/// against the model.
class SimulationTest {
  private static final int SEEDS_TRIED = 60;
  private static final int NEW_SEEDS = 400;
  private static final long NEW_SEEDS_MAX_NS = 45_000_000_000L;
  private static final int TWICE_ONE_IN = 10;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void whatIsAcknowledgedIsKept(long seed) {
    assertThat(run(seed, Sabotage.NONE).commands()).isPositive();
  }

  /// Other seeds each time. One that fails says so, and how to see it again.
  @Test
  void whatIsAcknowledgedIsKeptWithSeedsNeverTried() {
    Clock clock = new SystemClock();
    long endNs = clock.monotonicNs() + NEW_SEEDS_MAX_NS;
    long first = new SystemRandomness().nextLong() >>> 24;
    System.out.println("new seeds from " + first + " on");
    long seed = first;
    while (seed < first + NEW_SEEDS && clock.monotonicNs() < endNs) {
      Simulation.Outcome outcome = run(seed, Sabotage.NONE);
      if (seed % TWICE_ONE_IN == 0) {
        assertThat(run(seed, Sabotage.NONE)).as("seed %d again", seed).isEqualTo(outcome);
      }
      seed++;
    }
    System.out.println("new seeds up to " + (seed - 1));
    assertThat(seed).isGreaterThan(first);
  }

  @Test
  void aSeedAlwaysGivesTheSameHistory() {
    for (long seed = 4; seed <= 7; seed++) {
      long fingerprint = run(seed, Sabotage.NONE).fingerprint();
      assertThat(run(seed, Sabotage.NONE).fingerprint()).isEqualTo(fingerprint);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Sabotage.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aBrokenBrokerIsNoticed(Sabotage sabotage) {
    boolean noticed = false;
    for (long seed = 1; seed <= SEEDS_TRIED && !noticed; seed++) {
      noticed = isNoticed(seed, sabotage);
    }
    assertThat(noticed).isTrue();
  }

  private static boolean isNoticed(long seed, Sabotage sabotage) {
    try {
      run(seed, sabotage);
      return false;
    } catch (SimulationFailure failure) {
      return true;
    }
  }

  private static Simulation.Outcome run(long seed, Sabotage sabotage) {
    return new Simulation(seed, sabotage, new Timeline(null)).run();
  }
}
