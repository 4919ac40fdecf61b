package naru.engine.stream;

import naru.engine.stream.block.BlockCursor;
import naru.engine.stream.block.Slot;
import naru.engine.stream.block.Slots;

/// Goes over the blocks of a stream, deleted entries included: for those who copy it to another
/// form. Good until the stream changes.
public final class BlockWalk {
  private final Slots slots;
  private int index = -1;

  public BlockWalk(StreamValue stream) {
    slots = stream.slots();
  }

  /// Goes to the next block; false if there is none.
  public boolean next() {
    index++;
    return index < slots.size();
  }

  private Slot slot() {
    return slots.get(index);
  }

  /// The block's entries, deleted ones included.
  public BlockCursor cursor() {
    return slot().block().cursor();
  }

  public boolean isDeleted(int entry) {
    return slot().isDeleted(entry);
  }

  /// How many entries there are, deleted ones included.
  public int entries() {
    return slot().block().entries();
  }

  /// How many entries are not deleted.
  public int live() {
    return slot().live();
  }

  public long firstMs() {
    return slot().block().firstMs();
  }

  public long firstSeq() {
    return slot().block().firstSeq();
  }
}
