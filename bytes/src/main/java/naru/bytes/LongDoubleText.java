package naru.bytes;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Reads a [LongDouble]: a sign, then digits with a point and a power of ten (`-1.5e3`),
/// hexadecimal digits with a power of two (`0x1.8p3`), or `inf` or `infinity` in any case.
final class LongDoubleText {
  /// Powers beyond this are out of range, whatever the digits.
  private static final int POWER_MAX = 30_000;

  private final Bytes text;
  private int at;

  LongDoubleText(Bytes text) {
    this.text = text;
  }

  @Nullable LongDouble value() {
    boolean negative = next('-');
    if (!negative) {
      next('+');
    }
    if (left("INF") || left("INFINITY")) {
      return LongDouble.infinity(negative);
    }
    if (at + 1 < text.length() && text.at(at) == '0' && (text.at(at + 1) | 0x20) == 'x') {
      at += 2;
      return number(16, 'p', negative);
    }
    return number(10, 'e', negative);
  }

  private boolean left(String word) {
    return text.slice(at, text.length()).equalsIgnoreCase(word);
  }

  private boolean next(char wanted) {
    if (at < text.length() && text.at(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private @Nullable LongDouble number(int radix, char mark, boolean negative) {
    StringBuilder digits = new StringBuilder(text.length() + 1);
    digits(radix, digits);
    int whole = digits.length();
    if (next('.')) {
      digits(radix, digits);
    }
    if (digits.isEmpty()) {
      return null;
    }
    int behindPoint = digits.length() - whole;
    int power = power(mark);
    if (at != text.length()) {
      return null;
    }
    BigInteger significand = new BigInteger(digits.toString(), radix);
    if (significand.signum() == 0) {
      return LongDouble.of(0);
    }
    int scale = radix == 16 ? power - 4 * behindPoint : power - behindPoint;
    if (Math.abs((long) scale) > POWER_MAX) {
      return null;
    }
    return LongDouble.ofScaled(
        negative ? significand.negate() : significand, radix == 16 ? 2 : 10, scale);
  }

  private void digits(int radix, StringBuilder digits) {
    while (at < text.length() && Character.digit(text.at(at), radix) >= 0) {
      digits.append((char) text.at(at));
      at++;
    }
  }

  /// The power that stands here, 0 if there is none; where it has no digits, nothing is taken.
  private int power(char mark) {
    int start = at;
    if (at == text.length() || (text.at(at) | 0x20) != mark) {
      return 0;
    }
    at++;
    boolean negative = next('-');
    if (!negative) {
      next('+');
    }
    int first = at;
    long power = 0;
    while (at < text.length() && text.at(at) >= '0' && text.at(at) <= '9') {
      power = Math.min(power * 10 + text.at(at) - '0', 10L * POWER_MAX);
      at++;
    }
    if (at == first) {
      at = start;
      return 0;
    }
    return (int) (negative ? -power : power);
  }
}
