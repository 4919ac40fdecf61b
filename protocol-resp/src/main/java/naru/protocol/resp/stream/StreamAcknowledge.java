package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.EntryLookup;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.engine.stream.Trim.References;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Being done with entries of a group.
public final class StreamAcknowledge {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("XACK key group id [id ...]", StreamAcknowledge::acknowledge)
              .since("5.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .reading()
              .keys("RW update")
              .summary(
                  "Returns the number of messages that were successfully acknowledged by the"
                      + " consumer group member of a stream.")
              .complexity("O(1) for each message ID processed."),
          Verb.of(
                  "XACKDEL key group [KEEPREF | DELREF | ACKED] IDS numids id [id ...]",
                  StreamAcknowledge::acknowledgeAndDelete)
              .since("8.2.0")
              .flags(Flag.WRITE, Flag.FAST)
              .reading()
              .keys("RW update delete")
              .summary(
                  "Acknowledges and deletes one or multiple messages for a stream consumer group.")
              .complexity("O(1) for each message ID processed."));

  static final long ABSENT = -1;
  static final long DELETED = 1;
  static final long REFERENCED = 2;

  private StreamAcknowledge() {}

  private static Decision acknowledge(Call call) {
    ConsumerGroup group = Streams.findGroup(call);
    if (group == null) {
      return Decision.done(Replies.ZERO);
    }
    IdList ids = pending(group, Ids.parseAll(call, 3, call.count()));
    return ids.isEmpty()
        ? Decision.done(Replies.ZERO)
        : Decision.done(
            Replies.integer(ids.size()),
            new GroupOp.Acknowledged(call.database(), call.arg(1), call.arg(2), ids));
  }

  /// Those that are pending, each once.
  private static IdList pending(ConsumerGroup group, IdList ids) {
    if (ids.size() == 1) {
      return group.pending().contains(ids.ms(0), ids.seq(0)) ? ids : new IdList(0);
    }
    IdList pending = new IdList(ids.size());
    Set<StreamId> seen = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      if (group.pending().contains(ids.ms(i), ids.seq(i)) && seen.add(ids.get(i))) {
        pending.add(ids.ms(i), ids.seq(i));
      }
    }
    return pending;
  }

  private static Decision acknowledgeAndDelete(Call call) {
    StreamValue stream = Streams.find(call, 1);
    IdsOption option = IdsOption.of(call, 3);
    ConsumerGroup group = stream == null ? null : stream.group(call.arg(2));
    if (stream == null || group == null) {
      return Decision.done(statuses(Collections.nCopies(option.count(), ABSENT)));
    }
    IdList ids = option.ids(call);
    IdList acknowledged = new IdList();
    Deletion deletion = new Deletion(stream, option.references());
    List<Long> statuses = new ArrayList<>(ids.size());
    Set<StreamId> seen = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      StreamId id = ids.get(i);
      if (!group.pending().contains(id.ms(), id.seq()) || !seen.add(id)) {
        statuses.add(ABSENT);
        continue;
      }
      acknowledged.add(id);
      boolean awaited =
          option.references() == References.AWAITED
              && stream.isReferencedBesides(group, id.ms(), id.seq());
      statuses.add(awaited ? REFERENCED : DELETED);
      if (!awaited) {
        deletion.delete(id);
      }
    }
    List<Op> ops = new ArrayList<>();
    if (!acknowledged.isEmpty()) {
      ops.add(new GroupOp.Acknowledged(call.database(), call.arg(1), call.arg(2), acknowledged));
    }
    return deletion.done(call, statuses(statuses), ops);
  }

  static RespReply statuses(List<Long> statuses) {
    return out -> {
      out.array(statuses.size());
      for (long status : statuses) {
        out.integer(status);
      }
    };
  }

  /// Entries that are going to be deleted singly.
  static final class Deletion {
    private final StreamValue stream;
    private final References references;
    private final Set<StreamId> seen = new HashSet<>();
    private final IdList deleted = new IdList();
    private final Longs.Growing places = new Longs.Growing();
    private final IdList dropped = new IdList();

    Deletion(StreamValue stream, References references) {
      this.stream = stream;
      this.references = references;
    }

    /// Deletes an entry; false if there is none.
    boolean delete(StreamId id) {
      if (references == References.DROPPED) {
        dropped.add(id);
      }
      EntryLookup lookup = stream.lookup();
      boolean found = lookup.contains(id.ms(), id.seq()) && seen.add(id);
      if (found) {
        deleted.add(id);
        places.add(lookup.place());
      }
      return found;
    }

    int count() {
      return deleted.size();
    }

    Done done(Call call, RespReply reply, List<Op> ops) {
      if (!dropped.isEmpty()) {
        ops.add(new GroupOp.Dropped(call.database(), call.arg(1), dropped));
      }
      if (deleted.isEmpty()) {
        return Decision.done(reply, ops);
      }
      ops.add(new StreamOp.Deleted(call.database(), call.arg(1), deleted, places.all(), true));
      return Decision.done(reply, ops)
          .event(KeyEvent.Kind.STREAM, "xdel", call.database(), call.arg(1));
    }
  }
}
