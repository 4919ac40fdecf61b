package naru.rdb;

import naru.bytes.Bytes;

/// A zipmap, the packed form of hashes before Redis 2.6: fields and values in turn.
///
/// ```
/// count (1)  field ...  0xFF
///
/// field   length, name, length, spare (1), value, so many spare bytes
/// length  1 byte, or 0xFE and 4 bytes, low byte first
/// ```
final class Zipmap extends Elements {
  private static final int END = 0xFF;
  private static final int LONG = 0xFE;

  private boolean isValue;

  Zipmap(Bytes packed, long offset) {
    super(packed, "zipmap", offset);
    if (packed.length() < 2 || unsigned(end - 1) != END) {
      throw malformed("is too short for one, or has no end");
    }
    at = start + 1;
  }

  @Override
  boolean hasNext() {
    return at < end - 1;
  }

  @Override
  Bytes next() {
    long length = unsigned(at);
    int size = 1;
    if (length == LONG) {
      size = 5;
      require(size, end - 1);
      length = littleUnsigned(at + 1);
    } else if (length == END) {
      throw malformed("ends before its end");
    }
    int spare = 0;
    if (isValue) {
      require(size + 1L, end - 1);
      spare = unsigned(at + size);
      size++;
    }
    require(size + length + spare, end - 1);
    Bytes bytes = Bytes.of(array, at + size, (int) length);
    at += size + (int) length + spare;
    isValue = !isValue;
    return bytes;
  }
}
