package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import naru.bytes.Bytes;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.stream.Consumer;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.EntryLookup;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamValue;
import naru.engine.stream.block.BlockCursor;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// A consumer takes over pending entries: what it gets, and what has to happen for it.
final class Claim {
  private final Call call;
  private final StreamValue stream;
  private final ConsumerGroup group;
  private final Bytes consumer;
  private final EntryLookup lookup;
  private final IdList ids = new IdList();
  private final List<Long> counts = new ArrayList<>();
  private final IdList gone = new IdList();

  /// What became of entries already dealt with: the count of deliveries. A client may name one
  /// twice.
  private final Map<StreamId, Long> claimed = new HashMap<>();

  private long minIdleMs;
  private long deliveredAtMs;
  private long retryCount = -1;
  private boolean justIds;

  Claim(Call call, StreamValue stream, ConsumerGroup group) {
    this.call = call;
    this.stream = stream;
    this.group = group;
    this.consumer = call.arg(3);
    this.lookup = stream.lookup();
    this.deliveredAtMs = call.nowMs();
  }

  void minIdleMs(long newMinIdleMs) {
    minIdleMs = newMinIdleMs;
  }

  void deliveredAtMs(long newDeliveredAtMs) {
    deliveredAtMs = newDeliveredAtMs;
  }

  void retryCount(long newRetryCount) {
    retryCount = newRetryCount;
  }

  void justIds() {
    justIds = true;
  }

  /// What became of an entry.
  enum Outcome {
    CLAIMED,
    /// It stays where it is.
    LEFT,
    /// It is deleted, and not pending any more.
    GONE
  }

  /// Takes over an entry that is pending, or with `force` any.
  Outcome take(long ms, long seq, boolean force) {
    StreamId id = new StreamId(ms, seq);
    Long claimedCount = claimed.get(id);
    PendingEntries.Cursor pending = group.pending().find(ms, seq);
    if (lookup.find(ms, seq) == null) {
      if (pending == null || claimed.containsKey(id)) {
        return Outcome.LEFT;
      }
      gone.add(id);
      claimed.put(id, 0L);
      return Outcome.GONE;
    }
    if (claimedCount == null && pending == null && !force) {
      return Outcome.LEFT;
    }
    if (minIdleMs > 0 && !isIdle(claimedCount, pending)) {
      return Outcome.LEFT;
    }
    long before = claimedCount != null ? claimedCount : pending == null ? 1 : pending.count();
    long count = countAfter(before);
    claimed.put(id, count);
    ids.add(id);
    counts.add(count);
    return Outcome.CLAIMED;
  }

  /// Entries that belong to nobody are idle in any case.
  private boolean isIdle(@Nullable Long claimedCount, PendingEntries.@Nullable Cursor pending) {
    if (claimedCount != null) {
      return call.nowMs() - deliveredAtMs >= minIdleMs;
    }
    return pending == null
        || pending.owner() == PendingEntries.NOBODY
        || call.nowMs() - pending.deliveredAtMs() >= minIdleMs;
  }

  private long countAfter(long before) {
    if (retryCount >= 0) {
      return retryCount;
    }
    return justIds || before == Long.MAX_VALUE ? before : before + 1;
  }

  /// Adds what has to happen: the consumer joins, has these entries, others are gone.
  void carryOut(List<Op> ops, List<KeyEvent> events) {
    Bytes key = call.arg(1);
    Bytes name = call.arg(2);
    Consumer known = group.consumer(consumer);
    if (known == null) {
      ops.add(
          new GroupOp.Joined(call.database(), key, name, consumer, call.nowMs(), Consumer.NEVER));
      events.add(new KeyEvent(KeyEvent.Kind.STREAM, "xgroup-createconsumer", call.database(), key));
    } else {
      known.seen(call.nowMs());
    }
    if (!ids.isEmpty()) {
      Longs all = Longs.of(counts.stream().mapToLong(Long::longValue).toArray());
      ops.add(
          new GroupOp.Assigned(
              call.database(), key, name, consumer, call.nowMs(), true, deliveredAtMs, ids, all));
    }
    if (!gone.isEmpty()) {
      ops.add(new GroupOp.Acknowledged(call.database(), key, name, gone));
    }
  }

  /// Writes what was taken over: entries, or their ids.
  void write(RespWriter out) {
    out.array(ids.size());
    EntryWriter writer = new EntryWriter(out);
    EntryLookup entries = stream.lookup();
    for (int i = 0; i < ids.size(); i++) {
      if (i > 0 && ids.get(i).compareTo(ids.get(i - 1)) <= 0) {
        // An entry is read once by a lookup, and a client may name it again.
        entries = stream.lookup();
      }
      BlockCursor entry = justIds ? null : entries.find(ids.ms(i), ids.seq(i));
      if (entry == null) {
        writer.id(ids.ms(i), ids.seq(i));
      } else {
        writer.entry(entry);
      }
    }
  }

  /// Writes the ids of what is gone.
  void writeGone(RespWriter out) {
    out.array(gone.size());
    EntryWriter writer = new EntryWriter(out);
    for (int i = 0; i < gone.size(); i++) {
      writer.id(gone.ms(i), gone.seq(i));
    }
  }
}
