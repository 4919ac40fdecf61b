package naru.engine.stream;

import java.util.Arrays;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.stream.block.EntryBlock;
import naru.engine.stream.block.HeldSlot;
import org.jspecify.annotations.Nullable;

/// Puts entries together to a block that was another's, deleted entries included.
public final class BlockBuilder {
  private @Nullable EntryBlock block;
  private long[] marks = {};
  private int live;

  /// How many entries it has, deleted ones included.
  public int entries() {
    return block == null ? 0 : block.entries();
  }

  /// How many entries are not deleted.
  public int live() {
    return live;
  }

  /// What its entries take.
  public long bytes() {
    return block == null ? 0 : block.packed().length();
  }

  /// Adds an entry, whose id is above all others.
  ///
  /// @param pairs field, value, field, …
  public void add(StreamId id, List<Bytes> pairs, boolean isDeleted) {
    if (block == null) {
      block = EntryBlock.begin(id.ms(), id.seq(), pairs);
    } else {
      block.append(id.ms(), id.seq(), pairs);
    }
    if (!isDeleted) {
      live++;
      return;
    }
    int index = block.entries() - 1;
    if (index >> 6 >= marks.length) {
      marks = Arrays.copyOf(marks, (index >> 6) + 1);
    }
    marks[index >> 6] |= 1L << index;
  }

  /// The op that puts the block, which has an entry, behind those of the stream.
  public StreamOp.BlockRestored restored(int database, Bytes key, long firstOrdinal) {
    EntryBlock built = block;
    if (built == null) {
      throw new IllegalStateException("no entry");
    }
    HeldSlot slot = new HeldSlot(built, firstOrdinal, live);
    slot.marks(marks);
    return StreamOp.BlockRestored.of(database, key, slot, built);
  }
}
