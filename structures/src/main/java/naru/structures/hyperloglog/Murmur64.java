package naru.structures.hyperloglog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import naru.bytes.Bytes;

/// MurmurHash64A, read as little-endian everywhere: by which an element finds its register.
/// https://github.com/aappleby/smhasher/blob/master/src/MurmurHash2.cpp
final class Murmur64 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FACTOR = 0xc6a4a7935bd1e995L;
  private static final int SHIFT = 47;

  private Murmur64() {}

  static long of(Bytes bytes, long seed) {
    int length = bytes.length();
    long hash = seed ^ (length * FACTOR);
    int at = 0;
    for (; at + 8 <= length; at += 8) {
      long word = (long) LONG.get(bytes.array(), bytes.offset() + at) * FACTOR;
      hash = (hash ^ (word ^ (word >>> SHIFT)) * FACTOR) * FACTOR;
    }
    if (at < length) {
      for (int i = length - 1; i >= at; i--) {
        hash ^= (bytes.at(i) & 0xFFL) << (8 * (i - at));
      }
      hash *= FACTOR;
    }
    hash = (hash ^ (hash >>> SHIFT)) * FACTOR;
    return hash ^ (hash >>> SHIFT);
  }
}
