package naru.engine.stream;

import java.util.List;
import java.util.function.Consumer;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.KeyedOp;
import naru.engine.Op;
import naru.engine.OpCodec.UnknownOp;
import naru.engine.State;
import naru.engine.stream.block.Block;
import naru.engine.stream.block.BlockShelf;
import naru.engine.stream.block.BlockStore;
import naru.engine.stream.block.EntryBlock;
import naru.engine.stream.block.FiledRun;
import naru.engine.stream.block.HeldSlot;
import naru.engine.stream.block.RunIndex;
import org.jspecify.annotations.Nullable;

/// Effects on the entries of streams, and on streams as a whole.
public sealed interface StreamOp extends KeyedOp
    permits StreamOp.Created,
        StreamOp.Added,
        StreamOp.Repositioned,
        StreamOp.Configured,
        StreamOp.Remembered,
        StreamOp.Repeated,
        StreamOp.BlockRestored,
        StreamOp.Restored,
        StreamOp.RunRestored,
        StreamOp.Deleted,
        StreamOp.Trimmed {
  static StreamOp decode(int tag, int database, Bytes key, ByteReader in) {
    return switch (tag) {
      case 0x60 -> new Created(database, key);
      case 0x61 ->
          new Added(database, key, StreamId.decode(in), in.readByte() != 0, in.readSizedList());
      case 0x64 ->
          new Repositioned(
              database, key, StreamId.decode(in), StreamId.decode(in), in.readVarLong());
      case 0x65 -> new Configured(database, key, in.readVarLong(), in.readVarLong());
      case 0x66 ->
          new Remembered(
              database,
              key,
              in.readSized(),
              in.readSized(),
              StreamId.decode(in),
              in.readSignedVarLong());
      case 0x67 -> new Repeated(database, key);
      case 0x68 -> BlockRestored.decode(database, key, in);
      case 0x69 -> Restored.decode(database, key, in);
      case 0x6A -> RunRestored.decode(database, key, in);
      case 0x6B -> Deleted.decode(database, key, in);
      case 0x6C -> new Trimmed(database, key, StreamId.decode(in), in.readVarLong());
      default -> throw new UnknownOp(tag);
    };
  }

  private static @Nullable StreamValue find(State state, Op op) {
    return state.database(op.database()).value(op.key()) instanceof StreamValue stream
        ? stream
        : null;
  }

  private static StreamValue findOrCreate(State state, Op op) {
    StreamValue stream = find(state, op);
    if (stream == null) {
      stream = new StreamValue();
      state.database(op.database()).put(op.key(), stream);
    }
    return stream;
  }

  /// `0x60`: the key holds an empty stream.
  record Created(int database, Bytes key) implements StreamOp {
    @Override
    public int tag() {
      return 0x60;
    }

    @Override
    public void encodeFields(ByteWriter out) {}

    @Override
    public void applyTo(State state) {
      findOrCreate(state, this);
    }
  }

  /// `0x61`: an entry was added, whose id is above all before; the stream is made if there is none.
  ///
  /// @param opensBlock whether it begins a new block, see [StreamValue#opensBlock]
  /// @param pairs field, value, field, …
  record Added(int database, Bytes key, StreamId id, boolean opensBlock, List<Bytes> pairs)
      implements StreamOp {
    @Override
    public int tag() {
      return 0x61;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      id.encode(out);
      out.writeByte(opensBlock ? 1 : 0);
      out.writeSizedList(pairs);
    }

    @Override
    public void applyTo(State state) {
      findOrCreate(state, this).add(id.ms(), id.seq(), opensBlock, pairs);
    }
  }

  /// `0x64`: what the stream remembers of entries past was set.
  record Repositioned(
      int database, Bytes key, StreamId lastId, StreamId maxDeletedId, long entriesAdded)
      implements StreamOp {
    @Override
    public int tag() {
      return 0x64;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      lastId.encode(out);
      maxDeletedId.encode(out);
      out.writeVarLong(entriesAdded);
    }

    @Override
    public void applyTo(State state) {
      StreamValue stream = find(state, this);
      if (stream != null) {
        stream.reposition(lastId, maxDeletedId, entriesAdded);
      }
    }

    @Override
    public Audience audience() {
      return Audience.NOBODY;
    }
  }

  /// `0x65`: how long and how many messages of producers are remembered; those so far are
  /// forgotten.
  record Configured(int database, Bytes key, long durationS, long entriesMax) implements StreamOp {
    @Override
    public int tag() {
      return 0x65;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeVarLong(durationS);
      out.writeVarLong(entriesMax);
    }

    @Override
    public void applyTo(State state) {
      StreamValue stream = find(state, this);
      if (stream != null) {
        stream.idempotence(state.hashSeed()).configure(durationS, entriesMax);
      }
    }

    @Override
    public Audience audience() {
      return Audience.NOBODY;
    }
  }

  /// `0x66`: an entry is a producer's message of this id.
  ///
  /// @param forgottenMs messages whose entries have these milliseconds in their id, or fewer, are
  ///     forgotten
  record Remembered(
      int database, Bytes key, Bytes producer, Bytes message, StreamId id, long forgottenMs)
      implements StreamOp {
    @Override
    public int tag() {
      return 0x66;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeSized(producer);
      out.writeSized(message);
      id.encode(out);
      out.writeSignedVarLong(forgottenMs);
    }

    @Override
    public void applyTo(State state) {
      StreamValue stream = find(state, this);
      if (stream != null) {
        stream.idempotence(state.hashSeed()).remember(producer, message, id, forgottenMs);
      }
    }

    @Override
    public Audience audience() {
      return Audience.NOBODY;
    }
  }

  /// `0x67`: a producer sent a message again.
  record Repeated(int database, Bytes key) implements StreamOp {
    @Override
    public int tag() {
      return 0x67;
    }

    @Override
    public void encodeFields(ByteWriter out) {}

    @Override
    public void applyTo(State state) {
      StreamValue stream = find(state, this);
      if (stream != null) {
        stream.idempotence(state.hashSeed()).countDuplicate();
      }
    }

    @Override
    public Audience audience() {
      return Audience.NOBODY;
    }
  }

  /// `0x68`: a block, as a whole, stands behind those before it: for snapshots.
  ///
  /// @param marks a bit for each deleted entry, none if there is none
  /// @param block as drawn at [EntryBlock]
  record BlockRestored(
      int database,
      Bytes key,
      StreamId firstId,
      StreamId lastId,
      long firstOrdinal,
      int entries,
      int live,
      long nodeBytes,
      Longs marks,
      Bytes block)
      implements StreamOp {
    /// Stays right when the stream changes: bytes of a block that are written never change.
    static BlockRestored of(int database, Bytes key, HeldSlot slot, EntryBlock block) {
      return new BlockRestored(
          database,
          key,
          new StreamId(block.firstMs(), block.firstSeq()),
          new StreamId(block.lastMs(), block.lastSeq()),
          slot.firstOrdinal(),
          block.entries(),
          slot.live(),
          block.nodeBytes(),
          Longs.of(slot.marks().clone()),
          block.packed());
    }

    static BlockRestored decode(int database, Bytes key, ByteReader in) {
      StreamId firstId = StreamId.decode(in);
      StreamId lastId = StreamId.decode(in);
      long firstOrdinal = in.readVarLong();
      int entries = in.readCount();
      int live = in.readCount();
      long nodeBytes = in.readVarLong();
      long[] marks = new long[in.readCount()];
      for (int i = 0; i < marks.length; i++) {
        marks[i] = in.readLong();
      }
      return new BlockRestored(
          database,
          key,
          firstId,
          lastId,
          firstOrdinal,
          entries,
          live,
          nodeBytes,
          Longs.of(marks),
          in.readSized());
    }

    @Override
    public int tag() {
      return 0x68;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      firstId.encode(out);
      lastId.encode(out);
      out.writeVarLong(firstOrdinal);
      out.writeVarLong(entries);
      out.writeVarLong(live);
      out.writeVarLong(nodeBytes);
      out.writeVarLong(marks.size());
      for (int i = 0; i < marks.size(); i++) {
        out.writeLong(marks.get(i));
      }
      out.writeSized(block);
    }

    @Override
    public void applyTo(State state) {
      Block restored = EntryBlock.restore(firstId, lastId, entries, nodeBytes, block.copy());
      HeldSlot slot = new HeldSlot(restored, firstOrdinal, live);
      slot.marks(marks.toArray());
      findOrCreate(state, this).restore(slot);
    }
  }

  /// `0x69`: the counters of a stream whose blocks were restored.
  ///
  /// @param messagesAdded -1 if no producer ever asked to be remembered
  record Restored(
      int database,
      Bytes key,
      StreamId lastId,
      StreamId maxDeletedId,
      long entriesAdded,
      long nextOrdinal,
      long messagesAdded,
      long messagesRepeated)
      implements StreamOp {
    static Restored decode(int database, Bytes key, ByteReader in) {
      return new Restored(
          database,
          key,
          StreamId.decode(in),
          StreamId.decode(in),
          in.readVarLong(),
          in.readVarLong(),
          in.readSignedVarLong(),
          in.readVarLong());
    }

    @Override
    public int tag() {
      return 0x69;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      lastId.encode(out);
      maxDeletedId.encode(out);
      out.writeVarLong(entriesAdded);
      out.writeVarLong(nextOrdinal);
      out.writeSignedVarLong(messagesAdded);
      out.writeVarLong(messagesRepeated);
    }

    @Override
    public void applyTo(State state) {
      StreamValue stream = findOrCreate(state, this);
      stream.reposition(lastId, maxDeletedId, entriesAdded);
      stream.nextOrdinal(nextOrdinal);
      if (messagesAdded >= 0) {
        stream.idempotence(state.hashSeed()).restore(messagesAdded, messagesRepeated);
      }
    }
  }

  /// `0x6A`: blocks that lie in a file stand behind those before them: for snapshots.
  ///
  /// @param salt of the file
  /// @param offset of the run's first block in the file, whether it is left or not
  /// @param index as drawn at [RunIndex]
  /// @param from the first block that is left, from 0
  /// @param to behind the last block that is left
  /// @param marks for each block with deleted entries its number, how many words follow, and a bit
  ///     for each deleted entry
  record RunRestored(
      int database,
      Bytes key,
      long file,
      long salt,
      long offset,
      Bytes index,
      int from,
      int to,
      Longs marks)
      implements StreamOp {
    /// Stays right when the stream changes.
    static RunRestored of(int database, Bytes key, FiledRun run, int from) {
      BlockStore.Place place = run.place();
      return new RunRestored(
          database,
          key,
          place.file(),
          run.salt(),
          place.offset(),
          run.index().packed(),
          from,
          run.to(),
          Longs.of(run.flatMarks(from)));
    }

    static RunRestored decode(int database, Bytes key, ByteReader in) {
      long file = in.readVarLong();
      long salt = in.readLong();
      long offset = in.readVarLong();
      Bytes index = in.readSized();
      int from = in.readCount();
      int to = in.readCount();
      long[] marks = new long[in.readCount()];
      for (int i = 0; i < marks.length; i++) {
        marks[i] = in.readLong();
      }
      int blocks = RunIndex.of(index).blocks();
      if (from >= to || to > blocks) {
        throw new ByteReader.Malformed("has a run from " + from + " to " + to + " of " + blocks);
      }
      return new RunRestored(database, key, file, salt, offset, index, from, to, Longs.of(marks));
    }

    /// Behind which byte of the file it does not reach.
    public long end() {
      return offset + RunIndex.of(index).end(to - 1);
    }

    /// What the blocks that are left take in the file.
    public long bytes() {
      RunIndex blocks = RunIndex.of(index);
      return blocks.end(to - 1) - blocks.start(from);
    }

    /// The same blocks one by one, read by `shelf`. Throws [UnreadableBlock].
    public void forEachBlock(BlockShelf shelf, Consumer<? super BlockRestored> visitor) {
      FiledRun run = run(shelf);
      for (int i = from; i < to; i++) {
        HeldSlot slot = run.held(i);
        visitor.accept(BlockRestored.of(database, key, slot, (EntryBlock) slot.block()));
      }
    }

    private FiledRun run(BlockShelf shelf) {
      BlockStore.Place place = new BlockStore.Place(file, offset);
      FiledRun run = new FiledRun(shelf, RunIndex.of(index), place, from, to);
      run.flatMarks(marks.toArray());
      return run;
    }

    @Override
    public int tag() {
      return 0x6A;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      out.writeVarLong(file);
      out.writeLong(salt);
      out.writeVarLong(offset);
      out.writeSized(index);
      out.writeVarLong(from);
      out.writeVarLong(to);
      out.writeVarLong(marks.size());
      for (int i = 0; i < marks.size(); i++) {
        out.writeLong(marks.get(i));
      }
    }

    @Override
    public void applyTo(State state) {
      findOrCreate(state, this).restore(run(state.shelf()));
    }
  }

  /// `0x6B`: these entries were deleted.
  ///
  /// Places are told so that nothing has to be read to carry it out: an entry's place is the
  /// ordinal of
  /// its block's first entry and how many stand before it in the block.
  ///
  /// @param places of the entries, in the same order
  /// @param leavesHoles whether [StreamValue#maxDeletedId] takes note of them
  record Deleted(int database, Bytes key, IdList ids, Longs places, boolean leavesHoles)
      implements StreamOp {
    /// Those of `ids` that there are. Throws [naru.engine.stream.block.UnreadableBlock].
    public static Deleted of(
        StreamValue stream, int database, Bytes key, IdList ids, boolean leavesHoles) {
      IdList found = new IdList();
      Longs.Growing places = new Longs.Growing();
      for (int i = 0; i < ids.size(); i++) {
        EntryLookup lookup = stream.lookup();
        if (lookup.contains(ids.ms(i), ids.seq(i))) {
          found.add(ids.ms(i), ids.seq(i));
          places.add(lookup.place());
        }
      }
      return new Deleted(database, key, found, places.all(), leavesHoles);
    }

    static Deleted decode(int database, Bytes key, ByteReader in) {
      IdList ids = IdList.decode(in);
      long[] places = new long[ids.size()];
      long before = 0;
      for (int i = 0; i < places.length; i++) {
        before += in.readSignedVarLong();
        places[i] = before;
      }
      return new Deleted(database, key, ids, Longs.of(places), in.readByte() != 0);
    }

    @Override
    public int tag() {
      return 0x6B;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      ids.encode(out);
      long before = 0;
      for (int i = 0; i < ids.size(); i++) {
        out.writeSignedVarLong(places.get(i) - before);
        before = places.get(i);
      }
      out.writeByte(leavesHoles ? 1 : 0);
    }

    @Override
    public void applyTo(State state) {
      StreamValue stream = find(state, this);
      for (int i = 0; stream != null && i < ids.size(); i++) {
        stream.delete(ids.ms(i), ids.seq(i), places.get(i), leavesHoles);
      }
    }

    @Override
    public Audience audience() {
      return Audience.WATCHING;
    }
  }

  /// `0x6C`: all entries up to this id were deleted.
  ///
  /// @param place of that entry, see [Deleted]
  record Trimmed(int database, Bytes key, StreamId through, long place) implements StreamOp {
    @Override
    public int tag() {
      return 0x6C;
    }

    @Override
    public void encodeFields(ByteWriter out) {
      through.encode(out);
      out.writeVarLong(place);
    }

    @Override
    public void applyTo(State state) {
      StreamValue stream = find(state, this);
      if (stream != null) {
        stream.trim(place);
      }
    }

    @Override
    public Audience audience() {
      return Audience.WATCHING;
    }
  }
}
