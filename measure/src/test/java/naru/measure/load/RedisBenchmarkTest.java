package naru.measure.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import naru.measure.report.Figure;
import naru.measure.report.Sample;
import org.junit.jupiter.api.Test;

final class RedisBenchmarkTest {
  private static final String SAID =
      """
      SET key:__rand_int__ VXK: rps=40325.4 (overall: 40166.0) avg_msec=0.815 (overall: 0.815)
      ====== SET key:__rand_int__ VXK ======
        20000 requests completed in 0.49 seconds
      Latency by percentile distribution:
      0.000% <= 0.231 milliseconds (cumulative count 2)
      50.000% <= 0.783 milliseconds (cumulative count 10213)
      98.438% <= 1.671 milliseconds (cumulative count 19689)
      99.219% <= 1.935 milliseconds (cumulative count 19846)
      99.805% <= 2.535 milliseconds (cumulative count 19961)
      99.902% <= 2.807 milliseconds (cumulative count 19981)
      100.000% <= 4.855 milliseconds (cumulative count 20000)

      Cumulative distribution of latencies:
      0.085% <= 0.303 milliseconds (cumulative count 17)
      99.925% <= 3.103 milliseconds (cumulative count 19985)

      Summary:
        throughput summary: 40983.61 requests per second
      """;

  @Test
  void whatItSaysIsRead() throws IOException {
    Sample sample = RedisBenchmark.figures(SAID);
    assertThat(sample.value(Figure.PER_SECOND)).hasValue(40983.61);
    assertThat(sample.value(Figure.P50)).hasValue(0.783);
    assertThat(sample.value(Figure.P99)).hasValue(1.935);
    assertThat(sample.value(Figure.P999)).hasValue(2.807);
  }

  @Test
  void whatItDoesNotSayIsAFailure() {
    assertThatThrownBy(() -> RedisBenchmark.figures("Could not connect to Redis"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Could not connect to Redis");
  }
}
