package naru.engine.stream.block;

/// A run of entries with rising ids and consecutive ordinals, stored together.
///
/// The last block of a stream is open: entries are added to it. All others are sealed and never
/// change; which of their entries were deleted is marked beside them, in the [Slot].
public sealed interface Block permits EntryBlock, BatchBlock, FiledBlock {
  /// How many entries there are, deleted ones included.
  int entries();

  long firstMs();

  long firstSeq();

  long lastMs();

  long lastSeq();

  /// What it takes in memory, objects included.
  long sizeBytes();

  /// A cursor before the first entry. Good until the block changes.
  BlockCursor cursor();

  /// A block that shares nothing that changes with this one.
  Block copy();
}
