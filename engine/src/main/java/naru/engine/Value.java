package naru.engine;

import naru.bytes.Bytes;
import naru.engine.hash.HashValue;
import naru.engine.list.ListValue;
import naru.engine.set.SetValue;
import naru.engine.sortedset.SortedSetValue;
import naru.engine.stream.StreamValue;
import naru.engine.string.StringValue;

/// What a key holds. An empty list, hash, set or sorted set does not exist: its key is removed by
/// the op that takes the last element. An empty stream or string exists.
public sealed interface Value
    permits StringValue, ListValue, HashValue, SetValue, SortedSetValue, StreamValue {
  /// A copy that shares nothing that changes, for `COPY`.
  Value copy();

  /// Itself as ops, for snapshots, together with the expiry of its key.
  Retelling retelling(int database, Bytes key, long expiresAtMs, Retelling.Pieces pieces);

  default Retelling retelling(int database, Bytes key, long expiresAtMs) {
    return retelling(database, key, expiresAtMs, Retelling.Pieces.DEFAULT);
  }

  /// What it takes in memory, without a walk over it. Changed by ops alone.
  long sizeBytes();

  /// Whether it may go when memory is short.
  default boolean isEvictable() {
    return true;
  }

  /// How many elements it has that are found by the hashes of their names.
  default int hashedElements() {
    return 0;
  }

  /// Looks at the elements whose names have these hashes, all of them at once, so that they are in
  /// the processor's cache when they are asked for. Changes nothing. Returns how many bytes they
  /// have.
  default long lookAhead(int[] hashes, int count) {
    return 0;
  }

  /// When something inside it is due, a field that expires: wall clock, [Entry#NEVER] for nothing.
  default long nextDueMs() {
    return Entry.NEVER;
  }
}
