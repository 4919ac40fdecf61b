package naru.engine.stream;

import naru.engine.stream.block.BlockCursor;
import naru.engine.stream.block.Slot;
import naru.engine.stream.block.Slots;
import org.jspecify.annotations.Nullable;

/// Goes over the entries of a stream between two ids, both included, up or down. Deleted entries
/// are passed over. Good until the stream changes.
public final class StreamCursor {
  private final Slots slots;
  private final StreamId from;
  private final StreamId to;
  private final boolean down;
  private int slotIndex;
  private @Nullable Slot slot;
  private @Nullable BlockCursor cursor;
  private boolean inside;

  StreamCursor(Slots slots, StreamId from, StreamId to, boolean down) {
    this.slots = slots;
    this.from = from;
    this.to = to;
    this.down = down;
    int start = down ? slots.floor(to.ms(), to.seq()) : slots.floor(from.ms(), from.seq());
    slotIndex = (down ? start + 1 : Math.max(start, 0) - 1);
  }

  /// Goes to the next entry of the range; false when there is none.
  public boolean next() {
    while (true) {
      BlockCursor present = cursor;
      if (present == null) {
        present = nextBlock();
        if (present == null) {
          return false;
        }
      }
      while (down ? present.previous() : present.next()) {
        if (isPast(present)) {
          slotIndex = down ? -1 : slots.size();
          cursor = null;
          return false;
        }
        if (isReached(present) && !slot().isDeleted(present.index())) {
          return true;
        }
      }
      cursor = null;
    }
  }

  private @Nullable BlockCursor nextBlock() {
    slotIndex += down ? -1 : 1;
    if (slotIndex < 0 || slotIndex >= slots.size()) {
      slotIndex = down ? -1 : slots.size();
      return null;
    }
    Slot entered = slots.get(slotIndex);
    slot = entered;
    BlockCursor fresh = entered.block().cursor();
    if (down) {
      fresh.toEnd();
    }
    cursor = fresh;
    return fresh;
  }

  private boolean isPast(BlockCursor at) {
    return down ? from.compareTo(at.ms(), at.seq()) > 0 : to.compareTo(at.ms(), at.seq()) < 0;
  }

  private boolean isReached(BlockCursor at) {
    inside =
        inside
            || (down
                ? to.compareTo(at.ms(), at.seq()) >= 0
                : from.compareTo(at.ms(), at.seq()) <= 0);
    return inside;
  }

  private Slot slot() {
    Slot present = slot;
    if (present == null) {
      throw new IllegalStateException("before the first entry");
    }
    return present;
  }

  /// The entry: its id, and its pairs.
  public BlockCursor entry() {
    BlockCursor present = cursor;
    if (present == null) {
      throw new IllegalStateException("not on an entry");
    }
    return present;
  }

  public long ms() {
    return entry().ms();
  }

  public long seq() {
    return entry().seq();
  }

  public StreamId id() {
    return new StreamId(entry().ms(), entry().seq());
  }

  /// The n-th entry ever added to the stream has the ordinal n - 1.
  public long ordinal() {
    return slot().firstOrdinal() + entry().index();
  }
}
