package naru.protocol.resp.hyperloglog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.structures.hyperloglog.HyperLogLog;
import org.jspecify.annotations.Nullable;

/// Sketches as strings: found, and changed by ops that say which bytes are different.
final class Sketches {
  private static final int HEADER_BYTES = 16;

  /// Bytes in a row that are the same, up to which two changes are told as one.
  private static final int GAP_MAX_BYTES = 8;

  private Sketches() {}

  /// The bytes of the sketch at a key; null if there is no such key.
  static @Nullable Bytes bytes(Call call, Bytes key) {
    StringValue string = call.find(key, StringValue.class);
    if (string == null) {
      return null;
    }
    if (!HyperLogLog.isOne(string.bytes())) {
      throw new Refusal("WRONGTYPE", "Key is not a valid HyperLogLog string value.");
    }
    return string.bytes();
  }

  static Refusal corrupt() {
    return new Refusal("INVALIDOBJ", "Corrupted HLL object detected");
  }

  /// The values of a sketch's registers.
  static byte[] values(Bytes sketch) {
    byte[] values = HyperLogLog.of(sketch).values();
    if (values == null) {
      throw corrupt();
    }
    return values;
  }

  /// What makes `before`, nothing if it is null, into `after`.
  static List<Op> ops(Call call, Bytes key, @Nullable Bytes before, Bytes after) {
    int database = call.database();
    if (before == null) {
      return List.of(new StringOp.Written(database, key, 0, after));
    }
    if (before.length() == after.length()) {
      return writes(database, key, before, after, after.length());
    }
    List<Op> ops = writes(database, key, before, after, HEADER_BYTES);
    int least = Math.min(before.length(), after.length()) - HEADER_BYTES;
    int same = 0;
    while (same < least && before.at(HEADER_BYTES + same) == after.at(HEADER_BYTES + same)) {
      same++;
    }
    int sameAtEnd = 0;
    while (sameAtEnd < least - same
        && before.at(before.length() - 1 - sameAtEnd) == after.at(after.length() - 1 - sameAtEnd)) {
      sameAtEnd++;
    }
    int offset = HEADER_BYTES + same;
    Bytes put = after.slice(offset, after.length() - sameAtEnd);
    int removed = before.length() - sameAtEnd - offset;
    ops.add(new StringOp.Spliced(database, key, offset, removed, put));
    return ops;
  }

  /// What of the first `length` bytes is different.
  private static List<Op> writes(int database, Bytes key, Bytes before, Bytes after, int length) {
    List<Op> ops = new ArrayList<>();
    int at = mismatch(before, after, 0, length);
    while (at < length) {
      int end = at + 1;
      int next = mismatch(before, after, end, length);
      while (next < length && next - end <= GAP_MAX_BYTES) {
        end = next + 1;
        next = mismatch(before, after, end, length);
      }
      ops.add(new StringOp.Written(database, key, at, after.slice(at, end)));
      at = next;
    }
    return ops;
  }

  /// Where the first difference from `from` on is; `length` if there is none.
  private static int mismatch(Bytes before, Bytes after, int from, int length) {
    int found =
        Arrays.mismatch(
            before.array(),
            before.offset() + from,
            before.offset() + length,
            after.array(),
            after.offset() + from,
            after.offset() + length);
    return found < 0 ? length : from + found;
  }
}
