package naru.log;

import naru.bytes.ByteReader;

/// Is given every record found at a start: those of the newest snapshot, with its position, then
/// those of the log behind it in the order of their positions.
@FunctionalInterface
public interface Replay {
  /// The payload is lent for the length of this call.
  void record(long position, ByteReader payload);

  /// Said first, at a start: the files of blocks that the snapshot may name. Whatever it names has
  /// to be told to [BlockFiles#named], or else is deleted.
  default void blocks(BlockFiles files) {}

  /// The records so far were those of a snapshot, in which so many entries are told. Said before
  /// the first record of the log, if there is a snapshot. Throws [ByteReader.Malformed] if this is
  /// not what they came to.
  default void snapshotEnded(long entries) {}
}
