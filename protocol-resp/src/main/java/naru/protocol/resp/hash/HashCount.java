package naru.protocol.resp.hash;

import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.LongDouble;
import naru.bytes.Numbers;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.Refusal;
import naru.engine.hash.HashOp;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Counting in fields. A field that expires goes on to.
public final class HashCount {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("HINCRBY key field increment", HashCount::hincrby)
              .since("2.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW access update")
              .summary(
                  "Increments the integer value of a field in a hash by a number. Uses 0 as initial"
                      + " value if the field doesn't exist.")
              .complexity("O(1)"),
          Verb.of("HINCRBYFLOAT key field increment(double)", HashCount::hincrbyfloat)
              .since("2.6.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW access update")
              .summary(
                  "Increments the floating point value of a field by a number. Uses 0 as initial"
                      + " value if the field doesn't exist.")
              .complexity("O(1)"));

  private HashCount() {}

  private static Decision hincrby(Call call) {
    long increment = call.integer(3);
    Bytes value = value(call);
    if (value != null && !Numbers.isLong(value)) {
      throw new Refusal("hash value is not an integer");
    }
    long before = value == null ? 0 : Numbers.parseLong(value);
    long sum = before + increment;
    if (((before ^ sum) & (increment ^ sum)) < 0) {
      throw new Refusal("increment or decrement would overflow");
    }
    return counted(call, Bytes.of(Numbers.toAscii(sum)), Replies.integer(sum), "hincrby");
  }

  private static Decision hincrbyfloat(Call call) {
    LongDouble increment = LongDouble.parse(call.arg(3));
    if (increment == null) {
      throw new Refusal("value is not a valid float");
    }
    if (!increment.isFinite()) {
      throw new Refusal("value is NaN or Infinity");
    }
    Bytes value = value(call);
    LongDouble before = value == null ? LongDouble.of(0) : LongDouble.parse(value);
    if (before == null) {
      throw new Refusal("hash value is not a float");
    }
    LongDouble sum = before.plus(increment);
    if (!sum.isFinite()) {
      throw new Refusal("increment would produce NaN or Infinity");
    }
    Bytes text = Bytes.of(sum.toText());
    return counted(call, text, Replies.bulk(text), "hincrbyfloat");
  }

  private static @Nullable Bytes value(Call call) {
    HashValue hash = call.find(call.arg(1), HashValue.class);
    return hash == null ? null : hash.get(call.arg(2));
  }

  private static Decision counted(Call call, Bytes value, RespReply reply, String event) {
    Bytes key = call.arg(1);
    List<Bytes> pair = List.of(call.arg(2), value);
    return Decision.done(reply, new HashOp.Replaced(call.database(), key, pair))
        .event(KeyEvent.Kind.HASH, event, call.database(), key);
  }
}
