package naru.protocol.resp.bitmap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import naru.bytes.Bytes;

/// Looks at many bits of a string at a time.
final class Bits {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bits() {}

  static boolean at(Bytes string, long bit) {
    long index = bit >> 3;
    return index < string.length() && (string.at((int) index) >> (7 - (bit & 7)) & 1) != 0;
  }

  /// How many bits of a range, which is not empty, are set.
  static long count(Bytes string, BitRange range) {
    int first = (int) (range.first() >> 3);
    int last = (int) (range.last() >> 3);
    if (first == last) {
      return Integer.bitCount(string.at(first) & head(range) & tail(range));
    }
    long count = Integer.bitCount(string.at(first) & head(range));
    count += Integer.bitCount(string.at(last) & tail(range));
    int at = first + 1;
    for (; at + 8 <= last; at += 8) {
      count += Long.bitCount(word(string, at));
    }
    for (; at < last; at++) {
      count += Integer.bitCount(string.at(at) & 0xFF);
    }
    return count;
  }

  /// The number of the first bit of a range, which is not empty, that is `set` or not; -1 if there
  /// is none.
  static long find(Bytes string, BitRange range, boolean set) {
    int first = (int) (range.first() >> 3);
    int last = (int) (range.last() >> 3);
    long skipped = set ? 0 : -1;
    for (int at = first; at <= last; at++) {
      while (at > first && at + 8 <= last && word(string, at) == skipped) {
        at += 8;
      }
      int wanted = (set ? string.at(at) : ~string.at(at)) & 0xFF;
      wanted &= at == first ? head(range) : 0xFF;
      wanted &= at == last ? tail(range) : 0xFF;
      if (wanted != 0) {
        return at * 8L + Integer.numberOfLeadingZeros(wanted) - 24;
      }
    }
    return -1;
  }

  /// The bits of the first byte that are in the range.
  private static int head(BitRange range) {
    return 0xFF >> (range.first() & 7);
  }

  /// The bits of the last byte that are in the range.
  private static int tail(BitRange range) {
    return 0xFF << (7 - (range.last() & 7)) & 0xFF;
  }

  private static long word(Bytes string, int at) {
    return (long) LONGS.get(string.array(), string.offset() + at);
  }
}
