package naru.structures;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import naru.bytes.Bytes;

/// A seeded hash of byte runs, so that nobody outside can choose keys that collide.
///
/// Eight bytes a step, each step a 64×64→128 bit multiplication whose halves are folded, the
/// construction of wyhash (https://github.com/wangyi-fudan/wyhash). Not cryptographic.
public final class Hash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long P0 = 0xa0761d6478bd642fL;
  private static final long P1 = 0xe7037ed1a0b428dbL;

  private Hash() {}

  public static int of(Bytes bytes, long seed) {
    return of(bytes.array(), bytes.offset(), bytes.length(), seed);
  }

  public static int of(byte[] array, int offset, int length, long seed) {
    long hash = seed ^ P0;
    int at = offset;
    int left = length;
    while (left >= 8) {
      hash = fold((long) LONG.get(array, at) ^ P1, hash ^ P0);
      at += 8;
      left -= 8;
    }
    long tail = 0;
    if (length >= 8) {
      tail = left == 0 ? 0 : (long) LONG.get(array, offset + length - 8);
    } else {
      for (int i = 0; i < left; i++) {
        tail = (tail << 8) | (array[at + i] & 0xFF);
      }
    }
    hash = fold(tail ^ P1, hash ^ length);
    return (int) (fold(hash ^ P0, P1) >>> 32);
  }

  private static long fold(long a, long b) {
    return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
  }
}
