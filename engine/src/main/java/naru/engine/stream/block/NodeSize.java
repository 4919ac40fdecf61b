package naru.engine.stream.block;

import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.Numbers;

/// How large Redis would find a block: the size of the listpack that it would keep the same entries
/// in.
///
/// Approximate trimming (`MAXLEN ~`) takes whole nodes only, so where nodes end shows in replies.
/// To end blocks where Redis does, its arithmetic is done here; what a block really takes is less.
///
/// ```
/// listpack  total (4), count (2), element ..., 0xFF
/// element   head (1, 2, 3, 4, 5 or 9), string, length of both (1 to 5)
/// node      count, deleted, fields, field ..., 0, entry ...
/// entry     flags, ms, seq, [fields], [field], value, ..., elements of this entry
/// ```
///
/// https://github.com/antirez/listpack/blob/master/listpack.md
public final class NodeSize {
  private static final int EMPTY_LISTPACK = 7;

  private NodeSize() {}

  /// A node without entries, whose shared fields are those of `pairs` (field, value, field, …).
  static long ofNode(List<Bytes> pairs) {
    long size = EMPTY_LISTPACK + 2 * ofNumber(0) + ofNumber(pairs.size() / 2) + ofNumber(0);
    for (int i = 0; i < pairs.size(); i += 2) {
      size += ofString(pairs.get(i));
    }
    return size;
  }

  /// An entry in a node.
  ///
  /// @param ms the milliseconds of its id, less those of the node's first entry
  /// @param sharesFields whether it has the fields of the node's first entry
  static long ofEntry(long ms, long seq, boolean sharesFields, List<Bytes> pairs) {
    int fields = pairs.size() / 2;
    long size = ofNumber(0) + ofNumber(ms) + ofNumber(seq);
    if (!sharesFields) {
      size += ofNumber(fields);
    }
    for (int i = sharesFields ? 1 : 0; i < pairs.size(); i += sharesFields ? 2 : 1) {
      size += ofString(pairs.get(i));
    }
    return size + ofNumber(sharesFields ? fields + 3L : 2L * fields + 4);
  }

  /// What the bytes of an entry add up to, without any overhead.
  public static long payload(List<Bytes> pairs) {
    long total = 0;
    for (int i = 0; i < pairs.size(); i++) {
      total += pairs.get(i).length();
    }
    return total;
  }

  private static long ofString(Bytes bytes) {
    if (Numbers.isLong(bytes)) {
      return ofNumber(Numbers.parseLong(bytes));
    }
    int length = bytes.length();
    return withBackLength(length + (length < 64 ? 1L : length < 4096 ? 2L : 5L));
  }

  static long ofNumber(long value) {
    if (value >= 0 && value <= 127) {
      return 2;
    }
    return withBackLength(head(value));
  }

  private static long head(long value) {
    if (value >= -4096 && value <= 4095) {
      return 2;
    }
    if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
      return 3;
    }
    if (value >= -(1 << 23) && value < 1 << 23) {
      return 4;
    }
    return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE ? 5 : 9;
  }

  private static long withBackLength(long size) {
    if (size <= 127) {
      return size + 1;
    }
    if (size < 16_383) {
      return size + 2;
    }
    if (size < 2_097_151) {
      return size + 3;
    }
    return size + (size < 268_435_455 ? 4 : 5);
  }
}
