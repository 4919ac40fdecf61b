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
/// Before the stream changes, what it remembers and its groups are told at once, and of the blocks
/// that are left only what may change is noted: their bytes never do.
final class StreamRetelling extends Retelling {
  /// Up to so many blocks are told at once rather than noted.
  private static final int FEW_BLOCKS = 8;

  private final StreamValue stream;
  private final Deque<GroupTelling> groups = new ArrayDeque<>();
  private boolean begun;
  private int nextBlock;
  private @Nullable Deque<StreamOp> noted;

  StreamRetelling(StreamValue stream, int database, Bytes key, long expiresAtMs) {
    super(database, key, expiresAtMs);
    this.stream = stream;
  }

  @Override
  protected boolean tellPiece(Consumer<? super Op> out) {
    if (!begun) {
      begun = true;
      tellMemory(out);
      stream.groups().forEach(group -> groups.add(new GroupTelling(group)));
      return true;
    }
    GroupTelling group = groups.peek();
    if (group != null) {
      if (!group.tell(out)) {
        groups.remove();
      }
      return true;
    }
    return tellBlocks(out);
  }

  @Override
  public boolean tellBeforeChange(Consumer<? super Op> out) {
    while (!begun || !groups.isEmpty()) {
      tell(out);
    }
    if (noted != null) {
      return !noted.isEmpty();
    }
    if (stream.blocks() - nextBlock <= FEW_BLOCKS) {
      return super.tellBeforeChange(out);
    }
    noteRest();
    return true;
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

  private boolean tellBlocks(Consumer<? super Op> out) {
    int bytes = 0;
    boolean told = false;
    while (bytes < PIECE_BYTES && hasBlock()) {
      StreamOp op = next();
      bytes +=
          switch (op) {
            case StreamOp.BlockRestored block -> block.block().length();
            case StreamOp.RunRestored run -> run.index().length();
            default -> 0;
          };
      out.accept(op);
      told = true;
    }
    return told;
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

    GroupTelling(ConsumerGroup group) {
      this.group = group;
    }

    /// Tells the next piece; false if nothing was left to tell.
    boolean tell(Consumer<? super Op> out) {
      PendingEntries.Cursor cursor = pending;
      if (cursor != null) {
        return tellPending(cursor, out);
      }
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
      pending = group.pending().from(StreamId.ZERO);
      return true;
    }

    private void notePlace(int number, int place) {
      if (number >= places.length) {
        places = Arrays.copyOf(places, Math.max(number + 1, 2 * places.length));
      }
      places[number] = place;
    }

    private boolean tellPending(PendingEntries.Cursor cursor, Consumer<? super Op> out) {
      IdList ids = new IdList(PIECE_ELEMENTS);
      long[] owners = new long[PIECE_ELEMENTS];
      long[] times = new long[PIECE_ELEMENTS];
      long[] counts = new long[PIECE_ELEMENTS];
      while (ids.size() < PIECE_ELEMENTS && cursor.next()) {
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
