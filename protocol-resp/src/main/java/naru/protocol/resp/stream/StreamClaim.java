package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.List;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Taking over what others left unfinished.
public final class StreamClaim {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "XCLAIM key group consumer min-idle-time id [id ...] [IDLE ms] [TIME"
                      + " unix-time-milliseconds] [RETRYCOUNT count] [FORCE] [JUSTID] [LASTID"
                      + " lastid(id:)]",
                  StreamClaim::claim)
              .tips("nondeterministic_output")
              .since("5.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .reading()
              .keys("RW update")
              .summary(
                  "Changes, or acquires, ownership of a message in a consumer group, as if the"
                      + " message was delivered a consumer group member.")
              .complexity(
                  "O(log N) with N being the number of messages in the PEL of the consumer group."),
          Verb.of(
                  "XAUTOCLAIM key group consumer min-idle-time start(string) [COUNT count]"
                      + " [JUSTID]",
                  StreamClaim::autoClaim)
              .tips("nondeterministic_output")
              .since("6.2.0")
              .flags(Flag.WRITE, Flag.FAST)
              .reading()
              .keys("RW access delete")
              .summary(
                  "Changes, or acquires, ownership of messages in a consumer group, as if the"
                      + " messages were delivered to as consumer group member.")
              .complexity("O(1) if COUNT is small."));

  private static final long COUNT_DEFAULT = 100;

  /// Pending entries looked at for each that may be returned.
  private static final long ATTEMPTS = 10;

  private static final long COUNT_MAX = Long.MAX_VALUE / 16;

  private StreamClaim() {}

  /// The words of `XCLAIM` behind the ids.
  private static final class Options {
    long deliveredAtMs = -1;
    long retryCount = -1;
    boolean force;
    boolean justIds;
    @Nullable StreamId lastId;

    void read(Call call, int from) {
      for (int i = from; i < call.count(); i++) {
        boolean more = i + 1 < call.count();
        if (call.is(i, "FORCE")) {
          force = true;
        } else if (call.is(i, "JUSTID")) {
          justIds = true;
        } else if (more && call.is(i, "IDLE")) {
          deliveredAtMs =
              call.nowMs() - call.integer(++i, "Invalid IDLE option argument for XCLAIM");
        } else if (more && call.is(i, "TIME")) {
          deliveredAtMs = call.integer(++i, "Invalid TIME option argument for XCLAIM");
        } else if (more && call.is(i, "RETRYCOUNT")) {
          retryCount = call.integer(++i, "Invalid RETRYCOUNT option argument for XCLAIM");
        } else if (more && call.is(i, "LASTID")) {
          lastId = Ids.parse(call.arg(++i), 0);
        } else {
          throw new Refusal("Unrecognized XCLAIM option '" + call.arg(i) + "'");
        }
      }
      if (deliveredAtMs < 0 || deliveredAtMs > call.nowMs()) {
        deliveredAtMs = call.nowMs();
      }
    }
  }

  private static Decision claim(Call call) {
    StreamValue stream = stream(call);
    ConsumerGroup group = group(call, stream);
    long minIdleMs = call.integer(4, "Invalid min-idle-time argument for XCLAIM");
    IdList ids = new IdList();
    int at = 5;
    for (; at < call.count(); at++) {
      StreamId id = Ids.parseOrNull(call.arg(at), 0);
      if (id == null) {
        break;
      }
      ids.add(id);
    }
    Options options = new Options();
    options.read(call, at);
    List<Op> ops = new ArrayList<>();
    List<KeyEvent> events = new ArrayList<>();
    if (options.lastId != null && options.lastId.compareTo(group.lastId()) > 0) {
      ops.add(
          new GroupOp.Moved(
              call.database(), call.arg(1), call.arg(2), options.lastId, group.entriesRead()));
    }
    Claim claim = new Claim(call, stream, group);
    claim.minIdleMs(minIdleMs);
    claim.deliveredAtMs(options.deliveredAtMs);
    claim.retryCount(options.retryCount);
    if (options.justIds) {
      claim.justIds();
    }
    for (int i = 0; i < ids.size(); i++) {
      claim.take(ids.ms(i), ids.seq(i), options.force);
    }
    claim.carryOut(ops, events);
    return StreamAdd.done(Replies.of(claim::write), ops, events);
  }

  private static StreamValue stream(Call call) {
    StreamValue stream = Streams.find(call, 1);
    if (stream == null) {
      throw Streams.noGroup(call.arg(1), call.arg(2), "");
    }
    return stream;
  }

  private static ConsumerGroup group(Call call, StreamValue stream) {
    ConsumerGroup group = stream.group(call.arg(2));
    if (group == null) {
      throw Streams.noGroup(call.arg(1), call.arg(2), "");
    }
    return group;
  }

  private static Decision autoClaim(Call call) {
    long minIdleMs = call.integer(4, "Invalid min-idle-time argument for XAUTOCLAIM");
    StreamId start = Ids.start(call.arg(5));
    long count = COUNT_DEFAULT;
    boolean justIds = false;
    for (int i = 6; i < call.count(); i++) {
      if (call.is(i, "COUNT") && i + 1 < call.count()) {
        count = call.integerBetween(++i, 1, COUNT_MAX, "COUNT must be > 0");
      } else if (call.is(i, "JUSTID")) {
        justIds = true;
      } else {
        throw Call.syntaxError();
      }
    }
    StreamValue stream = stream(call);
    ConsumerGroup group = group(call, stream);
    Claim claim = new Claim(call, stream, group);
    claim.minIdleMs(minIdleMs);
    if (justIds) {
      claim.justIds();
    }
    PendingEntries.Cursor pending = group.pending().from(start);
    long left = count;
    for (long attempts = count * ATTEMPTS; attempts > 0 && left > 0 && pending.next(); attempts--) {
      if (claim.take(pending.ms(), pending.seq(), false) != Claim.Outcome.LEFT) {
        left--;
      }
    }
    StreamId next = pending.next() ? pending.id() : StreamId.ZERO;
    List<Op> ops = new ArrayList<>();
    List<KeyEvent> events = new ArrayList<>();
    claim.carryOut(ops, events);
    return StreamAdd.done(
        Replies.of(
            out -> {
              out.array(3);
              new EntryWriter(out).id(next);
              claim.write(out);
              claim.writeGone(out);
            }),
        ops,
        events);
  }
}
