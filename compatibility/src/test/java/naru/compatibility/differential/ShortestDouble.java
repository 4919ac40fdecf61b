package naru.compatibility.differential;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// A double as Redis writes it since 7.2: a whole number in full, everything else in the fewest
/// digits that read back as the same, with an exponent where zeros would abound. Redis 7.0 wrote 17
/// digits.
final class ShortestDouble {
  private static final double WHOLE_MAX = 0x1p62;

  private ShortestDouble() {}

  static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (Math.abs(value) <= WHOLE_MAX && value == Math.rint(value)) {
      return Long.toString((long) value);
    }
    return (value < 0 ? "-" : "") + fraction(Math.abs(value));
  }

  private static String fraction(double value) {
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().toString();
    int power = -shortest.scale();
    int exponent = power + digits.length() - 1;
    if (power >= 0 && exponent < digits.length() + 7) {
      return digits + "0".repeat(power);
    }
    if (power < 0 && (power > -7 || Math.abs(exponent) < 4)) {
      return shortest.toPlainString();
    }
    String point = digits.length() > 1 ? "." : "";
    String sign = exponent < 0 ? "-" : "+";
    return digits.charAt(0) + point + digits.substring(1) + "e" + sign + Math.abs(exponent);
  }

  /// Java never writes fewer than two digits: 4.9E-324, where 5e-324 would do.
  private static BigDecimal shortest(double value) {
    BigDecimal java = new BigDecimal(Double.toString(value));
    BigDecimal digit = java.round(new MathContext(1, RoundingMode.HALF_EVEN));
    return (digit.doubleValue() == value ? digit : java).stripTrailingZeros();
  }
}
