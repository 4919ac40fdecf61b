package naru.structures.hyperloglog;

import static naru.structures.hyperloglog.HyperLogLog.HEADER_BYTES;
import static naru.structures.hyperloglog.HyperLogLog.REGISTERS;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Registers as runs of one value each, behind the header:
///
/// ```
/// ZERO   00xxxxxx            x + 1 registers are 0
/// XZERO  01xxxxxx yyyyyyyy   xy + 1 registers are 0
/// VAL    1vvvvvxx            x + 1 registers are v + 1, at most 32
/// ```
final class SparseRegisters {
  static final int VALUE_MAX = 32;

  private static final int ZERO_LENGTH_MAX = 64;
  private static final int VALUE_LENGTH_MAX = 4;

  /// Runs, from the one before the one that was changed on, of which neighbours may become one.
  private static final int MERGED_RUNS = 5;

  private byte[] bytes;

  /// The array, header included, of exactly its length, is taken over.
  SparseRegisters(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  void fill(int[] histogram) {
    for (int at = HEADER_BYTES; at < bytes.length; at += size(at)) {
      histogram[value(at)] += length(at);
    }
  }

  /// The runs as text: `Z:1000 v:2,1 z:19`.
  String described() {
    StringBuilder text = new StringBuilder();
    for (int at = HEADER_BYTES; at < bytes.length; at += size(at)) {
      text.append(text.isEmpty() ? "" : " ");
      if (isValue(at)) {
        text.append("v:").append(value(at)).append(',').append(length(at));
      } else {
        text.append(size(at) == 2 ? "Z:" : "z:").append(length(at));
      }
    }
    return text.toString();
  }

  /// The value of each register; null if there are not as many as there have to be.
  byte @Nullable [] values() {
    byte[] values = new byte[REGISTERS];
    int register = 0;
    for (int at = HEADER_BYTES; at < bytes.length; at += size(at)) {
      int end = register + length(at);
      if (end > REGISTERS) {
        return null;
      }
      Arrays.fill(values, register, end, (byte) value(at));
      register = end;
    }
    return register == REGISTERS ? values : null;
  }

  private boolean isValue(int at) {
    return bytes[at] < 0;
  }

  private int size(int at) {
    return (bytes[at] & 0xC0) == 0x40 ? 2 : 1;
  }

  private int value(int at) {
    return isValue(at) ? ((bytes[at] >> 2) & 31) + 1 : 0;
  }

  private int length(int at) {
    int low = bytes[at] & 63;
    if (isValue(at)) {
      return (low & 3) + 1;
    }
    int next = at + 1 < bytes.length ? bytes[at + 1] & 0xFF : 0;
    return (size(at) == 2 ? (low << 8) | next : low) + 1;
  }

  enum Outcome {
    CHANGED,
    UNCHANGED,
    /// It would take more bytes than allowed.
    TOO_LARGE,
    /// The register is in no run.
    MISSING
  }

  /// Makes a register at least `value`, which is at most [#VALUE_MAX].
  Outcome raise(int register, int value, long bytesMax) {
    int before = HEADER_BYTES;
    int at = HEADER_BYTES;
    int first = 0;
    while (at < bytes.length && register >= first + length(at)) {
      before = at;
      first += length(at);
      at += size(at);
    }
    if (at >= bytes.length) {
      return Outcome.MISSING;
    }
    if (value(at) >= value) {
      return Outcome.UNCHANGED;
    }
    if (length(at) == 1 && size(at) == 1) {
      bytes[at] = run(value, 1);
    } else if (!split(at, register - first, value, bytesMax)) {
      return Outcome.TOO_LARGE;
    }
    merge(before);
    return Outcome.CHANGED;
  }

  /// Makes three runs of one, or fewer at its ends.
  private boolean split(int at, int ahead, int value, long bytesMax) {
    byte[] runs = new byte[5];
    int size = put(runs, 0, value(at), ahead);
    runs[size++] = run(value, 1);
    size = put(runs, size, value(at), length(at) - ahead - 1);
    int more = size - size(at);
    if (more > 0 && bytes.length + more > bytesMax) {
      return false;
    }
    int next = Math.min(at + size(at), bytes.length);
    byte[] longer = Arrays.copyOf(bytes, at + size + bytes.length - next);
    System.arraycopy(runs, 0, longer, at, size);
    System.arraycopy(bytes, next, longer, at + size, bytes.length - next);
    bytes = longer;
    return true;
  }

  /// Writes a run, nothing if it is empty; returns where it ends.
  private static int put(byte[] runs, int at, int value, int length) {
    if (length == 0) {
      return at;
    }
    if (value == 0 && length > ZERO_LENGTH_MAX) {
      runs[at] = (byte) (0x40 | ((length - 1) >> 8));
      runs[at + 1] = (byte) (length - 1);
      return at + 2;
    }
    runs[at] = value == 0 ? (byte) (length - 1) : run(value, length);
    return at + 1;
  }

  private static byte run(int value, int length) {
    return (byte) (0x80 | ((value - 1) << 2) | (length - 1));
  }

  private void merge(int from) {
    int at = from;
    for (int i = 0; i < MERGED_RUNS && at < bytes.length; i++) {
      if (isOneWithNext(at)) {
        bytes[at + 1] = run(value(at), length(at) + length(at + 1));
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
        bytes = shorter;
      } else {
        at += size(at);
      }
    }
  }

  private boolean isOneWithNext(int at) {
    return at + 1 < bytes.length
        && isValue(at)
        && isValue(at + 1)
        && value(at) == value(at + 1)
        && length(at) + length(at + 1) <= VALUE_LENGTH_MAX;
  }
}
