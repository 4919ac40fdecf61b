package naru.structures;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import naru.bytes.Bytes;
import naru.bytes.Numbers;

/// One element of a [PackedList] as bytes, found from its start and from its end; in a [PackedRun]
/// without its back, found from its start only.
///
/// ```
///  head | body | back
///
///  0nnnnnnn                    a number of 0..127
///  10llllll  l bytes           up to 63 bytes
///  110nnnnn  nnnnnnnn          a number of -4096..4095, high bits first
///  1110llll  llllllll l bytes  up to 4095 bytes
///  1111 0010, 0011, 0100, 1000 a number of 2, 3, 4 or 8 bytes, low byte first
///  1111 1111 llll     l bytes  the length in four bytes, low byte first
/// ```
///
/// `back` is how long head and body are, to be read from its last byte to its first: seven bits a
/// byte, lowest bits in the last byte, the top bit set if another byte stands before.
///
/// Decimal numbers are kept as numbers. A run of bytes has exactly one form, so elements are equal
/// when their forms are.
final class PackedElement {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SHORT_MAX = 63;
  private static final int MEDIUM_MAX = 4095;
  private static final int LONG_HEAD = 0xFF;

  private PackedElement() {}

  /// Bytes that `element` takes, back included.
  static int sizeBytes(Bytes element) {
    int size = frontBytes(element);
    return size + backBytes(size);
  }

  /// The packed form of `element`.
  static byte[] of(Bytes element) {
    byte[] packed = new byte[sizeBytes(element)];
    write(element, packed, 0);
    return packed;
  }

  /// Writes `element` at `at`; returns where it ends.
  static int write(Bytes element, byte[] into, int at) {
    int end = writeFront(element, into, at);
    return writeBack(end - at, into, end);
  }

  /// Writes `element` without its back at `at`; returns where it ends.
  static int writeFront(Bytes element, byte[] into, int at) {
    return Numbers.isLong(element) ? writeNumber(element, into, at) : writeBytes(element, into, at);
  }

  /// The packed form of `element` without its back.
  static byte[] frontOf(Bytes element) {
    byte[] packed = new byte[frontBytes(element)];
    writeFront(element, packed, 0);
    return packed;
  }

  /// Where the head and body of the element that starts at `at` end.
  static int frontEnd(byte[] array, int at) {
    return at + frontBytes(array, at);
  }

  /// Where the element that starts at `at` ends.
  static int end(byte[] array, int at) {
    int size = frontBytes(array, at);
    return at + size + backBytes(size);
  }

  /// Where the element that ends at `end` starts.
  static int start(byte[] array, int end) {
    int at = end;
    int size = 0;
    int shift = 0;
    byte b;
    do {
      at--;
      b = array[at];
      size |= (b & 0x7F) << shift;
      shift += 7;
    } while (b < 0);
    return at - size;
  }

  static boolean isNumber(byte[] array, int at) {
    int head = array[at] & 0xFF;
    return head < 0x80 || (head & 0xE0) == 0xC0 || (head >= 0xF0 && head != LONG_HEAD);
  }

  /// The value of an element that [#isNumber].
  static long number(byte[] array, int at) {
    int head = array[at] & 0xFF;
    if (head < 0x80) {
      return head;
    }
    if ((head & 0xE0) == 0xC0) {
      int high = ((head & 0x1F) << 27) >> 19;
      return high | (array[at + 1] & 0xFF);
    }
    return switch (head & 0x0F) {
      case 2 -> (array[at + 2] << 8) | (array[at + 1] & 0xFF);
      case 3 -> (array[at + 3] << 16) | ((array[at + 2] & 0xFF) << 8) | (array[at + 1] & 0xFF);
      case 4 -> (int) INT.get(array, at + 1);
      default -> (long) LONG.get(array, at + 1);
    };
  }

  /// The bytes of the element that starts at `at`: a view unless it is a number.
  static Bytes bytes(byte[] array, int at) {
    int head = array[at] & 0xFF;
    if ((head & 0xC0) == 0x80) {
      return Bytes.of(array, at + 1, head & SHORT_MAX);
    }
    if ((head & 0xF0) == 0xE0) {
      return Bytes.of(array, at + 2, mediumLength(array, at));
    }
    if (head == LONG_HEAD) {
      return Bytes.of(array, at + 5, (int) INT.get(array, at + 1));
    }
    return Bytes.of(Numbers.toAscii(number(array, at)));
  }

  /// Whether the element at `at`, in an array used up to `limit`, has the form `packed`.
  static boolean equals(byte[] array, int at, int limit, byte[] packed) {
    return packed.length <= limit - at
        && Arrays.equals(array, at, at + packed.length, packed, 0, packed.length);
  }

  /// Bytes that `element` takes without its back.
  static int frontBytes(Bytes element) {
    int length = element.length();
    if (Numbers.isLong(element)) {
      return numberBytes(Numbers.parseLong(element));
    }
    return length + (length <= SHORT_MAX ? 1 : length <= MEDIUM_MAX ? 2 : 5);
  }

  private static int numberBytes(long number) {
    if (number >= 0 && number < 0x80) {
      return 1;
    }
    if (number >= -4096 && number < 4096) {
      return 2;
    }
    return 1 + wideBytes(number);
  }

  private static int wideBytes(long number) {
    if (number == (short) number) {
      return 2;
    }
    if (number >= -(1 << 23) && number < 1 << 23) {
      return 3;
    }
    return number == (int) number ? 4 : 8;
  }

  private static int frontBytes(byte[] array, int at) {
    int head = array[at] & 0xFF;
    if (head < 0x80) {
      return 1;
    }
    if (head < 0xC0) {
      return 1 + (head & SHORT_MAX);
    }
    if (head < 0xE0) {
      return 2;
    }
    if (head < 0xF0) {
      return 2 + mediumLength(array, at);
    }
    return head == LONG_HEAD ? 5 + (int) INT.get(array, at + 1) : 1 + (head & 0x0F);
  }

  private static int mediumLength(byte[] array, int at) {
    return ((array[at] & 0x0F) << 8) | (array[at + 1] & 0xFF);
  }

  private static int writeNumber(Bytes element, byte[] into, int at) {
    long number = Numbers.parseLong(element);
    int size = numberBytes(number);
    if (size == 1) {
      into[at] = (byte) number;
    } else if (size == 2) {
      into[at] = (byte) (0xC0 | ((number >> 8) & 0x1F));
      into[at + 1] = (byte) number;
    } else {
      into[at] = (byte) (0xF0 | (size - 1));
      for (int i = 1; i < size; i++) {
        into[at + i] = (byte) (number >> (8 * (i - 1)));
      }
    }
    return at + size;
  }

  private static int writeBytes(Bytes element, byte[] into, int at) {
    int length = element.length();
    int body;
    if (length <= SHORT_MAX) {
      into[at] = (byte) (0x80 | length);
      body = at + 1;
    } else if (length <= MEDIUM_MAX) {
      into[at] = (byte) (0xE0 | (length >> 8));
      into[at + 1] = (byte) length;
      body = at + 2;
    } else {
      into[at] = (byte) LONG_HEAD;
      INT.set(into, at + 1, length);
      body = at + 5;
    }
    System.arraycopy(element.array(), element.offset(), into, body, length);
    return body + length;
  }

  private static int backBytes(int size) {
    return size < 1 << 7 ? 1 : size < 1 << 14 ? 2 : size < 1 << 21 ? 3 : size < 1 << 28 ? 4 : 5;
  }

  private static int writeBack(int size, byte[] into, int at) {
    int end = at + backBytes(size);
    int rest = size;
    int place = end - 1;
    while (rest >= 0x80) {
      into[place] = (byte) (rest | 0x80);
      rest >>>= 7;
      place--;
    }
    into[place] = (byte) rest;
    return end;
  }
}
