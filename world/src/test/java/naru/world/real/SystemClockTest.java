package naru.world.real;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemClockTest {
  @Test
  void wallTimeIsInMicroseconds() {
    long beforeMs = System.currentTimeMillis();
    long wallUs = new SystemClock().wallUs();
    long afterMs = System.currentTimeMillis();

    assertThat(wallUs / 1000).isBetween(beforeMs, afterMs);
  }

  @Test
  void monotonicTimeDoesNotGoBack() {
    SystemClock clock = new SystemClock();
    long before = clock.monotonicNs();

    assertThat(clock.monotonicNs() - before).isNotNegative();
  }

  @Test
  void twoSourcesOfRandomnessDiffer() {
    assertThat(new SystemRandomness().nextLong()).isNotEqualTo(new SystemRandomness().nextLong());
  }
}
