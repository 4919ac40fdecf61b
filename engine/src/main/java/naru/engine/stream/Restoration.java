package naru.engine.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.engine.Op;

/// A stream as the ops that make it again, block by block: what a snapshot holds of it.
public final class Restoration {
  /// Pending entries in one op.
  private static final int ENTRIES_PER_OP = 1024;

  private final int database;
  private final Bytes key;
  private final java.util.function.Consumer<Op> visitor;

  private Restoration(int database, Bytes key, java.util.function.Consumer<Op> visitor) {
    this.database = database;
    this.key = key;
    this.visitor = visitor;
  }

  /// Visits the ops, to be applied in this order to a state without the key. Their bytes are
  /// borrowed from the stream.
  public static void visit(
      StreamValue stream, int database, Bytes key, java.util.function.Consumer<Op> visitor) {
    Restoration restoration = new Restoration(database, key, visitor);
    restoration.blocks(stream);
    for (ConsumerGroup group : stream.groups()) {
      restoration.group(group);
    }
  }

  private void blocks(StreamValue stream) {
    visitor.accept(new StreamOp.Created(database, key));
    for (int i = 0; i < stream.slots().size(); i++) {
      Slot slot = stream.slots().get(i);
      if (slot.block instanceof EntryBlock block) {
        visitor.accept(StreamOp.BlockRestored.of(database, key, slot, block));
      }
    }
    Idempotence idempotence = stream.idempotence();
    if (idempotence != null) {
      visitor.accept(
          new StreamOp.Configured(
              database, key, idempotence.durationS(), idempotence.entriesMax()));
      idempotence.forEach(
          (producer, message, id) ->
              visitor.accept(
                  new StreamOp.Remembered(database, key, producer, message, id, Long.MIN_VALUE)));
    }
    visitor.accept(
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

  private void group(ConsumerGroup group) {
    Bytes name = group.name();
    visitor.accept(new GroupOp.Created(database, key, name, group.lastId(), group.entriesRead()));
    for (Consumer consumer : group.consumers()) {
      visitor.accept(
          new GroupOp.Joined(
              database, key, name, consumer.name(), consumer.seenAtMs(), consumer.activeAtMs()));
    }
    for (Consumer consumer : group.consumers()) {
      pending(group, consumer);
    }
    released(group);
  }

  /// What a consumer has pending: an op for all that was delivered at the same time.
  private void pending(ConsumerGroup group, Consumer consumer) {
    Map<Long, IdList> byTime = new TreeMap<>();
    PendingEntries.Cursor cursor = group.pending().from(StreamId.ZERO).of(consumer.number());
    while (cursor.next()) {
      byTime
          .computeIfAbsent(cursor.deliveredAtMs(), _ -> new IdList())
          .add(cursor.ms(), cursor.seq());
    }
    byTime.forEach(
        (time, ids) -> {
          for (IdList part : parts(ids)) {
            visitor.accept(
                new GroupOp.Assigned(
                    database,
                    key,
                    group.name(),
                    consumer.name(),
                    consumer.seenAtMs(),
                    false,
                    time,
                    part,
                    counts(group, part)));
          }
        });
  }

  private void released(ConsumerGroup group) {
    IdList ids =
        group.pending().oldest(Long.MIN_VALUE / 2, group.pending().unowned(), (_, _) -> true);
    for (IdList part : parts(ids)) {
      visitor.accept(new GroupOp.Released(database, key, group.name(), part, counts(group, part)));
    }
  }

  private static List<IdList> parts(IdList ids) {
    List<IdList> parts = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (i % ENTRIES_PER_OP == 0) {
        parts.add(new IdList(Math.min(ENTRIES_PER_OP, ids.size() - i)));
      }
      parts.getLast().add(ids.ms(i), ids.seq(i));
    }
    return parts;
  }

  private static Longs counts(ConsumerGroup group, IdList ids) {
    long[] counts = new long[ids.size()];
    Arrays.setAll(
        counts,
        i -> {
          PendingEntries.Cursor entry = group.pending().find(ids.ms(i), ids.seq(i));
          return entry == null ? 0 : entry.count();
        });
    return Longs.of(counts);
  }
}
