package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.stream.Idempotence;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.engine.stream.Trim;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Adding entries.
public final class StreamAdd {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "XADD key [NOMKSTREAM] [KEEPREF | DELREF | ACKED] [idempotence= IDMPAUTO"
                      + " producer-id | IDMP producer-id idempotent-id] [trim= <MAXLEN | MINID> [="
                      + " | ~] threshold [LIMIT count]] <id_or_auto= * | id> field value [field"
                      + " value ...]",
                  StreamAdd::add)
              .tips("nondeterministic_output")
              .since("5.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW update")
              .summary("Appends a new message to a stream. Creates the key if it doesn't exist.")
              .complexity(
                  "O(1) when adding a new entry, O(N) when trimming where N being the number of"
                      + " entries evicted."));

  /// What the fields and values of an entry may add up to.
  private static final long PAYLOAD_MAX_BYTES = 1L << 30;

  private StreamAdd() {}

  /// The words before the fields.
  private static final class Options {
    final TrimOptions trim = new TrimOptions();
    boolean mayCreate = true;
    @Nullable Bytes producer;
    @Nullable Bytes message;

    /// The id given; null if the broker is to choose one.
    @Nullable StreamId id;

    /// The milliseconds given, when the broker is to choose the rest.
    @Nullable Long ms;

    /// Reads up to the id; returns where the fields begin.
    int read(Call call) {
      for (int at = 2; at < call.count(); ) {
        if (isAsterisk(call.arg(at))) {
          return at + 1;
        }
        int words = trim.read(call, at);
        if (words == 0 && call.is(at, "NOMKSTREAM")) {
          mayCreate = false;
          words = 1;
        }
        words = words == 0 ? readProducer(call, at) : words;
        if (words == 0) {
          readId(call.arg(at));
          return at + 1;
        }
        at += words;
      }
      return call.count();
    }

    private int readProducer(Call call, int at) {
      int more = call.count() - 1 - at;
      boolean auto = more >= 1 && call.is(at, "IDMPAUTO");
      if (!auto && !(more >= 2 && call.is(at, "IDMP"))) {
        return 0;
      }
      String name = auto ? "IDMPAUTO" : "IDMP";
      if (producer != null) {
        throw new Refusal("syntax error, IDMP/IDMPAUTO specified multiple times");
      }
      if (call.arg(at + 1).isEmpty()) {
        throw new Refusal("syntax error, " + name + " requires a non-empty producer ID");
      }
      if (!auto && call.arg(at + 2).isEmpty()) {
        throw new Refusal("syntax error, IDMP requires a non-empty idempotent ID");
      }
      producer = call.arg(at + 1);
      message = auto ? null : call.arg(at + 2);
      return auto ? 2 : 3;
    }

    private void readId(Bytes text) {
      ms = Ids.parseOpen(text);
      id = ms == null ? Ids.parse(text, 0) : null;
      if (producer != null) {
        throw new Refusal("syntax error, IDMP/IDMPAUTO can be used only with auto-generated IDs");
      }
    }

    private static boolean isAsterisk(Bytes word) {
      return word.length() == 1 && word.at(0) == '*';
    }
  }

  private static Decision add(Call call) {
    Options options = new Options();
    int fields = options.read(call);
    options.trim.check(call, false);
    int words = call.count() - fields;
    if (words < 2 || words % 2 == 1) {
      throw call.wrongArity();
    }
    if (options.id != null && options.id.isZero()) {
      throw new Refusal("The ID specified in XADD must be greater than 0-0");
    }
    StreamValue stream = Streams.find(call, 1);
    if (stream == null && !options.mayCreate) {
      return Decision.done(Replies.NULL);
    }
    List<Bytes> pairs = new ArrayList<>(words);
    for (int i = fields; i < call.count(); i++) {
      pairs.add(call.arg(i));
    }
    Bytes producer = options.producer;
    if (producer == null) {
      return append(call, stream, options, pairs, null);
    }
    Bytes message = options.message == null ? Fingerprint.of(pairs) : options.message;
    StreamId known = known(call, stream, producer, message);
    return known != null
        ? Decision.done(reply(known), new StreamOp.Repeated(call.database(), call.arg(1)))
        : append(call, stream, options, pairs, message);
  }

  private static @Nullable StreamId known(
      Call call, @Nullable StreamValue stream, Bytes producer, Bytes message) {
    Idempotence idempotence = stream == null ? null : stream.idempotence();
    return idempotence == null ? null : idempotence.find(producer, message, call.nowMs());
  }

  private static Done append(
      Call call,
      @Nullable StreamValue present,
      Options options,
      List<Bytes> pairs,
      @Nullable Bytes message) {
    Bytes key = call.arg(1);
    StreamValue stream = present == null ? new StreamValue() : present;
    StreamId id = nextId(stream.lastId(), options, call.nowMs());
    checkSize(pairs);
    boolean opensBlock = stream.opensBlock(pairs, Streams.blockLimits(call));
    StreamOp.Added added = new StreamOp.Added(call.database(), key, id, opensBlock, pairs);
    List<Op> ops = new ArrayList<>(2);
    List<KeyEvent> events = new ArrayList<>(2);
    ops.add(added);
    if (present == null) {
      Streams.configure(call, key, ops);
    }
    events.add(new KeyEvent(KeyEvent.Kind.STREAM, "xadd", call.database(), key));
    if (options.producer != null && message != null) {
      ops.add(
          new StreamOp.Remembered(
              call.database(), key, options.producer, message, id, forgotten(call, stream)));
    }
    Trim trim = options.trim.plan(stream, added);
    if (trim != null) {
      options.trim.carryOut(trim, call, key, ops, events);
    }
    return done(reply(id), ops, events);
  }

  /// Of a stream that remembers nothing yet, nothing has to be forgotten.
  static long forgotten(Call call, StreamValue stream) {
    Idempotence idempotence = stream.idempotence();
    return idempotence == null ? 0 : idempotence.forgottenMs(call.nowMs());
  }

  static Done done(RespReply reply, List<Op> ops, List<KeyEvent> events) {
    Done done = Decision.done(reply, ops);
    for (KeyEvent event : events) {
      done.event(event.kind(), event.name(), event.database(), event.key());
    }
    return done;
  }

  /// The time, or what follows the last id when the clock has not passed it.
  private static StreamId nextId(StreamId last, Options options, long nowMs) {
    if (last.equals(StreamId.MAX)) {
      throw new Refusal("The stream has exhausted the last possible ID, unable to add more items");
    }
    StreamId id = options.id;
    Long ms = options.ms;
    if (ms != null) {
      boolean same = ms == last.ms();
      id = !same ? new StreamId(ms, 0) : last.seq() == -1L ? last : last.next();
    } else if (id == null) {
      id = Long.compareUnsigned(nowMs, last.ms()) > 0 ? new StreamId(nowMs, 0) : last.next();
    }
    if (id == null || id.compareTo(last) <= 0) {
      throw new Refusal(
          "The ID specified in XADD is equal or smaller than the target stream top item");
    }
    return id;
  }

  private static void checkSize(List<Bytes> pairs) {
    long total = 0;
    for (int i = 0; i < pairs.size(); i++) {
      total += pairs.get(i).length();
    }
    if (total > PAYLOAD_MAX_BYTES) {
      throw new Refusal("Elements are too large to be stored");
    }
  }

  private static RespReply reply(StreamId id) {
    return out -> new EntryWriter(out).id(id);
  }
}
