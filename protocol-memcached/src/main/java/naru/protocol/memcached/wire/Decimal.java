package naru.protocol.memcached.wire;

import naru.bytes.ByteWriter;

/// Reads decimal numbers as memcached does, which is as C's `strtoull` and `strtol` do: white space
/// before them, a sign, and white space with anything behind it are let pass.
public final class Decimal {
  private long value;

  /// What the last call that returned true has read.
  public long value() {
    return value;
  }

  /// Reads a number of 64 bits without sign; returns whether there is one. A minus turns it round,
  /// as in C, but not into one so large that it was meant to be negative.
  public boolean unsigned(byte[] array, int from, int to) {
    return read(array, from, to, false);
  }

  /// Reads a number of 64 bits with sign; returns whether there is one.
  public boolean signed(byte[] array, int from, int to) {
    return read(array, from, to, true);
  }

  private boolean read(byte[] array, int from, int to, boolean signed) {
    int at = from;
    while (at < to && isSpace(array[at])) {
      at++;
    }
    boolean negative = at < to && array[at] == '-';
    if (at < to && (array[at] == '-' || array[at] == '+')) {
      at++;
    }
    int first = at;
    long number = 0;
    for (; at < to && array[at] >= '0' && array[at] <= '9'; at++) {
      int digit = array[at] - '0';
      if (Long.compareUnsigned(number, Long.divideUnsigned(-1L, 10)) > 0
          || Long.compareUnsigned(number * 10, -1L - digit) > 0) {
        return false;
      }
      number = number * 10 + digit;
    }
    if (at == first || (at < to && !isSpace(array[at]))) {
      return false;
    }
    if (signed && number < 0 && !(negative && number == Long.MIN_VALUE)) {
      return false;
    }
    value = negative ? -number : number;
    return signed || !negative || value >= 0;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /// Writes a number of 64 bits without sign.
  public static void write(ByteWriter out, long number) {
    if (number >= 0) {
      out.writeDecimal(number);
    } else {
      out.writeAscii(Long.toUnsignedString(number));
    }
  }
}
