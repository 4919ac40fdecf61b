package naru.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Seeds that are kept: each is a history of clients, faults and restarts, checked against the
/// model.
class SimulationTest {
  private static final int SEEDS_TRIED = 12;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void whatIsAcknowledgedIsKept(long seed) {
    assertThat(run(seed, Sabotage.NONE).commands()).isPositive();
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
