package naru.engine.stream.block;

import java.util.Arrays;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.bytes.Numbers;

/// How a field or a value is written in an [EntryBlock].
///
/// ```
///  any bytes          length * 2            the bytes
///  a decimal number   zigzag(number) * 2 + 1
/// ```
///
/// The first of each is a varint. Only numbers in canonical form that fit 62 bits are written as
/// numbers, so that each run of bytes is written in exactly one way.
final class Packed {
  private static final long NUMBER_MAX = (1L << 61) - 1;

  /// More digits than any number that is written as one.
  private static final int NUMBER_DIGITS_MAX = 20;

  private Packed() {}

  static int size(Bytes bytes) {
    if (isNumber(bytes)) {
      return varLongSize(numberHead(bytes));
    }
    return varLongSize(2L * bytes.length()) + bytes.length();
  }

  static void write(Bytes bytes, ByteWriter out) {
    if (isNumber(bytes)) {
      out.writeVarLong(numberHead(bytes));
    } else {
      out.writeVarLong(2L * bytes.length());
      out.write(bytes);
    }
  }

  /// The bytes that stand next: borrowed from the reader's array, unless they are a number.
  static Bytes read(ByteReader in) {
    long head = in.readVarLong();
    if ((head & 1) == 0) {
      return in.read((int) (head >>> 1));
    }
    long zigzag = head >>> 1;
    return Bytes.of(Numbers.toAscii((zigzag >>> 1) ^ -(zigzag & 1)));
  }

  static void skip(ByteReader in) {
    long head = in.readVarLong();
    if ((head & 1) == 0) {
      in.position(in.position() + (int) (head >>> 1));
    }
  }

  /// Whether what stands next is `bytes`; reads it in any case.
  static boolean readMatches(ByteReader in, Bytes bytes) {
    long head = in.readVarLong();
    if ((head & 1) != 0) {
      return isNumber(bytes) && numberHead(bytes) == head;
    }
    int length = (int) (head >>> 1);
    int at = in.position();
    in.position(at + length);
    return length == bytes.length()
        && Arrays.equals(
            in.array(),
            at,
            at + length,
            bytes.array(),
            bytes.offset(),
            bytes.offset() + bytes.length())
        && !isNumber(bytes);
  }

  private static boolean isNumber(Bytes bytes) {
    int length = bytes.length();
    if (length == 0 || length > NUMBER_DIGITS_MAX || bytes.at(length - 1) > '9') {
      return false;
    }
    if (!Numbers.isLong(bytes)) {
      return false;
    }
    long number = Numbers.parseLong(bytes);
    return number >= -NUMBER_MAX && number <= NUMBER_MAX;
  }

  private static long numberHead(Bytes bytes) {
    long number = Numbers.parseLong(bytes);
    return ((number << 1) ^ (number >> 63)) << 1 | 1;
  }

  /// How many bytes [ByteWriter#writeVarLong] takes.
  static int varLongSize(long value) {
    return (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
  }
}
