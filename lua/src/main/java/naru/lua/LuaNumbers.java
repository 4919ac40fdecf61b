package naru.lua;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers to and from text, as C's `printf` and `strtod` have them.
public final class LuaNumbers {
  static final double MINUS_NAN = Double.longBitsToDouble(0xfff8000000000000L);
  private static final double WHOLE_BELOW = 1e14;
  private static final int DIGITS = 14;
  private static final int PARSED_CHARS_MAX = 4096;

  private LuaNumbers() {}

  /// As `%.14g`.
  public static String format(double value) {
    if (value == Math.rint(value) && Math.abs(value) < WHOLE_BELOW) {
      long whole = (long) value;
      return whole == 0 && 1 / value < 0 ? "-0" : Long.toString(whole);
    }
    return general(value, DIGITS, false);
  }

  /// `inf`, `-nan` …; null for a number that is one.
  public static @Nullable String special(double value) {
    if (Double.isNaN(value)) {
      return Double.doubleToRawLongBits(value) < 0 ? "-nan" : "nan";
    }
    if (Double.isInfinite(value)) {
      return value < 0 ? "-inf" : "inf";
    }
    return null;
  }

  /// As `%.Ng`, with `#` if `alternate`.
  public static String general(double value, int precision, boolean alternate) {
    String special = special(value);
    if (special != null) {
      return special;
    }
    int digits = precision == 0 ? 1 : precision;
    String sign = isNegative(value) ? "-" : "";
    if (value == 0) {
      return sign + (alternate ? fixed(0, digits - 1, true) : "0");
    }
    BigDecimal rounded =
        new BigDecimal(Math.abs(value)).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    String text;
    if (exponent < -4 || exponent >= digits) {
      text = exponential(rounded, exponent, digits - 1, alternate);
      if (!alternate) {
        int e = text.indexOf('e');
        text = withoutZeros(text.substring(0, e)) + text.substring(e);
      }
    } else {
      text = rounded.setScale(digits - 1 - exponent, RoundingMode.HALF_EVEN).toPlainString();
      text = alternate ? withPoint(text) : withoutZeros(text);
    }
    return sign + text;
  }

  private static boolean isNegative(double value) {
    return Double.doubleToRawLongBits(value) < 0;
  }

  private static String withoutZeros(String text) {
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  private static String withPoint(String text) {
    return text.indexOf('.') < 0 ? text + "." : text;
  }

  /// As `%.Nf`.
  public static String fixed(double value, int precision, boolean alternate) {
    String special = special(value);
    if (special != null) {
      return special;
    }
    String text =
        new BigDecimal(Math.abs(value)).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return (isNegative(value) ? "-" : "") + (alternate ? withPoint(text) : text);
  }

  /// As `%.Ne`.
  public static String exponential(double value, int precision, boolean alternate) {
    String special = special(value);
    if (special != null) {
      return special;
    }
    String sign = isNegative(value) ? "-" : "";
    BigDecimal exact = new BigDecimal(Math.abs(value));
    if (exact.signum() == 0) {
      String zeros = precision == 0 ? "0" : "0." + "0".repeat(precision);
      return sign + (alternate ? withPoint(zeros) : zeros) + "e+00";
    }
    BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    return sign + exponential(rounded, exponent, precision, alternate);
  }

  private static String exponential(
      BigDecimal rounded, int exponent, int precision, boolean alternate) {
    String digits =
        rounded
            .scaleByPowerOfTen(-exponent)
            .setScale(precision, RoundingMode.HALF_EVEN)
            .toPlainString();
    return (alternate ? withPoint(digits) : digits)
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /// The number that a text is, spaces around it allowed; null if it is none.
  public static @Nullable Double parse(LuaString text) {
    int length = text.length();
    if (length > PARSED_CHARS_MAX || length == 0) {
      return null;
    }
    // The usual: a short whole number.
    if (length <= 15) {
      long whole = 0;
      int i = 0;
      for (; i < length; i++) {
        int digit = text.at(i) - '0';
        if (digit < 0 || digit > 9) {
          break;
        }
        whole = whole * 10 + digit;
      }
      if (i == length) {
        return (double) whole;
      }
    }
    return parse(text.toString());
  }

  static @Nullable Double parse(String padded) {
    int from = 0;
    int to = padded.length();
    while (from < to && isSpace(padded.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(padded.charAt(to - 1))) {
      to--;
    }
    String text = padded.substring(from, to);
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    Double parsed = parseUnsigned(digits);
    return parsed == null ? null : negative ? Double.valueOf(-parsed) : parsed;
  }

  private static @Nullable Double parseUnsigned(String text) {
    if (text.isEmpty()) {
      return null;
    }
    char first = text.charAt(0);
    if (first == '0' && text.length() > 1 && (text.charAt(1) | 32) == 'x') {
      return parseHex(text.substring(2));
    }
    if ((first >= '0' && first <= '9') || first == '.') {
      return isDecimal(text) ? Double.valueOf(text) : null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> null;
    };
  }

  private static boolean isDecimal(String text) {
    int i = 0;
    int digits = 0;
    int length = text.length();
    while (i < length && isDigit(text.charAt(i))) {
      i++;
      digits++;
    }
    if (i < length && text.charAt(i) == '.') {
      i++;
      while (i < length && isDigit(text.charAt(i))) {
        i++;
        digits++;
      }
    }
    if (digits == 0) {
      return false;
    }
    return i == length || isExponent(text, i, 'e');
  }

  private static boolean isExponent(String text, int at, char letter) {
    int i = at;
    if ((text.charAt(i) | 32) != letter) {
      return false;
    }
    i++;
    if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
      i++;
    }
    int from = i;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    return i > from && i == text.length();
  }

  private static @Nullable Double parseHex(String text) {
    int digits = 0;
    int i = 0;
    boolean point = false;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && !point) {
        point = true;
      } else if (Character.digit(c, 16) >= 0 && c < 128) {
        digits++;
      } else {
        break;
      }
    }
    if (digits == 0 || (i < text.length() && !isExponent(text, i, 'p'))) {
      return null;
    }
    return Double.valueOf("0x" + text + (i < text.length() ? "" : "p0"));
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
