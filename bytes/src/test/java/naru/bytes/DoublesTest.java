package naru.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoublesTest {
  private static String text(double value) {
    return new String(Doubles.toAscii(value), StandardCharsets.US_ASCII);
  }

  private static double parse(String text) {
    return Doubles.parse(Bytes.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "3.0, 3",
    "0.1, 0.1",
    "-0.0, -0",
    "0.0, 0",
    "1e21, 1e+21",
    "1e-7, 1e-7",
    "1.5e300, 1.5e+300",
    "0.30000000000000004, 0.30000000000000004",
    "3.14159, 3.14159",
    "-2.5, -2.5",
    "0.00001234, 1.234e-5",
    "0.001234, 0.001234",
    "1e8, 100000000",
    "4611686018427387904, 4611686018427387904",
    "123456789012345678, 123456789012345680",
    "1e19, 1e+19",
    "12345678901234567890, 12345678901234567000",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "4.9e-324, 5e-324",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "Infinity, inf",
    "-Infinity, -inf",
    "NaN, nan",
  })
  void numbersAreWrittenShortest(double value, String expected) {
    assertThat(text(value)).isEqualTo(expected);
  }

  @Test
  void everyNumberReadsBackAsItself() {
    Random random = new Random(1);
    for (int i = 0; i < 300_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(value)) {
        assertThat(parse(text(value))).isEqualTo(value);
      }
    }
  }

  @Test
  void seldomIsADigitMoreThanNeeded() {
    Random random = new Random(2);
    int longer = 0;
    for (int i = 0; i < 100_000; i++) {
      double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (Double.isFinite(value) && value != Math.rint(value)) {
        int digits = new BigDecimal(text(value)).stripTrailingZeros().precision();
        int needed = new BigDecimal(Double.toString(value)).stripTrailingZeros().precision();
        longer += digits > needed ? 1 : 0;
        assertThat(digits).isLessThanOrEqualTo(17);
      }
    }
    assertThat(longer).isLessThan(500);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "+1, 1",
    "-1.5, -1.5",
    ".5, 0.5",
    "5., 5",
    "1e3, 1000",
    "1E+3, 1000",
    "1e-3, 0.001",
    "inf, Infinity",
    "+inf, Infinity",
    "-Infinity, -Infinity",
    "0x10, 16",
    "0X1p4, 16",
    "-0x.8, -0.5",
    "0e999, 0",
    "9223372036854775807, 9223372036854775807",
  })
  void whatStrtodReadsIsRead(String text, double expected) {
    assertThat(parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " 1", "1 ", "+", "-", ".", "e5", "1e", "1e+", "1.2.3", "--1", "nan", "1f", "1d", "0x",
        "0xg", "1e400", "1e-400", "infi", "a", "1_000", "0x1p", "++1", "-+1"
      })
  void whatIsNoNumberIsNot(String text) {
    assertThat(parse(text)).isNaN();
  }
}
