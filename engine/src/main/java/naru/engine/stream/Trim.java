package naru.engine.stream;

import org.jspecify.annotations.Nullable;

/// Which entries a limit on a stream takes away, found without taking them.
///
/// @param through all entries up to this id go; null if none or only some of them do
/// @param ids the entries that go, if not all up to an id; null otherwise
/// @param removed how many go
public record Trim(@Nullable StreamId through, @Nullable IdList ids, long removed) {
  /// What a trimmed stream may still have.
  public sealed interface Limit {
    /// No more entries than this.
    record Length(long entriesMax) implements Limit {}

    /// No entries below this id.
    record From(StreamId id) implements Limit {}
  }

  /// What is done about entries that groups refer to.
  public enum References {
    /// They go like all others; groups keep referring to them.
    KEPT,
    /// They go, and groups forget them.
    DROPPED,
    /// Those that a group has yet to read or to acknowledge stay.
    AWAITED
  }

  private static final Trim NOTHING = new Trim(null, null, 0);

  /// Plans with references [References#KEPT].
  ///
  /// @param wholeBlocks whether only blocks that go as a whole do
  /// @param most how many entries may go at most, 0 for any number
  public static Trim plan(StreamValue stream, Limit limit, boolean wholeBlocks, long most) {
    SlotRing slots = stream.slots();
    StreamId through = null;
    long removed = 0;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      long left = stream.length() - removed;
      if (isMet(limit, left) || (most > 0 && removed + slot.live > most)) {
        break;
      }
      if (isDispensable(slot, limit, left)) {
        removed += slot.live;
        through = new StreamId(slot.block.lastMs(), slot.block.lastSeq());
        continue;
      }
      if (!wholeBlocks) {
        BlockCursor cursor = slot.block.cursor();
        while (cursor.next() && !ends(limit, cursor, stream.length() - removed)) {
          if (!slot.isDeleted(cursor.index())) {
            removed++;
            through = new StreamId(cursor.ms(), cursor.seq());
          }
        }
      }
      break;
    }
    return removed == 0 ? NOTHING : new Trim(through, null, removed);
  }

  /// Plans entry by entry, leaving alone those that groups wait for with [References#AWAITED].
  public static Trim planSingly(StreamValue stream, Limit limit, References references, long most) {
    SlotRing slots = stream.slots();
    IdList ids = new IdList();
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      long left = stream.length() - ids.size();
      if (isMet(limit, left) || (most > 0 && ids.size() + slot.live > most)) {
        break;
      }
      boolean dispensable = isDispensable(slot, limit, left);
      BlockCursor cursor = slot.block.cursor();
      while (cursor.next() && !ends(limit, cursor, stream.length() - ids.size())) {
        if (!slot.isDeleted(cursor.index())
            && (references != References.AWAITED
                || !stream.isReferenced(cursor.ms(), cursor.seq()))) {
          ids.add(cursor.ms(), cursor.seq());
        }
      }
      if (!dispensable) {
        break;
      }
    }
    return ids.isEmpty() ? NOTHING : new Trim(null, ids, ids.size());
  }

  private static boolean isMet(Limit limit, long left) {
    return limit instanceof Limit.Length(long entriesMax) && left <= entriesMax;
  }

  private static boolean isDispensable(Slot slot, Limit limit, long left) {
    return switch (limit) {
      case Limit.Length(long entriesMax) -> left - slot.live >= entriesMax;
      case Limit.From(StreamId id) -> id.compareTo(slot.block.lastMs(), slot.block.lastSeq()) > 0;
    };
  }

  private static boolean ends(Limit limit, BlockCursor at, long left) {
    return switch (limit) {
      case Limit.Length(long entriesMax) -> left <= entriesMax;
      case Limit.From(StreamId id) -> id.compareTo(at.ms(), at.seq()) <= 0;
    };
  }
}
