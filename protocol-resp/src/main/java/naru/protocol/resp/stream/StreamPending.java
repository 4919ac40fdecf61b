package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.stream.Consumer;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.IdList;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.StreamId;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// Asking what is pending, and with whom.
public final class StreamPending {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "XPENDING key group [filters= [IDLE min-idle-time(integer)] start(string)"
                      + " end(string) count [consumer]]",
                  StreamPending::pending)
              .tips("nondeterministic_output")
              .since("5.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary(
                  "Returns the information and entries from a stream consumer group's pending"
                      + " entries list.")
              .complexity(
                  "O(N) with N being the number of elements returned, so asking for a small fixed"
                      + " number of entries per call is O(1). O(M), where M is the total number of"
                      + " entries scanned when used with the IDLE filter. When the command returns"
                      + " just the summary and the list of consumers is small, it runs in O(1)"
                      + " time; otherwise, an additional O(N) time for iterating every consumer."));

  private StreamPending() {}

  private static Decision pending(Call call) {
    int words = call.count();
    if (words != 3 && (words < 6 || words > 9)) {
      throw Call.syntaxError();
    }
    Page page = words == 3 ? null : Page.of(call);
    ConsumerGroup group = Streams.findGroup(call);
    if (group == null) {
      throw Streams.noGroup(call.arg(1), call.arg(2), "");
    }
    return page == null
        ? Decision.done(Replies.of(out -> summary(out, group)))
        : page.decide(call, group);
  }

  /// How many, from which id to which, and how many with whom.
  private static void summary(RespWriter out, ConsumerGroup group) {
    PendingEntries pending = group.pending();
    StreamId first = pending.firstId();
    StreamId last = pending.lastId();
    out.array(4);
    out.integer(pending.size());
    if (first == null || last == null) {
      out.nullBulk();
      out.nullBulk();
      out.nullArray();
      return;
    }
    EntryWriter writer = new EntryWriter(out);
    writer.id(first);
    writer.id(last);
    List<Consumer> owners = new ArrayList<>();
    for (Consumer consumer : group.consumers()) {
      if (consumer.pending() > 0) {
        owners.add(consumer);
      }
    }
    out.array(owners.size());
    for (Consumer owner : owners) {
      out.array(2);
      out.bulk(owner.name());
      out.bulkInteger(owner.pending());
    }
  }

  /// The pending entries between two ids, one by one.
  private record Page(
      long minIdleMs, StreamId start, StreamId end, long count, @Nullable Bytes consumer) {
    static Page of(Call call) {
      long minIdleMs = 0;
      int at = 3;
      if (call.is(3, "IDLE")) {
        minIdleMs = call.integer(4);
        if (call.count() < 8) {
          throw Call.syntaxError();
        }
        at = 5;
      }
      long count = Math.max(0, call.integer(at + 2));
      StreamId start = Ids.start(call.arg(at));
      StreamId end = Ids.end(call.arg(at + 1));
      Bytes consumer = at + 3 < call.count() ? call.arg(at + 3) : null;
      return new Page(minIdleMs, start, end, count, consumer);
    }

    Decision decide(Call call, ConsumerGroup group) {
      PendingEntries.Cursor cursor = group.pending().from(start);
      if (consumer != null) {
        Consumer owner = group.consumer(consumer);
        if (owner == null || owner.pending() == 0) {
          return Decision.done(Replies.EMPTY_ARRAY);
        }
        cursor.of(owner.number());
      }
      IdList ids = new IdList();
      long nowMs = call.nowMs();
      while (ids.size() < count && cursor.next() && end.compareTo(cursor.ms(), cursor.seq()) >= 0) {
        if (cursor.owner() == PendingEntries.NOBODY
            || minIdleMs == 0
            || nowMs - cursor.deliveredAtMs() >= minIdleMs) {
          ids.add(cursor.ms(), cursor.seq());
        }
      }
      return Decision.done(Replies.of(out -> write(out, group, ids, nowMs)));
    }

    private static void write(RespWriter out, ConsumerGroup group, IdList ids, long nowMs) {
      out.array(ids.size());
      EntryWriter writer = new EntryWriter(out);
      for (int i = 0; i < ids.size(); i++) {
        PendingEntries.Cursor entry = group.pending().find(ids.ms(i), ids.seq(i));
        if (entry != null) {
          Consumer owner = group.consumer(entry.owner());
          out.array(4);
          writer.id(entry.ms(), entry.seq());
          out.bulk(owner == null ? Bytes.EMPTY : owner.name());
          out.integer(owner == null ? -1 : Math.max(0, nowMs - entry.deliveredAtMs()));
          out.integer(entry.count());
        }
      }
    }
  }
}
