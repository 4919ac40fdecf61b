package naru.bytes;

import java.math.BigDecimal;

/// Doubles as text.
public final class Doubles {
  private Doubles() {}

  /// The shortest decimal form that reads back as the same double.
  public static String toText(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e17) {
      return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }
    return new BigDecimal(Double.toString(value)).toString();
  }
}
