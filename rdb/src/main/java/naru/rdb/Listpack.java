package naru.rdb;

import naru.bytes.Bytes;

/// A listpack, the packed form since Redis 7.
///
/// ```
/// total (4)  count (2)  element ...  0xFF
///
/// element  head, body, and back: how long head and body are, to be read backwards
///  0nnnnnnn                    a number of 0..127
///  10llllll  l bytes
///  110nnnnn nnnnnnnn           a number of 13 bits, high bits first
///  1110llll llllllll l bytes
///  11110000 llll l bytes       the length in four bytes, low byte first
///  1111 0001, 0010, 0011, 0100 a number of 2, 3, 4 or 8 bytes, low byte first
/// ```
///
/// `count` is 65535 if there are more than can be said. https://github.com/antirez/listpack
final class Listpack extends Elements {
  static final int HEADER_BYTES = 6;
  static final int MANY = 0xFFFF;
  static final int END = 0xFF;

  private final int announced;
  private int seen;

  Listpack(Bytes packed, long offset) {
    super(packed, "listpack", offset);
    if (packed.length() < HEADER_BYTES + 1) {
      throw malformed("is too short for one");
    }
    if (littleUnsigned(start) != packed.length() || unsigned(end - 1) != END) {
      throw malformed("says another length, or has no end");
    }
    announced = unsigned(start + 4) | unsigned(start + 5) << 8;
    at = start + HEADER_BYTES;
  }

  @Override
  boolean hasNext() {
    if (at < end - 1) {
      return true;
    }
    if (announced != MANY && announced != seen) {
      throw malformed("has " + seen + " elements and says " + announced);
    }
    return false;
  }

  @Override
  Bytes next() {
    int head = unsigned(at);
    Bytes element;
    int size;
    if ((head & 0xC0) == 0x80) {
      size = 1 + (head & 0x3F);
      require(size, end - 1);
      element = Bytes.of(array, at + 1, size - 1);
    } else if ((head & 0xF0) == 0xE0) {
      require(2, end - 1);
      size = 2 + ((head & 0x0F) << 8 | unsigned(at + 1));
      require(size, end - 1);
      element = Bytes.of(array, at + 2, size - 2);
    } else if (head == 0xF0) {
      require(5, end - 1);
      long length = littleUnsigned(at + 1);
      require(5 + length, end - 1);
      size = 5 + (int) length;
      element = Bytes.of(array, at + 5, size - 5);
    } else {
      size = numberSize(head);
      require(size, end - 1);
      element = decimal(number(head));
    }
    pass(size);
    return element;
  }

  @Override
  long number() {
    if (!hasNext()) {
      throw malformed("ends where a number should be");
    }
    int head = unsigned(at);
    if ((head & 0xC0) == 0x80 || (head & 0xF0) == 0xE0 || head == 0xF0) {
      return super.number();
    }
    int size = numberSize(head);
    require(size, end - 1);
    long number = number(head);
    pass(size);
    return number;
  }

  private int numberSize(int head) {
    if (head < 0x80) {
      return 1;
    }
    return switch (head) {
      case 0xF1 -> 3;
      case 0xF2 -> 4;
      case 0xF3 -> 5;
      case 0xF4 -> 9;
      default -> {
        if ((head & 0xE0) == 0xC0) {
          yield 2;
        }
        throw malformed("has an element that begins with the byte " + head);
      }
    };
  }

  private long number(int head) {
    if (head < 0x80) {
      return head;
    }
    if ((head & 0xE0) == 0xC0) {
      int high = ((head & 0x1F) << 27) >> 19;
      return high | unsigned(at + 1);
    }
    return little(at + 1, numberSize(head) - 1);
  }

  /// Goes behind an element and its back, which has to say the same size.
  private void pass(int size) {
    int back = backBytes(size);
    require((long) size + back, end - 1);
    long said = 0;
    for (int i = 0; i < back; i++) {
      said = said << 7 | (unsigned(at + size + i) & 0x7F);
      if ((unsigned(at + size + i) < 0x80) != (i == 0)) {
        throw malformed("has an element whose length cannot be read backwards");
      }
    }
    if (said != size) {
      throw malformed("has an element of " + size + " bytes that says " + said + " at its end");
    }
    at += size + back;
    seen++;
  }

  /// As Redis has it, whose limits are a little lower than they would have to be.
  static int backBytes(long size) {
    return size <= 127 ? 1 : size < 16_383 ? 2 : size < 2_097_151 ? 3 : size < 268_435_455 ? 4 : 5;
  }
}
