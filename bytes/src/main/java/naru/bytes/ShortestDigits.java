package naru.bytes;

import java.math.BigInteger;

/// The digits of a floating-point number: few enough to be short, enough to be read back the same.
///
/// Grisu2 (Florian Loitsch, "Printing Floating-Point Numbers Quickly and Accurately with Integers",
/// PLDI 2010): the number and the halfway points to its neighbours are scaled by a power of ten
/// whose 64 bits are known beforehand, so that digits fall out of integer arithmetic; digits stop
/// as soon as what they say lies between the halfway points. One number in a thousand gets a digit
/// more than it needs. Redis writes doubles this way, and so do we, that digit included.
///
/// A *scaled* number here is a 64-bit significand and a binary exponent: `significand *
/// 2^exponent`.
final class ShortestDigits {
  /// Powers of ten from `10^-348` in steps of eight, as scaled numbers with the top bit set.
  private static final int POWER_FIRST = -348;

  private static final int POWER_STEP = 8;
  private static final int POWERS = 87;
  private static final long[] POWER_SIGNIFICANDS = new long[POWERS];
  private static final int[] POWER_EXPONENTS = new int[POWERS];

  /// Where the exponent of a product must lie for its whole part to fit 32 bits.
  private static final int EXPONENT_MIN = -60;

  private static final int EXPONENT_MAX = -32;

  private static final int FRACTION_BITS = 52;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
  private static final int EXPONENT_BIAS = 1023 + FRACTION_BITS;

  static {
    for (int i = 0; i < POWERS; i++) {
      fillPower(i, POWER_FIRST + i * POWER_STEP);
    }
  }

  private final byte[] digits = new byte[20];
  private int count;

  /// The number is the digits, as a whole number, times ten to this.
  private int tenExponent;

  private ShortestDigits() {}

  /// Writes a finite number that is not negative.
  static void write(double value, ByteWriter out) {
    if (value == 0) {
      out.writeByte('0');
      return;
    }
    ShortestDigits shortest = new ShortestDigits();
    shortest.find(value);
    shortest.layOut(out);
  }

  private static void fillPower(int index, int ten) {
    BigInteger power = BigInteger.TEN.pow(Math.abs(ten));
    int exponent = 0;
    if (ten < 0) {
      exponent = -(power.bitLength() + 66);
      power = BigInteger.ONE.shiftLeft(-exponent).divide(power);
    }
    int excess = power.bitLength() - 64;
    BigInteger significand = power;
    if (excess > 0) {
      significand = power.add(BigInteger.ONE.shiftLeft(excess - 1)).shiftRight(excess);
    } else {
      significand = power.shiftLeft(-excess);
    }
    POWER_SIGNIFICANDS[index] = significand.longValue();
    POWER_EXPONENTS[index] = exponent + excess;
  }

  private void find(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & (HIDDEN_BIT - 1);
    int biased = (int) (bits >>> FRACTION_BITS);
    long significand = biased == 0 ? fraction : fraction | HIDDEN_BIT;
    int exponent = (biased == 0 ? 1 : biased) - EXPONENT_BIAS;

    long upper = (significand << 1) + 1;
    int shift = Long.numberOfLeadingZeros(upper);
    int upperExponent = exponent - 1 - shift;
    upper <<= shift;
    boolean nearBelow = significand == HIDDEN_BIT;
    long lower = nearBelow ? (significand << 2) - 1 : (significand << 1) - 1;
    lower <<= exponent - (nearBelow ? 2 : 1) - upperExponent;
    long middle = significand << (exponent - upperExponent);

    int power = powerFor(upperExponent);
    long scale = POWER_SIGNIFICANDS[power];
    tenExponent = -(POWER_FIRST + power * POWER_STEP);
    generate(
        product(middle, scale),
        product(upper, scale) - 1,
        product(lower, scale) + 1,
        -(upperExponent + POWER_EXPONENTS[power] + 64));
  }

  private static int powerFor(int exponent) {
    int ten = (int) (-(exponent + POWERS) * 0.30102999566398114);
    int power = (ten - POWER_FIRST) / POWER_STEP;
    while (exponent + POWER_EXPONENTS[power] + 64 < EXPONENT_MIN) {
      power++;
    }
    while (exponent + POWER_EXPONENTS[power] + 64 > EXPONENT_MAX) {
      power--;
    }
    return power;
  }

  /// The upper half of the 128-bit product, rounded.
  private static long product(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b) + ((a * b) >>> 63);
  }

  /// All three have `point` bits behind the binary point.
  private void generate(long middle, long upper, long lower, int point) {
    long one = 1L << point;
    long distance = upper - middle;
    long width = upper - lower;
    long whole = upper >>> point;
    long rest = upper & (one - 1);
    long unit = 1_000_000_000L;
    for (int places = 9; places >= 0; places--, unit /= 10) {
      append((int) (whole / unit));
      whole %= unit;
      long remainder = (whole << point) + rest;
      if (Long.compareUnsigned(remainder, width) <= 0) {
        tenExponent += places;
        approach(width, remainder, unit << point, distance);
        return;
      }
    }
    long scaledDistance = distance;
    for (int places = -1; ; places--) {
      rest *= 10;
      width *= 10;
      scaledDistance *= 10;
      append((int) (rest >>> point));
      rest &= one - 1;
      if (Long.compareUnsigned(rest, width) < 0) {
        tenExponent += places;
        approach(width, rest, one, scaledDistance);
        return;
      }
    }
  }

  private void append(int digit) {
    if (digit != 0 || count > 0) {
      digits[count++] = (byte) ('0' + digit);
    }
  }

  /// Lowers the last digit while that brings the digits nearer to the number itself.
  private void approach(long width, long remainder, long unit, long distance) {
    long at = remainder;
    while (Long.compareUnsigned(at, distance) < 0
        && Long.compareUnsigned(width - at, unit) >= 0
        && (Long.compareUnsigned(at + unit, distance) < 0
            || Long.compareUnsigned(distance - at, at + unit - distance) > 0)) {
      digits[count - 1]--;
      at += unit;
    }
  }

  private void layOut(ByteWriter out) {
    int exponent = tenExponent + count - 1;
    if (tenExponent >= 0 && exponent < count + 7) {
      out.write(digits, 0, count);
      writeZeros(tenExponent, out);
    } else if (tenExponent < 0 && (tenExponent > -7 || Math.abs(exponent) < 4)) {
      writePlain(out);
    } else {
      writeScientific(exponent, out);
    }
  }

  private void writePlain(ByteWriter out) {
    int before = count + tenExponent;
    if (before > 0) {
      out.write(digits, 0, before);
      out.writeByte('.');
      out.write(digits, before, count - before);
    } else {
      out.writeAscii("0.");
      writeZeros(-before, out);
      out.write(digits, 0, count);
    }
  }

  private void writeScientific(int exponent, ByteWriter out) {
    out.writeByte(digits[0]);
    if (count > 1) {
      out.writeByte('.');
      out.write(digits, 1, count - 1);
    }
    out.writeByte('e');
    out.writeByte(exponent < 0 ? '-' : '+');
    out.writeDecimal(Math.abs(exponent));
  }

  private static void writeZeros(int zeros, ByteWriter out) {
    for (int i = 0; i < zeros; i++) {
      out.writeByte('0');
    }
  }
}
