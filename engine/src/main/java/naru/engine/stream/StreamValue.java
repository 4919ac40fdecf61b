package naru.engine.stream;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.engine.Retelling;
import naru.engine.Value;
import naru.engine.stream.block.BatchBlock;
import naru.engine.stream.block.Block;
import naru.engine.stream.block.BlockLimits;
import naru.engine.stream.block.BlockShelf;
import naru.engine.stream.block.BlockStore;
import naru.engine.stream.block.EntryBlock;
import naru.engine.stream.block.FiledBlock;
import naru.engine.stream.block.FiledRun;
import naru.engine.stream.block.FiledSlot;
import naru.engine.stream.block.HeldSlot;
import naru.engine.stream.block.NodeSize;
import naru.engine.stream.block.RadixSize;
import naru.engine.stream.block.Slot;
import naru.engine.stream.block.Slots;
import org.jspecify.annotations.Nullable;

/// A stream: entries in the order of their ids, and the groups that read them. It may be empty.
///
/// Entries stand in blocks, of which only the last is open. Adding costs the bytes added; reading a
/// range costs finding its first block by halving and the bytes read. An entry has no object of its
/// own.
public final class StreamValue implements Value {
  private static final int COUNTED_BLOCKS_MAX = 10_000;

  /// Itself, three ids, the tree of its groups and their tally.
  private static final int OBJECT_BYTES = 64 + 3 * 24 + 48 + 16;

  private final Slots slots;
  private final TreeMap<Bytes, ConsumerGroup> groups = new TreeMap<>();
  private final ConsumerGroup.Tally groupTally = new ConsumerGroup.Tally();
  private @Nullable Idempotence idempotence;
  private long length;
  private long entriesAdded;
  private long nextOrdinal;
  private StreamId lastId = StreamId.ZERO;
  private StreamId maxDeletedId = StreamId.ZERO;

  /// The first entry's id, null when it is not known.
  private @Nullable StreamId firstId = StreamId.ZERO;

  // For the StreamRegister of its database alone.
  @Nullable StreamRegister register;
  @Nullable StreamValue nextInRegister;
  @Nullable StreamValue previousInRegister;
  long countedMemoryBytes;
  long countedFiledBytes;

  public StreamValue() {
    this(new Slots());
  }

  private StreamValue(Slots slots) {
    this.slots = slots;
  }

  /// How many entries there are.
  public long length() {
    return length;
  }

  /// How many blocks they are in.
  public int blocks() {
    return slots.size();
  }

  /// How many nodes Redis' tree of the blocks would have; above this many blocks only about.
  public long radixNodes() {
    return slots.size() <= COUNTED_BLOCKS_MAX ? RadixSize.nodes(slots) : 2L * slots.size();
  }

  /// How many entries were ever added, as far as is known: a client may set it.
  public long entriesAdded() {
    return entriesAdded;
  }

  /// The ordinal of the next entry: how many were ever added to this value. Never goes back.
  public long nextOrdinal() {
    return nextOrdinal;
  }

  /// The highest id ever given; all later ones are above.
  public StreamId lastId() {
    return lastId;
  }

  /// The highest id that was deleted singly, not trimmed.
  public StreamId maxDeletedId() {
    return maxDeletedId;
  }

  /// The first entry's id, [StreamId#ZERO] if there is no entry.
  public StreamId firstId() {
    StreamId known = firstId;
    if (known == null) {
      StreamCursor first = range(StreamId.ZERO, StreamId.MAX);
      known = first.next() ? first.id() : StreamId.ZERO;
      firstId = known;
    }
    return known;
  }

  /// The last entry's id, [StreamId#ZERO] if there is no entry.
  public StreamId lastEntryId() {
    if (length == 0) {
      return StreamId.ZERO;
    }
    Slot last = slots.last();
    Block block = last.block();
    if (!last.isDeleted(block.entries() - 1)) {
      return new StreamId(block.lastMs(), block.lastSeq());
    }
    StreamCursor cursor = rangeDown(StreamId.ZERO, StreamId.MAX);
    return cursor.next() ? cursor.id() : StreamId.ZERO;
  }

  /// The entries from one id to another, both included, upwards.
  public StreamCursor range(StreamId from, StreamId to) {
    return new StreamCursor(slots, from, to, false);
  }

  /// The entries between the same ids, downwards.
  public StreamCursor rangeDown(StreamId from, StreamId to) {
    return new StreamCursor(slots, from, to, true);
  }

  public EntryLookup lookup() {
    return new EntryLookup(slots);
  }

  /// Whether an entry of this content goes into a new block. Decided once and written into the op,
  /// so that a change of the limits does not change what is replayed.
  public boolean opensBlock(List<Bytes> pairs, BlockLimits limits) {
    if (slots.isEmpty()) {
      return true;
    }
    long payload = NodeSize.payload(pairs);
    return switch (slots.last().block()) {
      case EntryBlock block -> !block.hasRoomFor(payload, limits);
      // All entries behind it were deleted. To be added to, it has to be read: better now.
      case FiledBlock filed ->
          !limits.haveRoomFor(filed.nodeBytes() + payload, filed.entries())
              || filed.content().entries() == 0;
      case BatchBlock _ -> true;
    };
  }

  Slots slots() {
    return slots;
  }

  /// All groups, by name.
  public Collection<ConsumerGroup> groups() {
    return Collections.unmodifiableCollection(groups.values());
  }

  public @Nullable ConsumerGroup group(Bytes name) {
    return groups.get(name);
  }

  /// Null while no producer asked for it.
  public @Nullable Idempotence idempotence() {
    return idempotence;
  }

  /// Whether a group has yet to read the entry, or to acknowledge it.
  public boolean isReferenced(long ms, long seq) {
    return isReferencedBesides(null, ms, seq);
  }

  /// As [#isReferenced], when one group is about to acknowledge it.
  public boolean isReferencedBesides(@Nullable ConsumerGroup done, long ms, long seq) {
    for (ConsumerGroup group : groups.values()) {
      if (group.lastId().compareTo(ms, seq) < 0
          || (group != done && group.pending().contains(ms, seq))) {
        return true;
      }
    }
    return false;
  }

  void add(long ms, long seq, boolean opensBlock, List<Bytes> pairs) {
    HeldSlot last = opensBlock || slots.isEmpty() ? null : lastHeld();
    if (last != null && last.block() instanceof EntryBlock open) {
      open.append(ms, seq, pairs);
      last.added();
    } else {
      if (!slots.isEmpty() && slots.last().block() instanceof EntryBlock full) {
        full.seal();
      }
      slots.addLast(new HeldSlot(EntryBlock.begin(ms, seq, pairs), nextOrdinal, 1));
      changed();
    }
    lastId = new StreamId(ms, seq);
    firstId = length == 0 ? lastId : firstId;
    length++;
    entriesAdded++;
    nextOrdinal++;
  }

  private HeldSlot lastHeld() {
    return switch (slots.last()) {
      case HeldSlot held -> held;
      case FiledSlot _ -> slots.takeBackLast();
    };
  }

  /// What it takes in memory or in files has changed.
  private void changed() {
    if (register != null) {
      register.changed(this);
    }
  }

  /// Adds a block that was part of a stream like this one.
  void restore(HeldSlot slot) {
    slots.addLast(slot);
    length += slot.live();
    firstId = null;
    changed();
  }

  /// Adds blocks that lie in a file, and were part of a stream like this one.
  void restore(FiledRun run) {
    slots.addLast(run);
    length += run.live();
    firstId = null;
    changed();
  }

  /// Gives back some memory, of the oldest blocks first: up to a run of them lies in a file from
  /// now on, and there alone. What is there does not change by it. Returns how many bytes were laid
  /// down or given up, 0 if there is nothing to give.
  public long relieve(BlockShelf shelf, BlockStore store) {
    long given = slots.leaveOldest();
    if (given == 0) {
      given = slots.layOldest(shelf, store, false);
    }
    changed();
    return given;
  }

  /// Lays down a run of the blocks that are in memory alone; they stay there too. Returns how many
  /// bytes that were, 0 if fewer than `bytesMin` are left.
  ///
  /// @param before blocks that begin with this ordinal or a later one are left for another time
  public long lay(BlockShelf shelf, BlockStore store, long bytesMin, long before) {
    if (slots.held() < 2 || slots.heldBytes() < bytesMin || slots.firstHeldOrdinal() >= before) {
      return 0;
    }
    long laid = slots.layOldest(shelf, store, true);
    changed();
    return laid;
  }

  /// How many runs of blocks lie in files.
  public int runs() {
    return slots.filed().size();
  }

  /// Lays the n-th run down again if its file is to be left; returns how many bytes that were.
  /// Throws [UnreadableBlock].
  public long layAgain(int n, BlockStore store) {
    FiledRun run = slots.filed().run(n);
    if (!store.isToBeLeft(run.file())) {
      return 0;
    }
    slots.layAgain(n, store);
    changed();
    return run.filedBytes();
  }

  /// Deletes an entry, if there is one. Reads no block.
  ///
  /// @param place see [StreamOp.Deleted]
  /// @param leavesHole whether groups have to reckon with the gap
  void delete(long ms, long seq, long place, boolean leavesHole) {
    int at = slots.floor(ms, seq);
    if (at < 0) {
      return;
    }
    Slot slot = slots.get(at);
    long index = place - slot.firstOrdinal();
    if (index < 0 || index >= slot.block().entries() || slot.isDeleted((int) index)) {
      return;
    }
    slots.delete(at, (int) index);
    length--;
    firstId = null;
    if (slot.live() == 0) {
      slots.remove(at);
      changed();
    }
    if (leavesHole && maxDeletedId.compareTo(ms, seq) < 0) {
      maxDeletedId = new StreamId(ms, seq);
    }
  }

  /// Deletes all entries up to a place, see [StreamOp.Deleted]. Reads no block.
  void trim(long place) {
    while (!slots.isEmpty()) {
      Slot slot = slots.get(0);
      if (slot.firstOrdinal() + slot.block().entries() - 1 > place) {
        trim(slot, place);
        break;
      }
      length -= slot.live();
      slots.remove(0);
    }
    firstId = null;
    changed();
  }

  private void trim(Slot slot, long place) {
    int before = slot.live();
    for (int i = 0; slot.firstOrdinal() + i <= place; i++) {
      if (!slot.isDeleted(i)) {
        slots.delete(0, i);
      }
    }
    length -= before - slot.live();
    if (slot.live() == 0) {
      slots.remove(0);
    }
  }

  void reposition(StreamId newLastId, StreamId newMaxDeletedId, long newEntriesAdded) {
    lastId = newLastId;
    maxDeletedId = newMaxDeletedId;
    entriesAdded = newEntriesAdded;
  }

  void nextOrdinal(long newNextOrdinal) {
    nextOrdinal = newNextOrdinal;
  }

  ConsumerGroup createGroup(Bytes name, StreamId startId, long entriesRead) {
    ConsumerGroup group = new ConsumerGroup(name.owned(), startId, entriesRead, groupTally);
    groups.put(group.name(), group);
    return group;
  }

  void removeGroup(Bytes name) {
    ConsumerGroup removed = groups.remove(name);
    if (removed != null) {
      removed.leaveTally();
    }
  }

  Idempotence idempotence(long hashSeed) {
    Idempotence present = idempotence;
    if (present == null) {
      present = new Idempotence(hashSeed);
      idempotence = present;
    }
    return present;
  }

  @Override
  public Retelling retelling(int database, Bytes key, long expiresAtMs, Retelling.Pieces pieces) {
    return new StreamRetelling(this, database, key, expiresAtMs, pieces);
  }

  @Override
  public StreamValue copy() {
    StreamValue copy = new StreamValue(slots.copy());
    for (ConsumerGroup group : groups.values()) {
      copy.groups.put(group.name(), group.copy(copy.groupTally));
    }
    copy.idempotence = idempotence == null ? null : idempotence.copy();
    copy.length = length;
    copy.nextOrdinal = nextOrdinal;
    copy.reposition(lastId, maxDeletedId, entriesAdded);
    copy.firstId = firstId;
    return copy;
  }

  /// A stream of this one's very entries, and of one group alone.
  StreamValue with(ConsumerGroup group) {
    StreamValue twin = new StreamValue(slots);
    twin.groups.put(group.name(), group);
    twin.length = length;
    twin.nextOrdinal = nextOrdinal;
    twin.reposition(lastId, maxDeletedId, entriesAdded);
    twin.firstId = firstId;
    return twin;
  }

  /// Not while it has groups: somebody counts on reading it.
  @Override
  public boolean isEvictable() {
    return groups.isEmpty();
  }

  /// What it takes in memory.
  @Override
  public long sizeBytes() {
    return OBJECT_BYTES
        + slots.sizeBytes()
        + groupTally.bytes
        + (idempotence == null ? 0 : idempotence.sizeBytes());
  }
}
