package naru.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The XXH3 hash of 64 bits without a seed: the digest of a value, as Redis gives it.
///
/// Texts of different lengths are mixed in different ways: up to 16 bytes, up to 128, up to 240,
/// and longer ones in stripes of 64 bytes with eight accumulators, scrambled after each block of
/// sixteen stripes. https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
public final class Xxh3 {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long PRIME32_1 = 0x9E3779B1L;
  private static final long PRIME32_2 = 0x85EBCA77L;
  private static final long PRIME32_3 = 0xC2B2AE3DL;
  private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME64_3 = 0x165667B19E3779F9L;
  private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
  private static final long PRIME_MX1 = 0x165667919E3779F9L;
  private static final long PRIME_MX2 = 0x9FB21C651E98DF25L;

  private static final int STRIPE = 64;
  private static final int STRIPES_PER_BLOCK = 16;
  private static final int BLOCK = STRIPE * STRIPES_PER_BLOCK;

  private static final byte[] SECRET =
      HexFormat.of()
          .parseHex(
              "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                  + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                  + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                  + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                  + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                  + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

  private Xxh3() {}

  public static long of(Bytes text) {
    byte[] array = text.array();
    int at = text.offset();
    int length = text.length();
    if (length <= 16) {
      return upTo16(array, at, length);
    }
    if (length <= 128) {
      return upTo128(array, at, length);
    }
    return length <= 240 ? upTo240(array, at, length) : longer(array, at, length);
  }

  private static long upTo16(byte[] array, int at, int length) {
    if (length > 8) {
      long low = longAt(array, at) ^ secret(24) ^ secret(32);
      long high = longAt(array, at + length - 8) ^ secret(40) ^ secret(48);
      return avalanche(length + Long.reverseBytes(low) + high + fold(low, high));
    }
    if (length >= 4) {
      long first = intAt(array, at);
      long last = intAt(array, at + length - 4);
      return mixShort((last + (first << 32)) ^ secret(8) ^ secret(16), length);
    }
    if (length == 0) {
      return avalanche64(secret(56) ^ secret(64));
    }
    int combined =
        ((array[at] & 0xFF) << 16)
            | ((array[at + (length >> 1)] & 0xFF) << 24)
            | (array[at + length - 1] & 0xFF)
            | (length << 8);
    long flip = intAt(SECRET, 0) ^ intAt(SECRET, 4);
    return avalanche64((combined & 0xFFFFFFFFL) ^ flip);
  }

  private static long mixShort(long keyed, int length) {
    long hash = keyed ^ Long.rotateLeft(keyed, 49) ^ Long.rotateLeft(keyed, 24);
    hash *= PRIME_MX2;
    hash ^= (hash >>> 35) + length;
    hash *= PRIME_MX2;
    return hash ^ (hash >>> 28);
  }

  private static long upTo128(byte[] array, int at, int length) {
    long hash = length * PRIME64_1;
    for (int i = (length - 1) / 32; i >= 0; i--) {
      hash += mix16(array, at + 16 * i, 32 * i);
      hash += mix16(array, at + length - 16 * (i + 1), 32 * i + 16);
    }
    return avalanche(hash);
  }

  private static long upTo240(byte[] array, int at, int length) {
    long hash = length * PRIME64_1;
    for (int i = 0; i < 8; i++) {
      hash += mix16(array, at + 16 * i, 16 * i);
    }
    hash = avalanche(hash);
    for (int i = 8; i < length / 16; i++) {
      hash += mix16(array, at + 16 * i, 16 * (i - 8) + 3);
    }
    hash += mix16(array, at + length - 16, 136 - 17);
    return avalanche(hash);
  }

  private static long longer(byte[] array, int at, int length) {
    long[] lanes = {
      PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1
    };
    int blocks = (length - 1) / BLOCK;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < STRIPES_PER_BLOCK; i++) {
        accumulate(lanes, array, at + block * BLOCK + STRIPE * i, 8 * i);
      }
      scramble(lanes);
    }
    int rest = at + blocks * BLOCK;
    int stripes = (length - 1 - blocks * BLOCK) / STRIPE;
    for (int i = 0; i < stripes; i++) {
      accumulate(lanes, array, rest + STRIPE * i, 8 * i);
    }
    accumulate(lanes, array, at + length - STRIPE, SECRET.length - STRIPE - 7);
    return merged(lanes, length * PRIME64_1);
  }

  private static void accumulate(long[] lanes, byte[] array, int at, int secretAt) {
    for (int i = 0; i < 8; i++) {
      long value = longAt(array, at + 8 * i);
      long keyed = value ^ secret(secretAt + 8 * i);
      lanes[i ^ 1] += value;
      lanes[i] += (keyed & 0xFFFFFFFFL) * (keyed >>> 32);
    }
  }

  private static void scramble(long[] lanes) {
    for (int i = 0; i < 8; i++) {
      long lane = lanes[i] ^ (lanes[i] >>> 47) ^ secret(SECRET.length - STRIPE + 8 * i);
      lanes[i] = lane * PRIME32_1;
    }
  }

  private static long merged(long[] lanes, long start) {
    long hash = start;
    for (int i = 0; i < 4; i++) {
      hash += fold(lanes[2 * i] ^ secret(11 + 16 * i), lanes[2 * i + 1] ^ secret(19 + 16 * i));
    }
    return avalanche(hash);
  }

  private static long mix16(byte[] array, int at, int secretAt) {
    return fold(longAt(array, at) ^ secret(secretAt), longAt(array, at + 8) ^ secret(secretAt + 8));
  }

  private static long fold(long a, long b) {
    return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
  }

  private static long avalanche(long value) {
    long hash = value ^ (value >>> 37);
    hash *= PRIME_MX1;
    return hash ^ (hash >>> 32);
  }

  private static long avalanche64(long value) {
    long hash = value ^ (value >>> 33);
    hash *= PRIME64_2;
    hash ^= hash >>> 29;
    hash *= PRIME64_3;
    return hash ^ (hash >>> 32);
  }

  private static long secret(int at) {
    return longAt(SECRET, at);
  }

  private static long longAt(byte[] array, int at) {
    return (long) LONG.get(array, at);
  }

  private static long intAt(byte[] array, int at) {
    return (int) INT.get(array, at) & 0xFFFFFFFFL;
  }
}
