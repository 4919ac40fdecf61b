package naru.engine.stream;

import org.jspecify.annotations.Nullable;

/// Which entries a limit on a stream takes away, found without taking them.
///
/// A plan may reckon with an entry that is about to be added and is not there yet.
///
/// @param through all entries up to this id go; null if none or only some of them do
/// @param place of that entry, see [StreamOp.Deleted]
/// @param ids the entries that go, if not all up to an id; null otherwise
/// @param places of these
/// @param removed how many go
public record Trim(
    @Nullable StreamId through, long place, @Nullable IdList ids, Longs places, long removed) {
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

  private static final Trim NOTHING = new Trim(null, 0, null, Longs.of(), 0);

  /// Plans with references [References#KEPT].
  ///
  /// @param wholeBlocks whether only blocks that go as a whole do
  /// @param most how many entries may go at most, 0 for any number
  public static Trim plan(
      StreamValue stream,
      StreamOp.@Nullable Added coming,
      Limit limit,
      boolean wholeBlocks,
      long most) {
    Outlook outlook = new Outlook(stream, coming);
    StreamId through = null;
    long place = 0;
    long removed = 0;
    for (int i = 0; i < outlook.blocks(); i++) {
      long left = outlook.length() - removed;
      if (isMet(limit, left) || (most > 0 && removed + outlook.live(i) > most)) {
        break;
      }
      if (isDispensable(outlook, i, limit, left)) {
        removed += outlook.live(i);
        through = outlook.last(i);
        place = outlook.lastPlace(i);
        continue;
      }
      if (!wholeBlocks) {
        Outlook.Walk walk = outlook.walk(i);
        while (walk.next() && !ends(limit, walk, outlook.length() - removed)) {
          removed++;
          through = new StreamId(walk.ms(), walk.seq());
          place = walk.place();
        }
      }
      break;
    }
    return removed == 0 ? NOTHING : new Trim(through, place, null, Longs.of(), removed);
  }

  /// Plans entry by entry, leaving alone those that groups wait for with [References#AWAITED].
  public static Trim planSingly(
      StreamValue stream,
      StreamOp.@Nullable Added coming,
      Limit limit,
      References references,
      long most) {
    Outlook outlook = new Outlook(stream, coming);
    IdList ids = new IdList();
    Longs.Growing places = new Longs.Growing();
    for (int i = 0; i < outlook.blocks(); i++) {
      long left = outlook.length() - ids.size();
      if (isMet(limit, left) || (most > 0 && ids.size() + outlook.live(i) > most)) {
        break;
      }
      boolean dispensable = isDispensable(outlook, i, limit, left);
      Outlook.Walk walk = outlook.walk(i);
      while (walk.next() && !ends(limit, walk, outlook.length() - ids.size())) {
        if (references != References.AWAITED || !stream.isReferenced(walk.ms(), walk.seq())) {
          ids.add(walk.ms(), walk.seq());
          places.add(walk.place());
        }
      }
      if (!dispensable) {
        break;
      }
    }
    return ids.isEmpty() ? NOTHING : new Trim(null, 0, ids, places.all(), ids.size());
  }

  private static boolean isMet(Limit limit, long left) {
    return limit instanceof Limit.Length(long entriesMax) && left <= entriesMax;
  }

  private static boolean isDispensable(Outlook outlook, int block, Limit limit, long left) {
    return switch (limit) {
      case Limit.Length(long entriesMax) -> left - outlook.live(block) >= entriesMax;
      case Limit.From(StreamId id) -> id.compareTo(outlook.last(block)) > 0;
    };
  }

  private static boolean ends(Limit limit, Outlook.Walk at, long left) {
    return switch (limit) {
      case Limit.Length(long entriesMax) -> left <= entriesMax;
      case Limit.From(StreamId id) -> id.compareTo(at.ms(), at.seq()) <= 0;
    };
  }
}
