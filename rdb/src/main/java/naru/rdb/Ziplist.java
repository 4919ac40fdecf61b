package naru.rdb;

import naru.bytes.Bytes;

/// A ziplist, the packed form before Redis 7.
///
/// ```
/// total (4)  last (4)  count (2)  element ...  0xFF
///
/// element  the length of the one before, head, body
///  length: 1 byte, or 0xFE and 4 bytes, low byte first
///  00llllll                    l bytes
///  01llllll llllllll           l bytes
///  10...... llll               l bytes; the length in four bytes, high byte first
///  1100..., 1101..., 1110...   a number of 2, 4, 8 bytes, low byte first
///  11110000, 11111110          a number of 3 bytes, of 1 byte
///  1111nnnn                    a number of 0..12, which is n - 1
/// ```
final class Ziplist extends Elements {
  private static final int HEADER_BYTES = 10;
  private static final int END = 0xFF;
  private static final int LONG = 0xFE;

  private final int announced;
  private int seen;
  private int before;

  Ziplist(Bytes packed, long offset) {
    super(packed, "ziplist", offset);
    if (packed.length() < HEADER_BYTES + 1) {
      throw malformed("is too short for one");
    }
    if (littleUnsigned(start) != packed.length() || unsigned(end - 1) != END) {
      throw malformed("says another length, or has no end");
    }
    announced = unsigned(start + 8) | unsigned(start + 9) << 8;
    at = start + HEADER_BYTES;
  }

  @Override
  boolean hasNext() {
    if (at < end - 1) {
      return true;
    }
    if (announced != Listpack.MANY && announced != seen) {
      throw malformed("has " + seen + " elements and says " + announced);
    }
    return false;
  }

  @Override
  Bytes next() {
    int from = at;
    readBefore();
    require(1, end - 1);
    int head = unsigned(at);
    Bytes element = head < 0xC0 ? string(head) : decimal(numberOf(head));
    before = at - from;
    seen++;
    return element;
  }

  /// What stands first in an element has to be the length of the one before.
  private void readBefore() {
    long said = unsigned(at);
    int size = 1;
    if (said == LONG) {
      size = 5;
      require(size, end - 1);
      said = littleUnsigned(at + 1);
    }
    if (said != before) {
      throw malformed("has an element of " + before + " bytes, and the next one says " + said);
    }
    at += size;
  }

  private Bytes string(int head) {
    long length;
    int size;
    if (head < 0x40) {
      length = head;
      size = 1;
    } else if (head < 0x80) {
      size = 2;
      require(size, end - 1);
      length = (head & 0x3FL) << 8 | unsigned(at + 1);
    } else {
      size = 5;
      require(size, end - 1);
      length = Integer.reverseBytes((int) littleUnsigned(at + 1)) & 0xFFFFFFFFL;
    }
    require(size + length, end - 1);
    Bytes bytes = Bytes.of(array, at + size, (int) length);
    at += size + (int) length;
    return bytes;
  }

  private long numberOf(int head) {
    int count =
        switch (head) {
          case 0xC0 -> 2;
          case 0xD0 -> 4;
          case 0xE0 -> 8;
          case 0xF0 -> 3;
          case 0xFE -> 1;
          default -> {
            if (head < 0xF1 || head > 0xFD) {
              throw malformed("has an element of the kind " + head);
            }
            yield 0;
          }
        };
    require(1 + count, end - 1);
    long number = count == 0 ? (head & 0x0F) - 1 : little(at + 1, count);
    at += 1 + count;
    return number;
  }
}
