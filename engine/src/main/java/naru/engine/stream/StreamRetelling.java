package naru.engine.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.Retelling;
import naru.engine.stream.block.BatchBlock;
import naru.engine.stream.block.EntryBlock;
import naru.engine.stream.block.FiledBlock;
import naru.engine.stream.block.FiledRun;
import naru.engine.stream.block.FiledSlot;
import naru.engine.stream.block.HeldSlot;
import naru.engine.stream.block.Slot;
import org.jspecify.annotations.Nullable;

/// A stream as ops: what it remembers, its groups, then its entries, block by block.
///
/// Before the stream changes, what it remembers and who is in its groups is told at once; what is
/// pending there is told from a view; and of the blocks that are left only what may change is
/// noted:
/// their bytes never do.
final class StreamRetelling extends Retelling {
  /// Up to so many blocks are told at once rather than noted.
  private static final int FEW_BLOCKS = 8;

  private final StreamValue stream;
  private final Deque<GroupTelling> groups = new ArrayDeque<>();
  private boolean begun;
  private int nextBlock;
  private @Nullable Deque<StreamOp> noted;

  StreamRetelling(StreamValue stream, int database, Bytes key, long expiresAtMs, Pieces pieces) {
    super(database, key, expiresAtMs, pieces);
    this.stream = stream;
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    if (!begun) {
      begun = true;
      tellMemory(out);
      stream.groups().forEach(group -> groups.add(new GroupTelling(group)));
      return isAnythingLeft();
    }
    GroupTelling group = groups.peek();
    if (group == null) {
      tellBlocks(out);
    } else if (!group.tell(out)) {
      groups.remove();
    }
    return isAnythingLeft();
  }

  private boolean isAnythingLeft() {
    return !groups.isEmpty() || hasBlock();
  }

  @Override
  public boolean tellBeforeChange(Op change, Consumer<? super Op> out) {
    if (!begun) {
      tell(out);
    }
    groups.removeIf(group -> !group.tellBeforeChange(out));
    if (noted == null && groups.isEmpty() && stream.blocks() - nextBlock <= FEW_BLOCKS) {
      while (hasBlock()) {
        tell(out);
      }
    }
    if (noted == null) {
      noteRest();
    }
    return isAnythingLeft();
  }

  /// Groups have views of their own, and blocks are noted.
  @Override
  protected boolean view() {
    return false;
  }

  private void noteRest() {
    Deque<StreamOp> left = new ArrayDeque<>();
    while (nextBlock < stream.blocks()) {
      left.add(blocks());
    }
    noted = left;
  }

  private void tellMemory(Consumer<? super Op> out) {
    out.accept(new StreamOp.Created(database, key));
    Idempotence idempotence = stream.idempotence();
    if (idempotence != null) {
      out.accept(
          new StreamOp.Configured(
              database, key, idempotence.durationS(), idempotence.entriesMax()));
      idempotence.forEach(
          (producer, message, id) ->
              out.accept(
                  new StreamOp.Remembered(database, key, producer, message, id, Long.MIN_VALUE)));
    }
    out.accept(
        new StreamOp.Restored(
            database,
            key,
            stream.lastId(),
            stream.maxDeletedId(),
            stream.entriesAdded(),
            stream.nextOrdinal(),
            idempotence == null ? -1 : idempotence.added(),
            idempotence == null ? 0 : idempotence.duplicates()));
  }

  private void tellBlocks(Consumer<? super Op> out) {
    int bytes = 0;
    while (bytes < pieces.bytes() && hasBlock()) {
      StreamOp op = next();
      bytes +=
          switch (op) {
            case StreamOp.BlockRestored block -> block.block().length();
            case StreamOp.RunRestored run -> run.index().length();
            default -> 0;
          };
      out.accept(op);
    }
  }

  private StreamOp next() {
    if (noted == null && nextBlock >= stream.slots().filed().blocks()) {
      // Those in memory may move to files before they are told, and runs come before single blocks.
      noteRest();
    }
    return noted == null ? blocks() : noted.remove();
  }

  private boolean hasBlock() {
    return noted == null ? nextBlock < stream.blocks() : !noted.isEmpty();
  }

  /// The next block or, if it lies in a file, what is left of its run.
  private StreamOp blocks() {
    Slot slot = stream.slots().get(nextBlock);
    return switch (slot) {
      case HeldSlot held -> {
        nextBlock++;
        yield switch (held.block()) {
          case EntryBlock block -> StreamOp.BlockRestored.of(database, key, held, block);
          case FiledBlock _, BatchBlock _ ->
              throw new IllegalStateException("no op restores such a block");
        };
      }
      case FiledSlot(FiledRun run, int at) -> {
        nextBlock += run.to() - at;
        yield StreamOp.RunRestored.of(database, key, run, at);
      }
    };
  }

  /// A group as ops: how far it is and who its members are, then what is pending.
  private final class GroupTelling {
    private final ConsumerGroup group;
    private PendingEntries.@Nullable Cursor pending;
    private int[] places = {};
    private boolean viewed;

    GroupTelling(ConsumerGroup group) {
      this.group = group;
    }

    /// Tells the next piece; false if nothing was left to tell.
    boolean tell(Consumer<? super Op> out) {
      PendingEntries.Cursor cursor = pending;
      if (cursor != null) {
        return tellPending(cursor, out);
      }
      tellMembers(out);
      pending = group.pending().from(StreamId.ZERO);
      return true;
    }

    /// What is left then stays right; false if nothing is.
    boolean tellBeforeChange(Consumer<? super Op> out) {
      if (viewed) {
        return true;
      }
      PendingEntries.Cursor cursor = pending;
      if (cursor == null) {
        tellMembers(out);
        cursor = group.pending().from(StreamId.ZERO);
      }
      viewed = group.pending().sizeBytes() >= pieces.viewBytes();
      pending = viewed ? cursor.onView() : cursor;
      while (!viewed && tellPending(cursor, out)) {}
      return viewed;
    }

    private void tellMembers(Consumer<? super Op> out) {
      Bytes name = group.name();
      out.accept(new GroupOp.Created(database, key, name, group.lastId(), group.entriesRead()));
      List<naru.engine.stream.Consumer> members = new ArrayList<>(group.consumers());
      for (int place = 0; place < members.size(); place++) {
        naru.engine.stream.Consumer member = members.get(place);
        out.accept(
            new GroupOp.Joined(
                database, key, name, member.name(), member.seenAtMs(), member.activeAtMs()));
        notePlace(member.number(), place);
      }
    }

    private void notePlace(int number, int place) {
      if (number >= places.length) {
        places = Arrays.copyOf(places, Math.max(number + 1, 2 * places.length));
      }
      places[number] = place;
    }

    private boolean tellPending(PendingEntries.Cursor cursor, Consumer<? super Op> out) {
      IdList ids = new IdList(pieces.elements());
      long[] owners = new long[pieces.elements()];
      long[] times = new long[pieces.elements()];
      long[] counts = new long[pieces.elements()];
      while (ids.size() < pieces.elements() && cursor.next()) {
        int at = ids.size();
        owners[at] = cursor.owner() < 0 ? PendingEntries.NOBODY : places[cursor.owner()];
        times[at] = cursor.order();
        counts[at] = cursor.count();
        ids.add(cursor.ms(), cursor.seq());
      }
      int count = ids.size();
      if (count > 0) {
        out.accept(
            new GroupOp.PendingRestored(
                database,
                key,
                group.name(),
                ids,
                longs(owners, count),
                longs(times, count),
                longs(counts, count)));
      }
      return count > 0;
    }

    private static Longs longs(long[] numbers, int count) {
      return Longs.of(Arrays.copyOf(numbers, count));
    }
  }
}
