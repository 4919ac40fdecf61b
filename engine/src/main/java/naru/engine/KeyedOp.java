package naru.engine;

import naru.bytes.ByteWriter;
import naru.engine.hash.HashOp;
import naru.engine.list.ListOp;
import naru.engine.set.SetOp;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.stream.GroupOp;
import naru.engine.stream.StreamOp;
import naru.engine.string.StringOp;

/// An op on what one key holds. Behind its tag stand the database and the key, then the fields of
/// its own.
///
/// ```
/// [tag][database: varint][key: length, bytes][fields]
/// ```
public sealed interface KeyedOp extends Op
    permits StringOp, ListOp, HashOp, SetOp, SortedSetOp, StreamOp, GroupOp {
  @Override
  default void encode(ByteWriter out) {
    out.writeVarLong(database());
    out.writeSized(key());
    encodeFields(out);
  }

  /// Writes what stands behind the key.
  void encodeFields(ByteWriter out);
}
