package naru.protocol.resp.string;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent.Kind;
import naru.engine.Refusal;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Reading and writing parts of strings.
public final class StringRange {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("GETRANGE key start end", StringRange::get)
              .since("2.4.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns a substring of the string stored at a key.")
              .complexity("O(N) where N is the length of the returned string."),
          Verb.of("SUBSTR key start end", StringRange::get)
              .since("1.0.0")
              .deprecated("2.0.0", "`GETRANGE`")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns a substring from a string value.")
              .complexity("O(N) where N is the length of the returned string."),
          Verb.of("SETRANGE key offset value", StringRange::set)
              .since("2.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW update")
              .summary(
                  "Overwrites a part of a string value with another by an offset. Creates the key "
                      + "if it doesn't exist.")
              .complexity("O(M) where M is the length of the value argument."),
          Verb.of("APPEND key value", StringRange::append)
              .since("2.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW insert")
              .summary(
                  "Appends a string to the value of a key. Creates the key if it doesn't exist.")
              .complexity("O(1), amortized."));

  /// Redis' `proto-max-bulk-len` as it is unless set.
  private static final long LENGTH_MAX = 512L << 20;

  private StringRange() {}

  private static Decision get(Call call) {
    long start = call.integer(2);
    long end = call.integer(3);
    StringValue string = call.find(call.arg(1), StringValue.class);
    if (string == null || (start < 0 && end < 0 && start > end)) {
      return Decision.done(Replies.EMPTY_BULK);
    }
    int length = string.length();
    long from = Math.max(0, start < 0 ? start + length : start);
    long last = Math.min(length - 1L, Math.max(0, end < 0 ? end + length : end));
    RespReply reply =
        from > last
            ? Replies.EMPTY_BULK
            : Replies.bulk(string.bytes().slice((int) from, (int) last + 1));
    return Decision.done(reply);
  }

  private static Decision set(Call call) {
    Bytes key = call.arg(1);
    long offset = call.integer(2);
    Bytes value = call.arg(3);
    if (offset < 0) {
      throw new Refusal("offset is out of range");
    }
    StringValue string = call.find(key, StringValue.class);
    int length = string == null ? 0 : string.length();
    if (value.isEmpty()) {
      return Decision.done(Replies.integer(length));
    }
    requireLength(offset, value.length());
    long after = Math.max(length, offset + value.length());
    return Decision.done(
            Replies.integer(after), new StringOp.Written(call.database(), key, (int) offset, value))
        .event(Kind.STRING, "setrange", call.database(), key);
  }

  private static Decision append(Call call) {
    Bytes key = call.arg(1);
    Bytes value = call.arg(2);
    StringValue string = call.find(key, StringValue.class);
    int length = string == null ? 0 : string.length();
    requireLength(length, value.length());
    return Decision.done(
            Replies.integer(length + value.length()),
            new StringOp.Appended(call.database(), key, value))
        .event(Kind.STRING, "append", call.database(), key);
  }

  private static void requireLength(long length, int more) {
    if (length > LENGTH_MAX - more) {
      throw new Refusal("string exceeds maximum allowed size (proto-max-bulk-len)");
    }
  }
}
