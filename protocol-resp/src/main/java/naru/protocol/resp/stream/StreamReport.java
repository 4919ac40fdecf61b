package naru.protocol.resp.stream;

import naru.bytes.Bytes;
import naru.engine.stream.Consumer;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.Idempotence;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.StreamCursor;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamValue;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// All that `XINFO STREAM` says.
final class StreamReport {
  private final RespWriter out;
  private final EntryWriter writer;
  private final StreamValue stream;

  private StreamReport(RespWriter out, StreamValue stream) {
    this.out = out;
    this.writer = new EntryWriter(out);
    this.stream = stream;
  }

  /// Figures, and the first and the last entry.
  static void brief(RespWriter out, StreamValue stream, long nowMs) {
    StreamReport report = new StreamReport(out, stream);
    out.map(16);
    report.figures(nowMs);
    report.number("groups", stream.groups().size());
    out.bulk("first-entry");
    report.entryOrNull(stream.range(StreamId.ZERO, StreamId.MAX));
    out.bulk("last-entry");
    report.entryOrNull(stream.rangeDown(StreamId.ZERO, StreamId.MAX));
  }

  /// Figures, entries, groups, what is pending and with whom: up to `most` of each.
  static void full(RespWriter out, StreamValue stream, long nowMs, long most) {
    StreamReport report = new StreamReport(out, stream);
    out.map(15);
    report.figures(nowMs);
    out.bulk("entries");
    StreamRange.write(out, stream, StreamId.ZERO, StreamId.MAX, false, most);
    out.bulk("groups");
    out.array(stream.groups().size());
    for (ConsumerGroup group : stream.groups()) {
      report.group(group, most);
    }
  }

  private void number(String name, long value) {
    out.bulk(name);
    out.integer(value);
  }

  private void id(String name, StreamId id) {
    out.bulk(name);
    writer.id(id);
  }

  private void figures(long nowMs) {
    number("length", stream.length());
    number("radix-tree-keys", stream.blocks());
    number("radix-tree-nodes", stream.radixNodes());
    id("last-generated-id", stream.lastId());
    id("max-deleted-entry-id", stream.maxDeletedId());
    number("entries-added", stream.entriesAdded());
    id("recorded-first-entry-id", stream.firstId());
    idempotence(stream.idempotence(), nowMs);
  }

  private void idempotence(@Nullable Idempotence present, long nowMs) {
    if (present == null) {
      idempotence(Idempotence.DURATION_DEFAULT_S, Idempotence.ENTRIES_DEFAULT_MAX, 0, 0, 0, 0);
    } else {
      idempotence(
          present.durationS(),
          present.entriesMax(),
          present.producers(nowMs),
          present.messages(nowMs),
          present.added(),
          present.duplicates());
    }
  }

  private void idempotence(
      long durationS, long entriesMax, long producers, long messages, long added, long repeated) {
    number("idmp-duration", durationS);
    number("idmp-maxsize", entriesMax);
    number("pids-tracked", producers);
    number("iids-tracked", messages);
    number("iids-added", added);
    number("iids-duplicates", repeated);
  }

  private void entryOrNull(StreamCursor cursor) {
    if (cursor.next()) {
      writer.entry(cursor.entry());
    } else {
      out.nullBulk();
    }
  }

  private void group(ConsumerGroup group, long most) {
    PendingEntries pending = group.pending();
    out.map(8);
    out.bulk("name");
    out.bulk(group.name());
    id("last-delivered-id", group.lastId());
    StreamInspect.progress(out, stream, group);
    number("pel-count", pending.size());
    number("nacked-count", pending.unowned());
    out.bulk("pending");
    out.array((int) Math.min(most, pending.size()));
    PendingEntries.Cursor cursor = pending.from(StreamId.ZERO);
    for (long left = most; left > 0 && cursor.next(); left--) {
      Consumer owner = group.consumer(cursor.owner());
      out.array(4);
      writer.id(cursor.ms(), cursor.seq());
      out.bulk(owner == null ? Bytes.EMPTY : owner.name());
      out.integer(cursor.deliveredAtMs());
      out.integer(cursor.count());
    }
    out.bulk("consumers");
    out.array(group.consumers().size());
    for (Consumer consumer : group.consumers()) {
      consumer(group, consumer, most);
    }
  }

  private void consumer(ConsumerGroup group, Consumer consumer, long most) {
    out.map(5);
    out.bulk("name");
    out.bulk(consumer.name());
    number("seen-time", consumer.seenAtMs());
    number("active-time", consumer.activeAtMs());
    number("pel-count", consumer.pending());
    out.bulk("pending");
    long shown = Math.min(most, consumer.pending());
    out.array((int) shown);
    PendingEntries.Cursor cursor = group.pending().from(StreamId.ZERO).of(consumer.number());
    for (long left = shown; left > 0 && cursor.next(); left--) {
      out.array(3);
      writer.id(cursor.ms(), cursor.seq());
      out.integer(cursor.deliveredAtMs());
      out.integer(cursor.count());
    }
  }
}
