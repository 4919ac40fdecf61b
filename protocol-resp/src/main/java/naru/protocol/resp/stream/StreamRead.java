package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.engine.Value;
import naru.engine.stream.StreamCursor;
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

/// Reading what comes behind an id, of several streams at once, waiting for it if need be.
public final class StreamRead {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "XREAD [COUNT count] [MAXCOUNT maxcount] [MAXSIZE maxsize] [BLOCK milliseconds]"
                      + " {streams= STREAMS key [key ...] id [id ...]}",
                  StreamRead::read)
              .since("5.0.0")
              .flags(Flag.READONLY, Flag.BLOCKING, Flag.MOVABLEKEYS)
              .keySpecs(new KeySpec("STREAMS", 1, Extent.HALF, "RO access"))
              .summary(
                  "Returns messages from multiple streams with IDs greater than the ones requested."
                      + " Blocks until a message is available otherwise.")
              .complexity("O(N) for each stream, N being the number of messages returned of it."));

  /// What is returned of a stream: so many entries behind an id.
  private record Part(Bytes key, StreamValue stream, StreamId after, int entries) {
    void write(RespWriter out) {
      out.bulk(key);
      out.array(entries);
      EntryWriter writer = new EntryWriter(out);
      StreamCursor cursor = behind(stream, after);
      for (int i = 0; i < entries && cursor.next(); i++) {
        writer.entry(cursor.entry());
      }
    }
  }

  private StreamRead() {}

  /// The entries behind an id, upwards.
  static StreamCursor behind(StreamValue stream, StreamId id) {
    StreamId next = id.next();
    return next == null
        ? stream.range(StreamId.MAX, StreamId.ZERO)
        : stream.range(next, StreamId.MAX);
  }

  private static Decision read(Call call) {
    ReadOptions options = ReadOptions.of(call, false);
    List<@Nullable StreamValue> streams = new ArrayList<>(options.streams());
    List<StreamId> after = new ArrayList<>(options.streams());
    for (int i = 0; i < options.streams(); i++) {
      StreamValue stream = stream(call, options.key(i));
      streams.add(stream);
      after.add(after(options.id(i), stream));
    }
    List<Part> parts = parts(call, options, streams, after);
    if (!parts.isEmpty()) {
      return Decision.done(Replies.of(out -> write(out, parts)));
    }
    if (!options.blocks()) {
      return Decision.done(Replies.NULL_ARRAY);
    }
    keepStart(call, options, after);
    return call.await(
        StreamValue.class,
        options.keyIndex(0),
        options.idIndex(0),
        options.untilMs(),
        Replies.NULL_ARRAY);
  }

  /// Who waits for a stream is not told that the key has become something else meanwhile.
  private static @Nullable StreamValue stream(Call call, Bytes key) {
    Value value = call.value(key);
    if (value != null && !(value instanceof StreamValue) && !call.hasWaited()) {
      throw Call.wrongType();
    }
    return value instanceof StreamValue stream ? stream : null;
  }

  private static StreamId after(Bytes id, @Nullable StreamValue stream) {
    if (id.length() == 1 && id.at(0) == '$') {
      return stream == null ? StreamId.ZERO : stream.lastId();
    }
    if (id.length() == 1 && id.at(0) == '+') {
      StreamId beforeLast = stream == null ? null : stream.lastEntryId().previous();
      return beforeLast == null ? StreamId.ZERO : beforeLast;
    }
    if (id.length() == 1 && id.at(0) == '>') {
      throw new Refusal(
          "The > ID can be specified only when calling XREADGROUP using the GROUP <group>"
              + " <consumer> option.");
    }
    return Ids.parse(id, 0);
  }

  private static List<Part> parts(
      Call call, ReadOptions options, List<@Nullable StreamValue> streams, List<StreamId> after) {
    List<Part> parts = new ArrayList<>();
    Budget budget = options.budget();
    for (int i = 0; i < options.streams() && !budget.isSpent(); i++) {
      StreamValue stream = streams.get(i);
      if (stream == null || stream.lastEntryId().compareTo(after.get(i)) <= 0) {
        continue;
      }
      budget.beginStream(options.key(i), call.client().protocolVersion());
      int entries = count(behind(stream, after.get(i)), options.count(), budget);
      if (entries > 0) {
        parts.add(new Part(options.key(i), stream, after.get(i), entries));
      }
    }
    return parts;
  }

  /// Takes entries from a budget; returns how many.
  static int count(StreamCursor cursor, long most, Budget budget) {
    int count = 0;
    while (count < most && !budget.isSpent() && cursor.next()) {
      budget.take(cursor.entry(), 0);
      count++;
    }
    return count;
  }

  private static void write(RespWriter out, List<Part> parts) {
    begin(out, parts.size());
    for (Part part : parts) {
      if (out.version() == 2) {
        out.array(2);
      }
      part.write(out);
    }
  }

  /// Streams are a map; in RESP2 clients know them as an array of pairs.
  static void begin(RespWriter out, int streams) {
    if (out.version() == 2) {
      out.array(streams);
    } else {
      out.map(streams);
    }
  }

  /// `$` means the end as it was when the client asked.
  private static void keepStart(Call call, ReadOptions options, List<StreamId> after) {
    for (int i = 0; i < options.streams(); i++) {
      Bytes id = options.id(i);
      if (id.length() == 1 && id.at(0) == '$') {
        call.words().replace(options.idIndex(i), Bytes.of(after.get(i).toString()));
      }
    }
  }
}
