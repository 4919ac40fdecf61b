package naru.protocol.resp.string;

import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.LongDouble;
import naru.bytes.Numbers;
import naru.engine.Decision;
import naru.engine.KeyEvent.Kind;
import naru.engine.Refusal;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Counting with strings that are numbers.
public final class StringCount {
  public static final List<Verb> VERBS =
      List.of(
          counting("INCR key", call -> count(call, 1))
              .since("1.0.0")
              .summary(
                  "Increments the integer value of a key by one. Uses 0 as initial value if the "
                      + "key doesn't exist."),
          counting("DECR key", call -> count(call, -1))
              .since("1.0.0")
              .summary(
                  "Decrements the integer value of a key by one. Uses 0 as initial value if the "
                      + "key doesn't exist."),
          counting("INCRBY key increment", call -> count(call, call.integer(2)))
              .since("1.0.0")
              .summary(
                  "Increments the integer value of a key by a number. Uses 0 as initial value if "
                      + "the key doesn't exist."),
          counting("DECRBY key decrement", StringCount::countDown)
              .since("1.0.0")
              .summary(
                  "Decrements a number from the integer value of a key. Uses 0 as initial value "
                      + "if the key doesn't exist."),
          counting("INCRBYFLOAT key increment(double)", StringCount::countFloat)
              .since("2.6.0")
              .summary(
                  "Increments the floating point value of a key by a number. Uses 0 as initial "
                      + "value if the key doesn't exist."));

  private StringCount() {}

  private static Verb counting(String usage, Handler handler) {
    return Verb.of(usage, handler)
        .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
        .keys("RW access update")
        .complexity("O(1)");
  }

  private static Decision countDown(Call call) {
    long decrement = call.integer(2);
    if (decrement == Long.MIN_VALUE) {
      throw new Refusal("decrement would overflow");
    }
    return count(call, -decrement);
  }

  private static Decision count(Call call, long increment) {
    Bytes key = call.arg(1);
    long before = number(call.find(key, StringValue.class));
    long after = before + increment;
    if (((before ^ after) & (increment ^ after)) < 0) {
      throw new Refusal("increment or decrement would overflow");
    }
    return Decision.done(Replies.integer(after), new StringOp.Counted(call.database(), key, after))
        .event(Kind.STRING, "incrby", call.database(), key);
  }

  /// The number that a string is, 0 if there is none.
  static long number(@Nullable StringValue string) {
    if (string == null) {
      return 0;
    }
    Bytes text = string.bytes();
    if (!Numbers.isLong(text)) {
      throw new Refusal("value is not an integer or out of range");
    }
    return Numbers.parseLong(text);
  }

  private static Decision countFloat(Call call) {
    Bytes key = call.arg(1);
    LongDouble before = floatNumber(call.find(key, StringValue.class));
    LongDouble after = before.plus(floatNumber(call.arg(2)));
    if (!after.isFinite()) {
      throw new Refusal("increment would produce NaN or Infinity");
    }
    Bytes text = Bytes.of(after.toText());
    return Decision.done(Replies.bulk(text), new StringOp.Replaced(call.database(), key, text))
        .event(Kind.STRING, "incrbyfloat", call.database(), key);
  }

  /// The number that a string is, 0 if there is none.
  static LongDouble floatNumber(@Nullable StringValue string) {
    return string == null ? LongDouble.of(0) : floatNumber(string.bytes());
  }

  private static LongDouble floatNumber(Bytes text) {
    LongDouble number = LongDouble.parse(text);
    if (number == null) {
      throw new Refusal("value is not a valid float");
    }
    return number;
  }
}
