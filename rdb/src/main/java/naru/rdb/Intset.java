package naru.rdb;

import naru.bytes.Bytes;

/// An intset: a set of numbers, rising, all as wide as the widest needs to be.
///
/// ```
/// width (4): 2, 4 or 8   count (4)   number ...
/// ```
final class Intset extends Elements {
  static final int HEADER_BYTES = 8;

  private final int width;
  private long last;

  Intset(Bytes packed, long offset) {
    super(packed, "intset", offset);
    if (packed.length() < HEADER_BYTES) {
      throw malformed("is too short for one");
    }
    long said = littleUnsigned(start);
    if (said != 2 && said != 4 && said != 8) {
      throw malformed("has numbers of " + said + " bytes");
    }
    width = (int) said;
    if (littleUnsigned(start + 4) * width != packed.length() - HEADER_BYTES) {
      throw malformed("says another length");
    }
    at = start + HEADER_BYTES;
  }

  @Override
  boolean hasNext() {
    return at < end;
  }

  @Override
  Bytes next() {
    long number = little(at, width);
    if (at > start + HEADER_BYTES && number <= last) {
      throw malformed("has numbers that do not rise");
    }
    last = number;
    at += width;
    return decimal(number);
  }
}
