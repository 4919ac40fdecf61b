package naru.protocol.resp.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedSetScanTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.10000000000000001",
    "3, 3",
    "-2.5, -2.5",
    "1e-7, 9.9999999999999995e-08",
    "1e21, 1e+21",
    "1e17, 1e+17",
    "1e16, 10000000000000000",
    "1.5e300, 1.5000000000000001e+300",
    "123456789012345678, 1.2345678901234568e+17",
    "0.0001, 0.0001",
    "0.00001, 1.0000000000000001e-05",
    "Infinity, inf",
    "-0.0, -0",
  })
  void seventeenDigitsAreWrittenAsCDoes(double score, String text) {
    assertThat(SortedSetScan.precise(score).toString()).isEqualTo(text);
  }
}
