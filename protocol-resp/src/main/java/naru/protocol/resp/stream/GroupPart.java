package naru.protocol.resp.stream;

import naru.bytes.Bytes;
import naru.engine.stream.Consumer;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.EntryLookup;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.Progress;
import naru.engine.stream.StreamCursor;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamValue;
import naru.engine.stream.block.BlockCursor;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// What a member of a group gets of one stream. Once chosen it stays what it is, whatever becomes
/// of the group.
final class GroupPart {
  /// Bytes of the idle time and the count behind an entry that is taken over, about.
  private static final int CLAIM_BYTES = 10;

  /// For so many new entries there is room from the start, if as many are asked for.
  private static final int FRESH_EXPECTED_MAX = 16;

  private final Bytes key;
  private final StreamValue stream;
  private final ConsumerGroup group;
  private final long nowMs;
  private final boolean showsPast;
  private IdList claimed = new IdList(0);
  private Longs claimedIdleMs = Longs.of();
  private Longs claimedCounts = Longs.of();
  private IdList history = new IdList(0);
  private IdList historyPresent = new IdList(0);
  private IdList fresh = new IdList(0);
  private StreamId freshAfter = StreamId.ZERO;
  private long entriesRead;

  /// @param showsPast whether idle time and count stand behind each entry
  GroupPart(Bytes key, StreamValue stream, ConsumerGroup group, long nowMs, boolean showsPast) {
    this.key = key;
    this.stream = stream;
    this.group = group;
    this.nowMs = nowMs;
    this.showsPast = showsPast;
  }

  Bytes key() {
    return key;
  }

  long size() {
    return (long) claimed.size() + history.size() + fresh.size();
  }

  /// What a consumer has pending behind an id. Entries that are deleted are told as such.
  void history(@Nullable Consumer consumer, StreamId after, long most, Budget budget) {
    StreamId from = after.next();
    if (consumer == null || from == null || consumer.pending() == 0) {
      return;
    }
    EntryLookup lookup = stream.lookup();
    history = new IdList();
    historyPresent = new IdList();
    PendingEntries.Cursor pending = group.pending().from(from).of(consumer.number());
    long left = consumer.pending();
    while (left > 0 && history.size() < most && !budget.isSpent() && pending.next()) {
      history.add(pending.ms(), pending.seq());
      BlockCursor entry = lookup.find(pending.ms(), pending.seq());
      if (entry == null) {
        budget.count();
      } else {
        budget.take(entry, 0);
        historyPresent.add(pending.ms(), pending.seq());
      }
      left--;
    }
  }

  /// What has been pending for long enough, with anybody, that which was delivered first coming
  /// first.
  void claim(long minIdleMs, long most, Budget budget) {
    EntryLookup lookup = stream.lookup();
    long atMost = Math.min(most, budget.entriesLeft());
    IdList idle = group.pending().oldest(nowMs - minIdleMs, atMost, lookup::contains);
    claimed = new IdList(idle.size());
    for (int i = 0; i < idle.size() && !budget.isSpent(); i++) {
      BlockCursor entry = budget.measures() ? lookup.find(idle.ms(i), idle.seq(i)) : null;
      if (entry == null) {
        budget.count();
      } else {
        budget.take(entry, CLAIM_BYTES);
      }
      claimed.add(idle.ms(i), idle.seq(i));
    }
    notePast();
  }

  private void notePast() {
    long[] idleMs = new long[claimed.size()];
    long[] counts = new long[claimed.size()];
    for (int i = 0; i < counts.length; i++) {
      PendingEntries.Cursor pending = group.pending().find(claimed.ms(i), claimed.seq(i));
      idleMs[i] = pending == null ? 0 : nowMs - pending.deliveredAtMs();
      counts[i] = pending == null ? 0 : pending.count();
    }
    claimedIdleMs = Longs.of(idleMs);
    claimedCounts = Longs.of(counts);
  }

  /// What nobody has got yet.
  void fresh(long most, Budget budget) {
    freshAfter = group.lastId();
    StreamCursor cursor = StreamRead.behind(stream, freshAfter);
    StreamId last = freshAfter;
    long read = group.entriesRead();
    fresh = new IdList((int) Math.min(most, FRESH_EXPECTED_MAX));
    while (fresh.size() < most && !budget.isSpent() && cursor.next()) {
      budget.take(cursor.entry(), 0);
      StreamId id = cursor.id();
      read = Progress.entriesRead(stream, last, read, id);
      last = id;
      fresh.add(id);
    }
    entriesRead = read;
  }

  IdList claimed() {
    return claimed;
  }

  /// Of the history, the entries that still exist.
  IdList historyPresent() {
    return historyPresent;
  }

  /// The new entries.
  IdList fresh() {
    return fresh;
  }

  /// How many entries the group has read with the new ones.
  long entriesRead() {
    return entriesRead;
  }

  /// How often pending entries were delivered, this time included.
  Longs countsAfter(IdList ids) {
    long[] counts = new long[ids.size()];
    for (int i = 0; i < counts.length; i++) {
      PendingEntries.Cursor entry = group.pending().find(ids.ms(i), ids.seq(i));
      long before = entry == null ? 0 : entry.count();
      counts[i] = before == Long.MAX_VALUE ? before : before + 1;
    }
    return Longs.of(counts);
  }

  void write(RespWriter out) {
    out.bulk(key);
    out.array((int) size());
    EntryWriter writer = new EntryWriter(out);
    EntryLookup lookup = stream.lookup();
    for (int i = 0; i < claimed.size(); i++) {
      BlockCursor entry = lookup.find(claimed.ms(i), claimed.seq(i));
      if (entry != null) {
        writer.entry(entry, claimedIdleMs.get(i), claimedCounts.get(i));
      }
    }
    writeHistory(out, writer, lookup);
    StreamCursor cursor = StreamRead.behind(stream, freshAfter);
    for (int i = 0; i < fresh.size() && cursor.next(); i++) {
      if (showsPast) {
        writer.entry(cursor.entry(), 0, 0);
      } else {
        writer.entry(cursor.entry());
      }
    }
  }

  private void writeHistory(RespWriter out, EntryWriter writer, EntryLookup lookup) {
    for (int i = 0; i < history.size(); i++) {
      BlockCursor entry = lookup.find(history.ms(i), history.seq(i));
      if (entry != null) {
        writer.entry(entry);
      } else {
        out.array(2);
        writer.id(history.ms(i), history.seq(i));
        out.nullArray();
      }
    }
  }
}
