package naru.protocol.resp.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private final Histogram histogram = new Histogram();

  @Test
  void percentilesAreTrueToWithinOnePerCent() {
    Random random = new Random(7);
    long[] times = new long[20_001];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1 + (long) Math.pow(10, random.nextDouble() * 9);
      histogram.add(times[i]);
    }
    Arrays.sort(times);
    for (double percent : new double[] {1, 25, 50, 90, 99, 99.9, 100}) {
      long exact = times[Math.max(1, (int) (times.length * percent / 100 + 0.5)) - 1];
      assertThat(histogram.percentileNs(percent)).isBetween(exact, exact + exact / 100);
    }
  }

  /// Read off a redis-server's `INFO latencystats`.
  @Test
  void placesEndWhereThoseOfRedisEnd() {
    long[][] pairs = {{0, 1}, {1000, 1003}, {11_000, 11_007}, {1_733_000, 1_736_703}};
    for (long[] pair : pairs) {
      Histogram one = new Histogram();
      one.add(pair[0]);
      assertThat(one.percentileNs(50)).isEqualTo(pair[1]);
    }
  }

  @Test
  void stepsEndWhereThoseOfRedisEnd() {
    assertThat(Histogram.upToUs(0)).isEqualTo(1);
    assertThat(Histogram.upToUs(5)).isEqualTo(33);
    assertThat(Histogram.upToUs(10)).isEqualTo(1056);
    assertThat(Histogram.upToUs(Histogram.STEPS - 1)).isEqualTo(1_082_130);
  }

  @Test
  void whatTakesLongerThanASecondCountsAsASecond() {
    histogram.add(3_000);
    histogram.add(Long.MAX_VALUE);
    long[] counts = histogram.counts();
    assertThat(counts[1]).isZero();
    assertThat(counts[2]).isEqualTo(1);
    assertThat(counts[Histogram.STEPS - 2]).isEqualTo(1);
    assertThat(counts[Histogram.STEPS - 1]).isEqualTo(2).isEqualTo(histogram.total());
    assertThat(histogram.percentileNs(100)).isBetween(1_000_000_000L, 1_010_000_000L);
  }

  @Test
  void withoutCallsThereAreNoTimes() {
    assertThat(histogram.percentileNs(99)).isZero();
    assertThat(histogram.counts()).containsOnly(0);
  }
}
