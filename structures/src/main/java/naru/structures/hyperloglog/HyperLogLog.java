package naru.structures.hyperloglog;

import java.util.Arrays;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// A sketch of a set: each element names one of 16384 registers and a value for it, and a register
/// keeps the greatest.
///
/// ```
///  0      4   5        8                16
/// | HYLL | E | unused | cached count, LE | registers
/// ```
///
/// `E` is 0 for [DenseRegisters], 1 for [SparseRegisters]. The highest bit of the cached count says
/// that it has to be counted anew.
public final class HyperLogLog {
  static final int REGISTERS = 1 << 14;
  static final int HEADER_BYTES = 16;

  private static final int DENSE_BYTES = HEADER_BYTES + REGISTERS * 6 / 8;
  private static final int ENCODING_AT = 4;
  private static final int COUNT_AT = 8;
  private static final int STALE_AT = 15;
  private static final byte DENSE = 0;
  private static final byte SPARSE = 1;
  private static final long SEED = 0xadc83b19L;
  private static final int INDEX_BITS = 14;

  private byte[] bytes;

  private HyperLogLog(byte[] bytes) {
    this.bytes = bytes;
  }

  /// One without elements.
  public static HyperLogLog empty() {
    byte[] bytes = new byte[HEADER_BYTES + 2];
    bytes[0] = 'H';
    bytes[1] = 'Y';
    bytes[2] = 'L';
    bytes[3] = 'L';
    bytes[ENCODING_AT] = SPARSE;
    bytes[HEADER_BYTES] = 0x7F;
    bytes[HEADER_BYTES + 1] = (byte) 0xFF;
    return new HyperLogLog(bytes);
  }

  /// A sketch of its own from bytes for which [#isOne] holds.
  public static HyperLogLog of(Bytes value) {
    return new HyperLogLog(value.copy());
  }

  /// Whether these bytes begin as a sketch.
  public static boolean isOne(Bytes value) {
    return value.length() >= HEADER_BYTES
        && value.at(0) == 'H'
        && value.at(1) == 'Y'
        && value.at(2) == 'L'
        && value.at(3) == 'L'
        && (value.at(ENCODING_AT) == SPARSE
            || (value.at(ENCODING_AT) == DENSE && value.length() == DENSE_BYTES));
  }

  /// The count that is kept in a sketch; negative if it has to be counted.
  public static long cachedCount(Bytes sketch) {
    long count = 0;
    for (int i = COUNT_AT + 7; i >= COUNT_AT; i--) {
      count = (count << 8) | (sketch.at(i) & 0xFF);
    }
    return count;
  }

  public Bytes bytes() {
    return Bytes.of(bytes);
  }

  public boolean isDense() {
    return bytes[ENCODING_AT] == DENSE;
  }

  /// From now on the cached count does not hold.
  public void forgetCount() {
    bytes[STALE_AT] |= (byte) 0x80;
  }

  public void keepCount(long count) {
    for (int i = 0; i < 8; i++) {
      bytes[COUNT_AT + i] = (byte) (count >> (8 * i));
    }
  }

  /// What came of a change.
  public enum Outcome {
    CHANGED,
    UNCHANGED,
    /// There are too few or too many registers.
    CORRUPT
  }

  /// Takes an element in.
  ///
  /// @param sparseMaxBytes from more bytes than that on, the sketch is dense
  public Outcome add(Bytes element, long sparseMaxBytes) {
    long hash = Murmur64.of(element, SEED);
    int register = (int) hash & (REGISTERS - 1);
    long rest = (hash >>> INDEX_BITS) | (1L << (64 - INDEX_BITS));
    return raise(register, Long.numberOfTrailingZeros(rest) + 1, sparseMaxBytes);
  }

  /// Makes a register at least `value`.
  public Outcome raise(int register, int value, long sparseMaxBytes) {
    if (!isDense()) {
      SparseRegisters sparse = new SparseRegisters(bytes);
      SparseRegisters.Outcome outcome =
          value > SparseRegisters.VALUE_MAX
              ? SparseRegisters.Outcome.TOO_LARGE
              : sparse.raise(register, value, sparseMaxBytes);
      if (outcome == SparseRegisters.Outcome.CHANGED) {
        bytes = sparse.bytes();
        forgetCount();
      }
      if (outcome != SparseRegisters.Outcome.TOO_LARGE) {
        return seen(outcome);
      }
      if (!makeDense()) {
        return Outcome.CORRUPT;
      }
    }
    if (DenseRegisters.get(bytes, register) >= value) {
      return Outcome.UNCHANGED;
    }
    DenseRegisters.set(bytes, register, value);
    return Outcome.CHANGED;
  }

  private static Outcome seen(SparseRegisters.Outcome outcome) {
    return switch (outcome) {
      case CHANGED, TOO_LARGE -> Outcome.CHANGED;
      case UNCHANGED -> Outcome.UNCHANGED;
      case MISSING -> Outcome.CORRUPT;
    };
  }

  /// Makes the registers dense; false, and nothing is changed, if they are corrupt.
  public boolean makeDense() {
    if (isDense()) {
      return true;
    }
    byte[] values = values();
    if (values == null) {
      return false;
    }
    bytes = Arrays.copyOf(Arrays.copyOf(bytes, HEADER_BYTES), DENSE_BYTES);
    bytes[ENCODING_AT] = DENSE;
    for (int i = 0; i < REGISTERS; i++) {
      if (values[i] != 0) {
        DenseRegisters.set(bytes, i, values[i]);
      }
    }
    return true;
  }

  /// The value of each register; null if they are corrupt.
  public byte @Nullable [] values() {
    if (!isDense()) {
      return new SparseRegisters(bytes).values();
    }
    byte[] values = new byte[REGISTERS];
    for (int i = 0; i < REGISTERS; i++) {
      values[i] = (byte) DenseRegisters.get(bytes, i);
    }
    return values;
  }

  /// Counts the elements, nearly; -1 if the registers are corrupt.
  public long count() {
    int[] histogram = new int[64];
    if (isDense()) {
      DenseRegisters.fill(bytes, histogram);
    } else {
      new SparseRegisters(bytes).fill(histogram);
      if (Arrays.stream(histogram).sum() != REGISTERS) {
        return -1;
      }
    }
    return Cardinality.of(histogram);
  }

  /// Counts the elements of a sketch with these registers.
  public static long count(byte[] values) {
    int[] histogram = new int[64];
    for (byte value : values) {
      histogram[value]++;
    }
    return Cardinality.of(histogram);
  }

  /// The greater of two values for each register, into `values`.
  public static void merge(byte[] values, byte[] others) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.max(values[i], others[i]);
    }
  }

  /// As many registers as a sketch has, all of them 0.
  public static byte[] noValues() {
    return new byte[REGISTERS];
  }

  /// The runs of a sparse sketch as text: `Z:1000 v:2,1 z:19`.
  public String runs() {
    return new SparseRegisters(bytes).described();
  }
}
