package naru.structures.hyperloglog;

import static naru.structures.hyperloglog.HyperLogLog.HEADER_BYTES;
import static naru.structures.hyperloglog.HyperLogLog.REGISTERS;

/// Registers of six bits, one after the other, from the lowest bit of each byte on:
///
/// ```
/// byte     0        1        2
///       11000000 22221111 33333322
/// ```
///
/// The arrays begin with the header.
final class DenseRegisters {
  private static final int BITS = 6;
  private static final int MASK = 63;

  private DenseRegisters() {}

  static int get(byte[] bytes, int register) {
    int at = HEADER_BYTES + register * BITS / 8;
    int shift = (register * BITS) & 7;
    int pair = bytes[at] & 0xFF;
    if (shift > 8 - BITS) {
      pair |= (bytes[at + 1] & 0xFF) << 8;
    }
    return (pair >> shift) & MASK;
  }

  static void set(byte[] bytes, int register, int value) {
    int at = HEADER_BYTES + register * BITS / 8;
    int shift = (register * BITS) & 7;
    bytes[at] = (byte) ((bytes[at] & ~(MASK << shift)) | (value << shift));
    if (shift > 8 - BITS) {
      int more = 8 - shift;
      bytes[at + 1] = (byte) ((bytes[at + 1] & ~(MASK >> more)) | (value >> more));
    }
  }

  static void fill(byte[] bytes, int[] histogram) {
    for (int i = 0; i < REGISTERS; i++) {
      histogram[get(bytes, i)]++;
    }
  }
}
