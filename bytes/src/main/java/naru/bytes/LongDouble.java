package naru.bytes;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// A number as C's `long double` holds it on x86: 64 significant bits, exponents up to 16383.
///
/// Redis counts with it in `INCRBYFLOAT` and `HINCRBYFLOAT`, and its rounding can be seen in the
/// results, so it is rounded here exactly as there: after reading and after each sum, to the
/// nearest, ties to even.
///
/// The value is `mantissa × 2^exponent`.
public final class LongDouble {
  /// Texts of this length and more are no numbers to Redis.
  private static final int TEXT_MAX = 5 * 1024;

  private static final int PRECISION_BITS = 64;
  private static final int EXPONENT_MIN = -16445;
  private static final int EXPONENT_MAX = 16384;
  private static final int FRACTION_DIGITS = 17;
  private static final BigInteger THOUSAND = BigInteger.valueOf(1000);
  private static final BigInteger FRACTION = BigInteger.TEN.pow(FRACTION_DIGITS);

  private static final LongDouble POSITIVE_INFINITY = new LongDouble(BigInteger.ONE, EXPONENT_MAX);
  private static final LongDouble NEGATIVE_INFINITY =
      new LongDouble(BigInteger.ONE.negate(), EXPONENT_MAX);

  private static final LongDouble LARGEST =
      new LongDouble(
          BigInteger.ONE.shiftLeft(PRECISION_BITS).subtract(BigInteger.ONE),
          EXPONENT_MAX - PRECISION_BITS);

  private final BigInteger mantissa;
  private final int exponent;

  private LongDouble(BigInteger mantissa, int exponent) {
    this.mantissa = mantissa;
    this.exponent = exponent;
  }

  public static LongDouble of(long value) {
    return new LongDouble(BigInteger.valueOf(value), 0);
  }

  /// The number that `text` says, as `strtold` reads it, all of it; null if it says none, one out
  /// of range, or `nan`.
  public static @Nullable LongDouble parse(Bytes text) {
    return text.length() >= TEXT_MAX ? null : new LongDoubleText(text).value();
  }

  static LongDouble infinity(boolean negative) {
    return negative ? NEGATIVE_INFINITY : POSITIVE_INFINITY;
  }

  /// The largest finite number, or the smallest.
  public static LongDouble largest(boolean negative) {
    return negative ? LARGEST.negated() : LARGEST;
  }

  /// `significand × base^power`, rounded; null if that is out of range.
  static @Nullable LongDouble ofScaled(BigInteger significand, int base, int power) {
    LongDouble rounded;
    BigInteger scale = BigInteger.valueOf(base).pow(Math.abs(power));
    if (power >= 0) {
      rounded = rounded(significand.multiply(scale), 0);
    } else {
      // Enough bits for the rounding, and one more that says whether anything is left over.
      int shift = scale.bitLength() - significand.bitLength() + PRECISION_BITS + 2;
      BigInteger dividend = significand.shiftLeft(Math.max(shift, 0));
      BigInteger[] parts = dividend.divideAndRemainder(scale);
      BigInteger sticky = parts[0].shiftLeft(1);
      if (parts[1].signum() != 0) {
        sticky = sticky.signum() < 0 ? sticky.subtract(BigInteger.ONE) : sticky.add(BigInteger.ONE);
      }
      rounded = rounded(sticky, -Math.max(shift, 0) - 1);
    }
    boolean vanished = rounded.mantissa.signum() == 0 && significand.signum() != 0;
    return vanished || !rounded.isFinite() ? null : rounded;
  }

  private static LongDouble rounded(BigInteger mantissa, int exponent) {
    int excess = mantissa.abs().bitLength() - PRECISION_BITS;
    int drop = Math.max(excess, EXPONENT_MIN - exponent);
    BigInteger kept = drop <= 0 ? mantissa : halfEven(mantissa, drop);
    int newExponent = exponent + Math.max(drop, 0);
    LongDouble rounded = new LongDouble(kept, newExponent);
    return rounded.bitLength() > EXPONENT_MAX ? infinity(kept.signum() < 0) : rounded;
  }

  /// `value / 2^bits`, to the nearest, ties to even.
  private static BigInteger halfEven(BigInteger value, int bits) {
    BigInteger magnitude = value.abs();
    BigInteger quotient = magnitude.shiftRight(bits);
    if (magnitude.testBit(bits - 1)) {
      boolean more = magnitude.getLowestSetBit() < bits - 1;
      if (more || quotient.testBit(0)) {
        quotient = quotient.add(BigInteger.ONE);
      }
    }
    return value.signum() < 0 ? quotient.negate() : quotient;
  }

  public boolean isFinite() {
    return exponent != EXPONENT_MAX;
  }

  public int signum() {
    return mantissa.signum();
  }

  public LongDouble plus(LongDouble other) {
    if (!isFinite() || !other.isFinite()) {
      return isFinite() ? other : this;
    }
    int lower = Math.min(exponent, other.exponent);
    return rounded(shifted(lower).add(other.shifted(lower)), lower);
  }

  public LongDouble negated() {
    return new LongDouble(mantissa.negate(), exponent);
  }

  private BigInteger shifted(int lower) {
    return mantissa.signum() == 0 ? mantissa : mantissa.shiftLeft(exponent - lower);
  }

  /// Less than, equal to, more than zero as this is less than, equal to, more than `other`.
  public int compare(LongDouble other) {
    if (exponent == other.exponent) {
      return mantissa.compareTo(other.mantissa);
    }
    int lower = Math.min(exponent, other.exponent);
    return shifted(lower).compareTo(other.shifted(lower));
  }

  /// How many thousandths it is: the product, rounded as any, then rounded up, so that 0.1 has a
  /// hundred though it is a little more than a tenth; the nearest `long` where it has none.
  public long thousandths() {
    if (!isFinite() || bitLength() > 53) {
      return mantissa.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    LongDouble scaled = rounded(mantissa.multiply(THOUSAND), exponent);
    if (scaled.exponent >= 0) {
      return scaled.mantissa.shiftLeft(scaled.exponent).longValue();
    }
    return scaled.mantissa.negate().shiftRight(-scaled.exponent).negate().longValue();
  }

  private long bitLength() {
    return mantissa.abs().bitLength() + (long) exponent;
  }

  /// As `%.17Lf` writes it, without the zeros at the end: up to seventeen digits behind the point.
  /// Only for what [#isFinite].
  public String toText() {
    BigInteger scaled = mantissa.abs().multiply(FRACTION);
    if (exponent >= 0) {
      scaled = scaled.shiftLeft(exponent);
    } else if (mantissa.signum() != 0) {
      scaled = halfEven(scaled, -exponent);
    }
    BigInteger[] parts = scaled.divideAndRemainder(FRACTION);
    StringBuilder text = new StringBuilder(40);
    if (mantissa.signum() < 0 && scaled.signum() != 0) {
      text.append('-');
    }
    text.append(parts[0]);
    if (parts[1].signum() != 0) {
      appendFraction(text, parts[1].toString());
    }
    return text.toString();
  }

  private static void appendFraction(StringBuilder text, String digits) {
    text.append('.').repeat('0', FRACTION_DIGITS - digits.length());
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    text.append(digits, 0, end);
  }
}
