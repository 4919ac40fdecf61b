package naru.rdb;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.stream.BlockWalk;
import naru.engine.stream.Consumer;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.Idempotence;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamValue;
import naru.engine.stream.block.BlockCursor;
import org.jspecify.annotations.Nullable;

/// Writes streams as [StreamReader] reads them: a block is a node.
///
/// Below the version that has a place for it, what producers have sent is left out, and pending
/// entries that were given back belong to the group's first consumer, delivered long ago, so that
/// whoever claims idle entries gets them.
final class StreamWriter {
  private static final int DELETED = 1;
  private static final int SAME_FIELDS = 2;
  private static final Bytes NOBODY = Bytes.of("nobody");

  private final RdbOutput out;
  private final ListpackWriter packed;
  private final int version;

  StreamWriter(RdbOutput out, ListpackWriter packed, int version) {
    this.out = out;
    this.packed = packed;
    this.version = version;
  }

  static RdbType type(int version) {
    if (version >= RdbVersion.RELEASED_ENTRIES) {
      return RdbType.STREAM_LISTPACKS_5;
    }
    if (version >= RdbVersion.PRODUCERS) {
      return RdbType.STREAM_LISTPACKS_4;
    }
    return version >= RdbVersion.ACTIVE_CONSUMERS
        ? RdbType.STREAM_LISTPACKS_3
        : RdbType.STREAM_LISTPACKS_2;
  }

  void write(StreamValue stream) {
    out.writeLength(stream.blocks());
    BlockWalk blocks = new BlockWalk(stream);
    while (blocks.next()) {
      writeNode(blocks);
    }
    out.writeLength(stream.length());
    writeId(stream.lastId());
    writeId(stream.firstId());
    writeId(stream.maxDeletedId());
    out.writeLength(stream.entriesAdded());
    out.writeLength(stream.groups().size());
    for (ConsumerGroup group : stream.groups()) {
      writeGroup(group);
    }
    if (version >= RdbVersion.PRODUCERS) {
      writeProducers(stream.idempotence());
    }
  }

  private void writeId(StreamId id) {
    out.writeLength(id.ms());
    out.writeLength(id.seq());
  }

  private void writeRaw(long ms, long seq) {
    out.writeBigLong(ms);
    out.writeBigLong(seq);
  }

  /// See the drawing in [StreamReader].
  private void writeNode(BlockWalk blocks) {
    ByteWriter id = new ByteWriter(16);
    id.writeLong(Long.reverseBytes(blocks.firstMs()));
    id.writeLong(Long.reverseBytes(blocks.firstSeq()));
    out.writeString(Bytes.of(id.array(), 0, id.length()));
    packed.add(blocks.live());
    packed.add(blocks.entries() - blocks.live());
    BlockCursor entry = blocks.cursor();
    List<Bytes> fields = new ArrayList<>();
    while (entry.next()) {
      if (entry.index() == 0) {
        begin(blocks.cursor(), fields);
      }
      writeEntry(blocks, entry, fields);
    }
    out.writeString(packed.bytes());
    packed.clear();
    out.breathe();
  }

  /// The fields of the first entry are those of the node.
  private void begin(BlockCursor first, List<Bytes> fields) {
    first.next();
    packed.add(first.pairs());
    while (first.nextPair()) {
      fields.add(first.field());
      packed.add(first.field());
    }
    packed.add(0);
  }

  private void writeEntry(BlockWalk blocks, BlockCursor entry, List<Bytes> fields) {
    int count = entry.pairs();
    List<Bytes> pairs = new ArrayList<>(2 * count);
    boolean same = count == fields.size();
    for (int i = 0; entry.nextPair(); i++) {
      pairs.add(entry.field());
      pairs.add(entry.value());
      same = same && fields.get(i).equals(entry.field());
    }
    boolean isDeleted = blocks.isDeleted(entry.index());
    packed.add((same ? SAME_FIELDS : 0) | (isDeleted ? DELETED : 0));
    packed.add(entry.ms() - blocks.firstMs());
    packed.add(entry.seq() - blocks.firstSeq());
    if (!same) {
      packed.add(count);
    }
    for (int i = same ? 1 : 0; i < pairs.size(); i += same ? 2 : 1) {
      packed.add(pairs.get(i));
    }
    packed.add(same ? count + 3L : 2L * count + 4);
  }

  private void writeGroup(ConsumerGroup group) {
    out.writeString(group.name());
    writeId(group.lastId());
    out.writeLength(group.entriesRead());
    PendingEntries pending = group.pending();
    out.writeLength(pending.size());
    PendingEntries.Cursor each = pending.from(StreamId.ZERO);
    while (each.next()) {
      writeRaw(each.ms(), each.seq());
      out.writeLong(each.deliveredAtMs());
      out.writeLength(each.count());
      out.breathe();
    }
    boolean givesAway = version < RdbVersion.RELEASED_ENTRIES && pending.unowned() > 0;
    boolean isAlone = group.consumers().isEmpty();
    out.writeLength(isAlone && givesAway ? 1 : group.consumers().size());
    if (isAlone && givesAway) {
      writeConsumer(NOBODY, 0, 0);
      writePending(pending, PendingEntries.NOBODY, pending.unowned());
    }
    boolean isFirst = true;
    for (Consumer consumer : group.consumers()) {
      writeConsumer(consumer.name(), consumer.seenAtMs(), consumer.activeAtMs());
      writePending(pending, consumer, isFirst && givesAway);
      isFirst = false;
    }
    if (version >= RdbVersion.RELEASED_ENTRIES) {
      writeReleased(pending);
    }
  }

  private void writeConsumer(Bytes name, long seenAtMs, long activeAtMs) {
    out.writeString(name);
    out.writeLong(seenAtMs);
    if (version >= RdbVersion.ACTIVE_CONSUMERS) {
      out.writeLong(activeAtMs);
    }
  }

  private void writePending(PendingEntries pending, Consumer consumer, boolean andReleased) {
    if (!andReleased) {
      writePending(pending, consumer.number(), consumer.pending());
      return;
    }
    out.writeLength(consumer.pending() + pending.unowned());
    PendingEntries.Cursor each = pending.from(StreamId.ZERO);
    while (each.next()) {
      if (each.owner() == consumer.number() || each.owner() == PendingEntries.NOBODY) {
        writeRaw(each.ms(), each.seq());
        out.breathe();
      }
    }
  }

  private void writePending(PendingEntries pending, int owner, long count) {
    out.writeLength(count);
    PendingEntries.Cursor each = pending.from(StreamId.ZERO).of(owner);
    while (each.next()) {
      writeRaw(each.ms(), each.seq());
      out.breathe();
    }
  }

  /// In the order in which they are claimed.
  private void writeReleased(PendingEntries pending) {
    out.writeLength(pending.unowned());
    List<long[]> line = new ArrayList<>();
    PendingEntries.Cursor each = pending.from(StreamId.ZERO).of(PendingEntries.NOBODY);
    while (each.next()) {
      line.add(new long[] {each.order(), each.ms(), each.seq()});
    }
    line.sort((one, other) -> Long.compare(one[0], other[0]));
    for (long[] entry : line) {
      writeRaw(entry[1], entry[2]);
      out.breathe();
    }
  }

  private void writeProducers(@Nullable Idempotence known) {
    if (known == null) {
      out.writeLength(Idempotence.DURATION_DEFAULT_S);
      out.writeLength(Idempotence.ENTRIES_DEFAULT_MAX);
      out.writeLength(0);
      out.writeLength(0);
      out.writeLength(0);
      return;
    }
    out.writeLength(known.durationS());
    out.writeLength(known.entriesMax());
    List<Bytes> producers = known.producerNames();
    out.writeLength(producers.size());
    for (Bytes producer : producers) {
      writeMessages(known, producer);
    }
    out.writeLength(known.added());
    out.writeLength(known.duplicates());
  }

  private void writeMessages(Idempotence known, Bytes producer) {
    List<Bytes> messages = new ArrayList<>();
    List<StreamId> entries = new ArrayList<>();
    known.forEach(
        producer,
        (message, entry) -> {
          messages.add(message);
          entries.add(entry);
        });
    out.writeString(producer);
    out.writeLength(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      out.writeString(messages.get(i));
      writeId(entries.get(i));
      out.breathe();
    }
  }
}
