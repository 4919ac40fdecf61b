package naru.bytes;

import java.nio.charset.StandardCharsets;

/// Floating-point numbers as text, in the forms that Redis reads and writes.
///
/// - written: `3` for whole numbers that fit a `long` twice over, else the shortest digits that
///   give the same number back, plain (`0.1`) or with an exponent (`1e+21`, `1e-7`); `inf`, `-inf`;
/// - read: what C's `strtod` reads, all of it, with no space before it: decimal, hexadecimal
///   (`0x1p3`), `inf` and `infinity` in any case. Not `nan`, and nothing out of range.
public final class Doubles {
  /// The longest form that is written.
  public static final int LENGTH_MAX = 32;

  /// Below this, whole numbers are written with all their digits.
  private static final double WHOLE_MAX = 0x1p62;

  private static final byte[] INFINITE = "inf".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOT_A_NUMBER = "nan".getBytes(StandardCharsets.US_ASCII);

  private Doubles() {}

  /// `value` as text.
  public static byte[] toAscii(double value) {
    ByteWriter out = new ByteWriter(LENGTH_MAX);
    write(value, out);
    return out.toArray();
  }

  /// `value` as text.
  public static String toText(double value) {
    return new String(toAscii(value), StandardCharsets.US_ASCII);
  }

  /// Writes `value` as text.
  public static void write(double value, ByteWriter out) {
    if (Double.isNaN(value)) {
      out.write(NOT_A_NUMBER);
    } else if (Double.isInfinite(value)) {
      writeSign(value, out);
      out.write(INFINITE);
    } else if (isWhole(value) && (value != 0 || 1 / value > 0)) {
      out.writeDecimal((long) value);
    } else {
      writeSign(value, out);
      ShortestDigits.write(Math.abs(value), out);
    }
  }

  private static boolean isWhole(double value) {
    return Math.abs(value) <= WHOLE_MAX && (long) value == value;
  }

  private static void writeSign(double value, ByteWriter out) {
    if (value < 0 || 1 / value < 0) {
      out.writeByte('-');
    }
  }

  /// The number that `text` says; NaN if it says none, or one out of range.
  public static double parse(Bytes text) {
    return parse(text, false);
  }

  /// As [#parse], but what is out of range is infinite or zero, as C's `strtod` has it.
  public static double parseAnyRange(Bytes text) {
    return parse(text, true);
  }

  private static double parse(Bytes text, boolean anyRange) {
    if (Numbers.isLong(text)) {
      return Numbers.parseLong(text);
    }
    int first = !text.isEmpty() && (text.at(0) == '-' || text.at(0) == '+') ? 1 : 0;
    Bytes unsigned = text.slice(first, text.length());
    double value = parseUnsigned(unsigned, anyRange);
    return first == 1 && text.at(0) == '-' ? -value : value;
  }

  private static double parseUnsigned(Bytes text, boolean anyRange) {
    if (text.equalsIgnoreCase("INF") || text.equalsIgnoreCase("INFINITY")) {
      return Double.POSITIVE_INFINITY;
    }
    boolean hexadecimal = text.length() > 2 && text.at(0) == '0' && (text.at(1) | 0x20) == 'x';
    int significand = hexadecimal ? 2 : 0;
    int at = significand;
    int digits = 0;
    int points = 0;
    boolean zero = true;
    for (; at < text.length(); at++) {
      byte b = text.at(at);
      if (b == '.') {
        points++;
      } else if (isDigit(b, hexadecimal)) {
        digits++;
        zero &= b == '0';
      } else {
        break;
      }
    }
    boolean exponent = at < text.length();
    if (digits == 0 || points > 1 || (exponent && !isExponent(text, at, hexadecimal))) {
      return Double.NaN;
    }
    String number =
        new String(text.array(), text.offset(), text.length(), StandardCharsets.US_ASCII);
    double value = Double.parseDouble(hexadecimal && !exponent ? number + "p0" : number);
    boolean outOfRange = Double.isInfinite(value) || (value == 0 && !zero);
    return outOfRange && !anyRange ? Double.NaN : value;
  }

  private static boolean isExponent(Bytes text, int letterAt, boolean hexadecimal) {
    if ((text.at(letterAt) | 0x20) != (hexadecimal ? 'p' : 'e')) {
      return false;
    }
    int at = letterAt + 1;
    if (at < text.length() && (text.at(at) == '-' || text.at(at) == '+')) {
      at++;
    }
    int first = at;
    while (at < text.length() && isDigit(text.at(at), false)) {
      at++;
    }
    return at > first && at == text.length();
  }

  private static boolean isDigit(byte b, boolean hexadecimal) {
    return (b >= '0' && b <= '9') || (hexadecimal && (b | 0x20) >= 'a' && (b | 0x20) <= 'f');
  }
}
