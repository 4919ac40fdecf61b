package naru.engine.stream.block;

import naru.bytes.Bytes;

/// Goes over the entries of a block, deleted ones included, in both directions.
///
/// On an entry, the pairs are read in order: [#nextPair], then [#field] and [#value].
public interface BlockCursor {
  /// Goes to the next entry (from before the first: to the first); false when there is none.
  boolean next();

  /// Goes to the entry before (from behind the last: to the last); false when there is none.
  boolean previous();

  /// Goes behind the last entry.
  void toEnd();

  /// Which entry of the block it is, from 0.
  int index();

  long ms();

  long seq();

  /// How many pairs of field and value the entry has.
  int pairs();

  /// Reads the next pair; false when there are no more.
  boolean nextPair();

  /// The field of the pair. Borrowed from the block.
  Bytes field();

  /// The value of the pair. Borrowed from the block.
  Bytes value();
}
