package naru.engine.stream.block;

import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// A slot whose block is in memory.
public final class HeldSlot implements Slot {
  static final int OBJECT_BYTES = 32;

  private final Block block;

  /// The ordinal of the block's first entry.
  private final long firstOrdinal;

  /// How many entries are not deleted.
  private int live;

  /// A bit for each deleted entry; null while there is none.
  private long @Nullable [] deleted;

  public HeldSlot(Block block, long firstOrdinal, int live) {
    this.block = block;
    this.firstOrdinal = firstOrdinal;
    this.live = live;
  }

  @Override
  public Block block() {
    return block;
  }

  @Override
  public long firstOrdinal() {
    return firstOrdinal;
  }

  @Override
  public int live() {
    return live;
  }

  /// An entry was added to the block.
  public void added() {
    live++;
  }

  @Override
  public boolean isDeleted(int index) {
    return deleted != null
        && index >> 6 < deleted.length
        && (deleted[index >> 6] >> index & 1) != 0;
  }

  boolean hasDeleted() {
    return deleted != null;
  }

  @Override
  public void delete(int index) {
    long[] marks = deleted;
    int word = index >> 6;
    if (marks == null || marks.length <= word) {
      long[] grown = new long[Math.max(word, (block.entries() - 1) >> 6) + 1];
      if (marks != null) {
        System.arraycopy(marks, 0, grown, 0, marks.length);
      }
      marks = grown;
      deleted = marks;
    }
    marks[word] |= 1L << index;
    live--;
  }

  @Override
  public long[] marks() {
    return deleted == null ? new long[0] : deleted;
  }

  public void marks(long[] newMarks) {
    deleted = newMarks.length == 0 ? null : newMarks;
  }

  HeldSlot copy() {
    HeldSlot copy = new HeldSlot(block.copy(), firstOrdinal, live);
    copy.deleted = deleted == null ? null : deleted.clone();
    return copy;
  }

  long sizeBytes() {
    return OBJECT_BYTES
        + block.sizeBytes()
        + (deleted == null ? 0 : HeapSize.longs(deleted.length));
  }
}
