package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import naru.bytes.Bytes;
import naru.engine.Awaited;
import naru.engine.Decision;
import naru.engine.Key;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.stream.Consumer;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.EntryLookup;
import naru.engine.stream.Foresight;
import naru.engine.stream.GroupOp;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.KeySpec.Extent;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// Reading as a member of a group: new entries, entries that others left unfinished, or one's own
/// again.
///
/// A stream that is named more than once is read each time as the time before will have left it: on
/// a copy of the group, to which the ops so far are applied.
public final class StreamGroupRead {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "XREADGROUP <GROUP group consumer> [COUNT count] [MAXCOUNT maxcount] [MAXSIZE"
                      + " maxsize] [BLOCK milliseconds] [CLAIM min-idle-time(integer)] [NOACK]"
                      + " {streams= STREAMS key [key ...] id [id ...]}",
                  StreamGroupRead::read)
              .since("5.0.0")
              .flags(Flag.WRITE, Flag.BLOCKING, Flag.MOVABLEKEYS)
              .reading()
              .keySpecs(
                  new KeySpec("STREAMS", 4, Extent.HALF, "RO access")
                      .among(new KeySpec.Options(1, List.of("GROUP 2"), false)))
              .summary(
                  "Returns new or historical messages from a stream for a consumer in a group."
                      + " Blocks until a message is available otherwise.")
              .complexity(
                  "For each stream mentioned: O(M) with M being the number of elements returned. If"
                      + " M is constant (e.g. always asking for the first 10 elements with COUNT),"
                      + " you can consider it O(1). On the other side when XREADGROUP blocks, XADD"
                      + " will pay the O(N) time in order to serve the N clients blocked on the"
                      + " stream getting new data."));

  /// Who waits for entries to become idle looks again no sooner than this.
  private static final long LOOK_AGAIN_MIN_MS = 10;

  private final Call call;
  private final ReadOptions options;
  private final Budget budget;
  private final List<StreamValue> streams = new ArrayList<>();
  private final List<ConsumerGroup> groups = new ArrayList<>();

  /// Null for new entries.
  private final List<@Nullable StreamId> after = new ArrayList<>();

  private final List<GroupPart> parts = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();
  private final List<KeyEvent> events = new ArrayList<>();
  private long minIdleMs;
  private long earliestMs = Long.MAX_VALUE;

  private StreamGroupRead(Call call) {
    this.call = call;
    this.options = ReadOptions.of(call, true);
    this.budget = options.budget();
    this.minIdleMs = options.minIdleMs();
  }

  private static Decision read(Call call) {
    return new StreamGroupRead(call).decide();
  }

  private Decision decide() {
    for (int i = 0; i < options.streams(); i++) {
      find(i);
    }
    Foresight foresight = lookAhead();
    for (int i = 0; i < options.streams() && !budget.isSpent(); i++) {
      int before = ops.size();
      serve(i);
      if (foresight != null) {
        foresight.apply(ops.subList(before, ops.size()));
      }
    }
    if (!parts.isEmpty()) {
      return StreamAdd.done(Replies.of(this::write), ops, events);
    }
    if (!options.blocks()) {
      return StreamAdd.done(Replies.NULL_ARRAY, ops, events);
    }
    return new Decision.Wait(
        awaited(), options.untilMs(), Replies.NULL_ARRAY, lookAgainMs(), ops, events);
  }

  private void find(int i) {
    StreamValue stream = call.find(options.key(i), StreamValue.class);
    ConsumerGroup group = stream == null ? null : stream.group(options.group());
    if (stream == null || group == null) {
      throw Streams.noGroup(options.key(i), options.group(), " in XREADGROUP with GROUP option");
    }
    streams.add(stream);
    groups.add(group);
    after.add(after(options.id(i)));
  }

  private static @Nullable StreamId after(Bytes id) {
    if (id.length() == 1) {
      switch (id.at(0)) {
        case '>' -> {
          return null;
        }
        case '$', '+' -> {
          String sign = id.toString();
          throw new Refusal(
              "The "
                  + sign
                  + " ID is meaningless in the context of XREADGROUP: you want to read the history"
                  + " of this consumer by specifying a proper ID, or use the > ID to get new"
                  + " messages. The "
                  + sign
                  + " ID would just return an empty result set.");
        }
        default -> {}
      }
    }
    StreamId parsed = Ids.parse(id, 0);
    return parsed.equals(StreamId.MAX) ? null : parsed;
  }

  /// From here on, streams that are named more than once are seen with foresight; null if there is
  /// none.
  private @Nullable Foresight lookAhead() {
    Set<Bytes> once = new TreeSet<>();
    Set<Bytes> again = new TreeSet<>();
    for (int i = 0; options.streams() > 1 && i < options.streams(); i++) {
      (once.add(options.key(i)) ? once : again).add(options.key(i));
    }
    if (again.isEmpty()) {
      return null;
    }
    Foresight foresight = new Foresight(call.database());
    for (int i = 0; i < options.streams(); i++) {
      if (again.contains(options.key(i))) {
        lookAhead(i, foresight);
      }
    }
    return foresight;
  }

  private void lookAhead(int i, Foresight foresight) {
    ConsumerGroup group = groups.get(i);
    Consumer consumer = group.consumer(options.consumer());
    if (consumer != null) {
      consumer.seen(call.nowMs());
    }
    groups.set(i, foresight.group(options.key(i), streams.get(i), group));
  }

  private void serve(int i) {
    StreamValue stream = streams.get(i);
    ConsumerGroup group = groups.get(i);
    boolean mayClaim = minIdleMs >= 0 && hasIdle(stream, group);
    Consumer consumer = join(i);
    StreamId start = after.get(i);
    GroupPart part = new GroupPart(options.key(i), stream, group, call.nowMs(), minIdleMs >= 0);
    if (start != null) {
      minIdleMs = ReadOptions.NOT_GIVEN;
      begin(i);
      part.history(consumer, start, options.count(), budget);
      addHistory(part);
      parts.add(part);
      return;
    }
    boolean hasNew = stream.lastEntryId().compareTo(group.lastId()) > 0;
    if (!hasNew && !mayClaim) {
      return;
    }
    begin(i);
    if (minIdleMs >= 0) {
      part.claim(minIdleMs, options.count(), budget);
      addClaimed(part);
    }
    if (hasNew) {
      part.fresh(options.count() - part.size(), budget);
      addFresh(part);
    }
    if (part.size() > 0) {
      parts.add(part);
    }
  }

  private void begin(int i) {
    budget.beginStream(options.key(i), call.client().protocolVersion());
  }

  /// Whether some entry has been pending for long enough; notes when the next one has.
  private boolean hasIdle(StreamValue stream, ConsumerGroup group) {
    EntryLookup lookup = stream.lookup();
    PendingEntries pending = group.pending();
    if (pending.earliestMs() > call.nowMs() - minIdleMs) {
      earliestMs = Math.min(earliestMs, pending.earliestMs());
      return false;
    }
    return !pending.oldest(call.nowMs() - minIdleMs, 1, lookup::contains).isEmpty();
  }

  /// The consumer, null if it joins only now.
  private @Nullable Consumer join(int i) {
    Consumer consumer = groups.get(i).consumer(options.consumer());
    if (consumer != null) {
      consumer.seen(call.nowMs());
      return consumer;
    }
    ops.add(
        new GroupOp.Joined(
            call.database(),
            options.key(i),
            options.group(),
            options.consumer(),
            call.nowMs(),
            Consumer.NEVER));
    events.add(
        new KeyEvent(
            KeyEvent.Kind.STREAM, "xgroup-createconsumer", call.database(), options.key(i)));
    return null;
  }

  private void addHistory(GroupPart part) {
    if (!part.historyPresent().isEmpty()) {
      ops.add(
          new GroupOp.Assigned(
              call.database(),
              part.key(),
              options.group(),
              options.consumer(),
              call.nowMs(),
              false,
              call.nowMs(),
              part.historyPresent(),
              part.countsAfter(part.historyPresent())));
    }
  }

  private void addClaimed(GroupPart part) {
    if (!part.claimed().isEmpty()) {
      ops.add(
          new GroupOp.Assigned(
              call.database(),
              part.key(),
              options.group(),
              options.consumer(),
              call.nowMs(),
              true,
              call.nowMs(),
              part.claimed(),
              part.countsAfter(part.claimed())));
    }
  }

  private void addFresh(GroupPart part) {
    if (part.fresh().isEmpty()) {
      return;
    }
    ops.add(
        options.isUnacknowledged()
            ? new GroupOp.Moved(
                call.database(),
                part.key(),
                options.group(),
                part.fresh().last(),
                part.entriesRead())
            : new GroupOp.Delivered(
                call.database(),
                part.key(),
                options.group(),
                options.consumer(),
                call.nowMs(),
                part.fresh(),
                part.entriesRead()));
  }

  /// Who takes over what others have is asked whatever happens: any change may set an entry free.
  private List<Awaited> awaited() {
    List<Awaited> awaited = new ArrayList<>();
    for (int i = 0; i < options.streams(); i++) {
      Key key = call.key(options.key(i));
      awaited.add(
          minIdleMs < 0
              ? new Awaited.Unread(key, options.group().owned())
              : new Awaited.Change(key));
    }
    return awaited;
  }

  private long lookAgainMs() {
    if (minIdleMs < 0) {
      return Decision.Wait.FOR_EVER;
    }
    long fromMs = earliestMs == Long.MAX_VALUE ? call.nowMs() : earliestMs;
    long atMs = fromMs > Long.MAX_VALUE - minIdleMs ? Long.MAX_VALUE : fromMs + minIdleMs;
    return Math.max(atMs, call.nowMs() + LOOK_AGAIN_MIN_MS);
  }

  private void write(RespWriter out) {
    StreamRead.begin(out, parts.size());
    for (GroupPart part : parts) {
      if (out.version() == 2) {
        out.array(2);
      }
      part.write(out);
    }
  }
}
