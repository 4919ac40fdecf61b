package naru.engine.stream;

import naru.engine.stream.block.Block;
import naru.engine.stream.block.BlockCursor;
import naru.engine.stream.block.Slot;
import naru.engine.stream.block.Slots;
import org.jspecify.annotations.Nullable;

/// The blocks of a stream as they are or, with an entry that is about to be added, as they will be.
final class Outlook {
  private final StreamValue stream;
  private final Slots slots;
  private final StreamOp.@Nullable Added coming;
  private final int blocks;

  Outlook(StreamValue stream, StreamOp.@Nullable Added coming) {
    this.stream = stream;
    this.slots = stream.slots();
    this.coming = coming;
    this.blocks = slots.size() + (coming != null && coming.opensBlock() ? 1 : 0);
  }

  int blocks() {
    return blocks;
  }

  long length() {
    return stream.length() + (coming == null ? 0 : 1);
  }

  private boolean hasComing(int block) {
    return coming != null && block == blocks - 1;
  }

  /// How many entries of a block are not deleted.
  int live(int block) {
    return (block < slots.size() ? slots.get(block).live() : 0) + (hasComing(block) ? 1 : 0);
  }

  /// The last id of a block.
  StreamId last(int block) {
    if (coming != null && hasComing(block)) {
      return coming.id();
    }
    Block last = slots.get(block).block();
    return new StreamId(last.lastMs(), last.lastSeq());
  }

  /// The place of a block's last entry, see [StreamOp.Deleted].
  long lastPlace(int block) {
    if (block == slots.size()) {
      return stream.nextOrdinal();
    }
    Slot slot = slots.get(block);
    return slot.firstOrdinal() + slot.block().entries() - (hasComing(block) ? 0 : 1);
  }

  /// A walk over the entries of a block that are not deleted.
  Walk walk(int block) {
    return new Walk(
        block < slots.size() ? slots.get(block) : null,
        hasComing(block) && coming != null ? coming.id() : null,
        lastPlace(block));
  }

  static final class Walk {
    private final @Nullable Slot slot;
    private final @Nullable BlockCursor cursor;
    private @Nullable StreamId coming;
    private final long lastPlace;
    private long ms;
    private long seq;
    private long place;

    Walk(@Nullable Slot slot, @Nullable StreamId coming, long lastPlace) {
      this.lastPlace = lastPlace;
      this.slot = slot;
      this.cursor = slot == null ? null : slot.block().cursor();
      this.coming = coming;
    }

    boolean next() {
      while (slot != null && cursor != null && cursor.next()) {
        if (!slot.isDeleted(cursor.index())) {
          ms = cursor.ms();
          seq = cursor.seq();
          place = slot.firstOrdinal() + cursor.index();
          return true;
        }
      }
      StreamId last = coming;
      if (last == null) {
        return false;
      }
      coming = null;
      ms = last.ms();
      seq = last.seq();
      place = lastPlace;
      return true;
    }

    long ms() {
      return ms;
    }

    long seq() {
      return seq;
    }

    /// See [StreamOp.Deleted].
    long place() {
      return place;
    }
  }
}
