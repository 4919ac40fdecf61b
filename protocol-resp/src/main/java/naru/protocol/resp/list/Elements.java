package naru.protocol.resp.list;

import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.wire.RespWriter;
import naru.structures.PackedList;
import naru.structures.PackedList.Cursor;

/// Elements of lists in replies.
final class Elements {
  private Elements() {}

  /// An array of `count` elements from the one at `from` on.
  static RespReply range(PackedList list, int from, int count) {
    return out -> write(out, list.forward(from), count);
  }

  /// An array of the first `count` elements, or of the last, the last one first.
  static void writePopped(RespWriter out, PackedList list, boolean head, int count) {
    write(out, head ? list.forward(0) : list.backward(list.size() - 1), count);
  }

  private static void write(RespWriter out, Cursor cursor, int count) {
    out.array(count);
    for (int i = 0; i < count && cursor.next(); i++) {
      if (cursor.isNumber()) {
        out.bulkInteger(cursor.number());
      } else {
        out.bulk(cursor.bytes());
      }
    }
  }
}
