package naru.bytes;

/// Decimal numbers as ASCII bytes, read and written without a String.
public final class Numbers {
  /// The longest decimal `long`, sign included: `-9223372036854775808`.
  public static final int LONG_DIGITS_MAX = 20;

  private Numbers() {}

  /// Whether the bytes are a `long` in canonical form: no spaces, no `+`, no leading zeros, in
  /// range.
  public static boolean isLong(Bytes text) {
    int length = text.length();
    if (length == 0 || length > LONG_DIGITS_MAX) {
      return false;
    }
    if (length == 1) {
      return isDigit(text.at(0));
    }
    boolean negative = text.at(0) == '-';
    int first = negative ? 1 : 0;
    if (text.at(first) < '1' || text.at(first) > '9') {
      return false;
    }
    for (int i = first; i < length; i++) {
      if (!isDigit(text.at(i))) {
        return false;
      }
    }
    int digits = length - first;
    return digits < 19 || (digits == 19 && fits(text, first, negative));
  }

  private static boolean fits(Bytes text, int first, boolean negative) {
    String limit = negative ? "9223372036854775808" : "9223372036854775807";
    for (int i = 0; i < 19; i++) {
      int difference = text.at(first + i) - limit.charAt(i);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return true;
  }

  /// The value of text for which [#isLong] holds.
  public static long parseLong(Bytes text) {
    boolean negative = text.at(0) == '-';
    long value = 0;
    for (int i = negative ? 1 : 0; i < text.length(); i++) {
      value = value * 10 - (text.at(i) - '0');
    }
    return negative ? value : -value;
  }

  /// `value` in decimal.
  public static byte[] toAscii(long value) {
    byte[] digits = new byte[length(value)];
    write(value, digits, digits.length);
    return digits;
  }

  /// How many bytes the decimal form takes, sign included.
  public static int length(long value) {
    int length = value < 0 ? 2 : 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      length++;
    }
    return length;
  }

  /// Writes the decimal form of `value` so that it ends before `end`; returns where it starts.
  public static int write(long value, byte[] into, int end) {
    long rest = value < 0 ? value : -value;
    int at = end;
    do {
      long tenth = rest / 10;
      into[--at] = (byte) ('0' + (tenth * 10 - rest));
      rest = tenth;
    } while (rest != 0);
    if (value < 0) {
      into[--at] = '-';
    }
    return at;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
