package naru.protocol.resp.bitmap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.string.StringOp;

/// A string with some bytes of it written over, and zeros behind its end.
final class WrittenBits {
  private final Bytes string;
  private final TreeMap<Integer, Byte> written = new TreeMap<>();

  WrittenBits(Bytes string) {
    this.string = string;
  }

  private byte at(int index) {
    Byte byWrite = written.get(index);
    return byWrite != null ? byWrite : index < string.length() ? string.at(index) : 0;
  }

  /// The `count` bits, 64 at most, from the one numbered `first`.
  long read(long first, int count) {
    long value = 0;
    for (long bit = first; bit < first + count; bit++) {
      value = value << 1 | (at((int) (bit >> 3)) >> (7 - (bit & 7)) & 1);
    }
    return value;
  }

  /// Writes the lower `count` bits of `value`.
  void write(long first, int count, long value) {
    for (int i = 0; i < count; i++) {
      long bit = first + i;
      int mask = 0x80 >> (bit & 7);
      int before = at((int) (bit >> 3));
      boolean on = (value >> (count - 1 - i) & 1) != 0;
      written.put((int) (bit >> 3), (byte) (on ? before | mask : before & ~mask));
    }
  }

  /// Makes the string long enough for a bit; whether it was shorter.
  boolean reach(long bit) {
    int index = (int) (bit >> 3);
    if (index < string.length()) {
      return false;
    }
    written.put(index, at(index));
    return true;
  }

  /// An op for each run of bytes that were written.
  List<Op> ops(int database, Bytes key) {
    List<Op> ops = new ArrayList<>();
    int start = 0;
    ByteWriter run = new ByteWriter(16);
    for (Map.Entry<Integer, Byte> entry : written.entrySet()) {
      if (run.length() > 0 && entry.getKey() != start + run.length()) {
        ops.add(new StringOp.Written(database, key, start, Bytes.of(run.toArray())));
        run.clear(16);
      }
      start = run.length() == 0 ? entry.getKey() : start;
      run.writeByte(entry.getValue());
    }
    if (run.length() > 0) {
      ops.add(new StringOp.Written(database, key, start, Bytes.of(run.toArray())));
    }
    return ops;
  }
}
