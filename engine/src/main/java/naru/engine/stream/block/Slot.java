package naru.engine.stream.block;

/// The place of a block in its stream, and which of its entries were deleted.
public sealed interface Slot permits HeldSlot, FiledSlot {
  Block block();

  /// The ordinal of the block's first entry.
  long firstOrdinal();

  /// How many entries are not deleted.
  int live();

  boolean isDeleted(int index);

  void delete(int index);

  /// A bit for each deleted entry, none when nothing is deleted. Not to be changed.
  long[] marks();
}
