package naru.protocol.resp.stream;

import java.util.List;
import naru.engine.Decision;
import naru.engine.stream.StreamCursor;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;

/// Reading the entries between two ids.
public final class StreamRange {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("XRANGE key start(string) end(string) [COUNT count]", call -> range(call, false))
              .since("5.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns the messages from a stream within a range of IDs.")
              .complexity(
                  "O(N) with N being the number of elements being returned. If N is constant (e.g."
                      + " always asking for the first 10 elements with COUNT), you can consider it"
                      + " O(1)."),
          Verb.of(
                  "XREVRANGE key end(string) start(string) [COUNT count]",
                  call -> range(call, true))
              .since("5.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns the messages from a stream within a range of IDs in reverse order.")
              .complexity(
                  "O(N) with N being the number of elements returned. If N is constant (e.g. always"
                      + " asking for the first 10 elements with COUNT), you can consider it O(1)."),
          Verb.of("XLEN key", StreamRange::length)
              .since("5.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Return the number of messages in a stream.")
              .complexity("O(1)"));

  private StreamRange() {}

  private static Decision length(Call call) {
    StreamValue stream = Streams.find(call, 1);
    return Decision.done(stream == null ? Replies.ZERO : Replies.integer(stream.length()));
  }

  private static Decision range(Call call, boolean down) {
    StreamId from = Ids.start(call.arg(down ? 3 : 2));
    StreamId to = Ids.end(call.arg(down ? 2 : 3));
    long count = count(call);
    StreamValue stream = Streams.find(call, 1);
    if (stream == null) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    return Decision.done(count == 0 ? Replies.NULL_ARRAY : entries(stream, from, to, down, count));
  }

  private static long count(Call call) {
    long count = Long.MAX_VALUE;
    for (int i = 4; i < call.count(); i += 2) {
      if (!call.is(i, "COUNT") || i + 1 == call.count()) {
        throw Call.syntaxError();
      }
      count = Math.max(0, call.integer(i + 1));
    }
    return count;
  }

  /// An array of up to `most` entries.
  static RespReply entries(
      StreamValue stream, StreamId from, StreamId to, boolean down, long most) {
    return out -> write(out, stream, from, to, down, most);
  }

  static void write(
      RespWriter out, StreamValue stream, StreamId from, StreamId to, boolean down, long most) {
    int count = 0;
    StreamCursor counted = cursor(stream, from, to, down);
    while (count < most && counted.next()) {
      count++;
    }
    out.array(count);
    EntryWriter writer = new EntryWriter(out);
    StreamCursor written = cursor(stream, from, to, down);
    for (int i = 0; i < count && written.next(); i++) {
      writer.entry(written.entry());
    }
  }

  private static StreamCursor cursor(StreamValue stream, StreamId from, StreamId to, boolean down) {
    return down ? stream.rangeDown(from, to) : stream.range(from, to);
  }
}
