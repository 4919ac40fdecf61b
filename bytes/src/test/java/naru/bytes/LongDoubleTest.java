package naru.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongDoubleTest {
  /// Sums that Redis 7.0 on x86 gave.
  @ParameterizedTest
  @CsvSource({
    "10.50, 0.1, 10.6",
    "5.0e3, 2.0e2, 5200",
    "0.1, 0.2, 0.3",
    "3, 1.1, 4.1",
    "1, 1e-17, 1.00000000000000001",
    "1, 1e-18, 1",
    "9007199254740993, 0, 9007199254740993",
    "18446744073709551615, 1, 18446744073709551616",
    "18446744073709551616, 1, 18446744073709551616",
    "1e30, 0, 1000000000000000000024696061952",
    "-0.5, 0.5, 0",
    "-1e-30, 0, 0",
    "0x1p-1, 0x.8, 1",
    "1., .5, 1.5",
    "1.7, -3.3, -1.6"
  })
  void sumsAreWrittenAsRedisWritesThem(String one, String other, String sum) {
    assertThat(number(one).plus(number(other)).toText()).isEqualTo(sum);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "+",
        "-",
        ".",
        "1e",
        "1e+",
        "0x",
        "nan",
        "1e5000",
        "1e-5000",
        "1e99999999999",
        "infin",
        "1,5",
        "--1"
      })
  void whatIsNoNumberIsRefused(String text) {
    assertThat(LongDouble.parse(Bytes.of(text))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "+INF", "-infinity"})
  void infinityIsRead(String text) {
    assertThat(number(text).isFinite()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 100",
    "0.001, 1",
    "0.3, 300",
    "0.0001, 1",
    "1.1, 1100",
    "2.0001, 2001",
    "0.7, 700",
    "0.29, 290",
    "1e-30, 1",
    "-0.5, -500",
    "4.35, 4350",
    "1.005, 1005",
    "123456.789, 123456789"
  })
  void thousandthsAreCountedAsCCountsThem(String text, long thousandths) {
    assertThat(number(text).thousandths()).isEqualTo(thousandths);
  }

  private static LongDouble number(String text) {
    LongDouble number = LongDouble.parse(Bytes.of(text));
    assertThat(number).isNotNull();
    return number;
  }
}
