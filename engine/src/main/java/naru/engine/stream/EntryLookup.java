package naru.engine.stream;

import naru.engine.stream.block.BlockCursor;
import naru.engine.stream.block.Slots;
import org.jspecify.annotations.Nullable;

/// Finds entries of a stream by id. Looking for rising ids, it goes on from where it is, so that a
/// page of them costs a walk, not a search each. Good until the stream changes.
public final class EntryLookup {
  private final Slots slots;
  private int slotIndex = -1;
  private @Nullable BlockCursor cursor;

  EntryLookup(Slots slots) {
    this.slots = slots;
  }

  /// The entry with this id; null if there is none, or it was deleted.
  public @Nullable BlockCursor find(long ms, long seq) {
    int index = slots.floor(ms, seq);
    if (index < 0) {
      return null;
    }
    BlockCursor at = cursor;
    if (at == null || index != slotIndex || isBehind(at, ms, seq)) {
      at = slots.get(index).block().cursor();
      at.next();
      cursor = at;
      slotIndex = index;
    }
    while (StreamId.compare(at.ms(), at.seq(), ms, seq) < 0) {
      if (!at.next()) {
        cursor = null;
        return null;
      }
    }
    boolean found = at.ms() == ms && at.seq() == seq;
    return found && !slots.get(index).isDeleted(at.index()) ? at : null;
  }

  /// Whether there is such an entry.
  public boolean contains(long ms, long seq) {
    return find(ms, seq) != null;
  }

  private static boolean isBehind(BlockCursor at, long ms, long seq) {
    return StreamId.compare(at.ms(), at.seq(), ms, seq) > 0;
  }

  /// The place of the entry that was found last: see [StreamOp.Deleted].
  public long place() {
    BlockCursor found = cursor;
    if (found == null) {
      throw new IllegalStateException("nothing was found");
    }
    return slots.get(slotIndex).firstOrdinal() + found.index();
  }
}
