package naru.rdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The checksum of RDB: the CRC of 64 bits with the polynomial of Jones, reflected, from 0 on, not
/// inverted. That of `123456789` is `E9C6D914C4B8D9CA`.
///
/// Eight bytes a step ("slicing by 8", Kounavis and Berry, 2005): table `k` has what a byte does to
/// the checksum when `k` more bytes follow it.
public final class Crc64 {
  private static final long POLYNOMIAL = 0x95AC9329AC4BC9B5L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long[][] TABLES = tables();

  private Crc64() {}

  private static long[][] tables() {
    long[][] tables = new long[8][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : POLYNOMIAL);
      }
      tables[0][i] = crc;
    }
    for (int k = 1; k < 8; k++) {
      for (int i = 0; i < 256; i++) {
        long before = tables[k - 1][i];
        tables[k][i] = tables[0][(int) before & 0xFF] ^ (before >>> 8);
      }
    }
    return tables;
  }

  /// The checksum of what `crc` is the checksum of, 0 for nothing, and `count` bytes behind it.
  public static long update(long crc, byte[] bytes, int offset, int count) {
    int at = offset;
    int end = offset + count;
    long now = crc;
    for (; end - at >= 8; at += 8) {
      now ^= (long) LONG.get(bytes, at);
      now =
          TABLES[7][(int) now & 0xFF]
              ^ TABLES[6][(int) (now >>> 8) & 0xFF]
              ^ TABLES[5][(int) (now >>> 16) & 0xFF]
              ^ TABLES[4][(int) (now >>> 24) & 0xFF]
              ^ TABLES[3][(int) (now >>> 32) & 0xFF]
              ^ TABLES[2][(int) (now >>> 40) & 0xFF]
              ^ TABLES[1][(int) (now >>> 48) & 0xFF]
              ^ TABLES[0][(int) (now >>> 56)];
    }
    for (; at < end; at++) {
      now = TABLES[0][((int) now ^ bytes[at]) & 0xFF] ^ (now >>> 8);
    }
    return now;
  }
}
