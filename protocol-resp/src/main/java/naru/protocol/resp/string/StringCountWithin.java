package naru.protocol.resp.string;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.LongDouble;
import naru.bytes.Numbers;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.key.KeyOp;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// Counting within bounds, and for a time: a rate limiter in one command.
public final class StringCountWithin {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "INCREX key [BYFLOAT increment | BYINT increment] [LBOUND lowerbound] "
                      + "[UBOUND upperbound] [SATURATE] [EX seconds | PX milliseconds | "
                      + "EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST] [ENX]",
                  StringCountWithin::count)
              .since("8.8.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW access update")
              .summary(
                  "Increments the numeric value of a key by a number and sets its expiration "
                      + "time. Uses 0 as initial value if the key doesn't exist.")
              .complexity("O(1)"));

  private StringCountWithin() {}

  private static Decision count(Call call) {
    CountOptions options = CountOptions.of(call);
    return options.isFloat() ? countFloats(call, options) : countIntegers(call, options);
  }

  private static Decision countIntegers(Call call, CountOptions options) {
    long increment = options.integer(call, options.by(), 1, "Increment");
    long lower = options.integer(call, options.lower(), Long.MIN_VALUE, "LBOUND");
    long upper = options.integer(call, options.upper(), Long.MAX_VALUE, "UBOUND");
    if (lower > upper) {
      throw boundsCrossed();
    }
    long atMs = options.atMs(call);
    Entry entry = call.entry(call.arg(1));
    long before = StringCount.number(string(entry));
    long sum = before + increment;
    boolean overflows = ((before ^ sum) & (increment ^ sum)) < 0;
    if (overflows) {
      sum = increment < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    long after = Math.clamp(sum, lower, upper);
    if (!options.saturates() && (overflows || after != sum)) {
      return Decision.done(integers(before, 0));
    }
    long applied = after - before;
    if (((after ^ before) & (after ^ applied)) < 0) {
      throw new Refusal("increment or decrement would overflow");
    }
    Bytes text = Bytes.of(Numbers.toAscii(after));
    return stored(call, options, entry, integers(after, applied), text, "incrby", atMs);
  }

  private static RespReply integers(long value, long applied) {
    return out -> {
      out.array(2);
      out.integer(value);
      out.integer(applied);
    };
  }

  private static Decision countFloats(Call call, CountOptions options) {
    LongDouble increment = options.floating(call, options.by(), "Increment");
    if (increment != null && !increment.isFinite()) {
      throw new Refusal("BYFLOAT increment cannot be Infinity");
    }
    LongDouble lower = options.floating(call, options.lower(), "LBOUND");
    LongDouble upper = options.floating(call, options.upper(), "UBOUND");
    if (lower != null && upper != null && lower.compare(upper) > 0) {
      throw boundsCrossed();
    }
    long atMs = options.atMs(call);
    Entry entry = call.entry(call.arg(1));
    LongDouble before = StringCount.floatNumber(string(entry));
    if (!before.isFinite()) {
      throw new Refusal("value cannot be Infinity");
    }
    LongDouble sum = before.plus(increment == null ? LongDouble.of(1) : increment);
    LongDouble after = sum;
    if (lower != null && sum.compare(lower) < 0) {
      after = lower;
    } else if (upper != null && sum.compare(upper) > 0) {
      after = upper;
    } else if (!sum.isFinite()) {
      after = LongDouble.largest(sum.signum() < 0);
    }
    if (!options.saturates() && after.compare(sum) != 0) {
      return Decision.done(floats(before, LongDouble.of(0)));
    }
    LongDouble applied = after.plus(before.negated());
    if (!after.isFinite() || !applied.isFinite()) {
      throw new Refusal("increment would produce NaN or Infinity");
    }
    Bytes text = Bytes.of(after.toText());
    return stored(call, options, entry, floats(after, applied), text, "incrbyfloat", atMs);
  }

  private static RespReply floats(LongDouble value, LongDouble applied) {
    return out -> {
      out.array(2);
      write(out, value);
      write(out, applied);
    };
  }

  private static void write(RespWriter out, LongDouble value) {
    if (out.version() < 3) {
      out.bulk(value.toText());
    } else {
      out.raw(Bytes.of("," + value.toText() + "\r\n").toArray());
    }
  }

  private static @Nullable StringValue string(@Nullable Entry entry) {
    if (entry == null) {
      return null;
    }
    if (!(entry.value() instanceof StringValue string)) {
      throw Call.wrongType();
    }
    return string;
  }

  private static Refusal boundsCrossed() {
    return new Refusal("LBOUND can't be greater than UBOUND");
  }

  private static Decision stored(
      Call call,
      CountOptions options,
      @Nullable Entry entry,
      RespReply reply,
      Bytes text,
      String event,
      long atMs) {
    Bytes key = call.arg(1);
    int database = call.database();
    boolean expires = entry != null && entry.expiresAtMs() != Entry.NEVER;
    boolean setsExpiry = atMs != Entry.NEVER && !(options.onlyIfNone() && expires);
    if (setsExpiry && atMs <= call.nowMs()) {
      return gone(reply, entry, database, key);
    }
    List<Op> ops = new ArrayList<>(2);
    Done done = Decision.done(reply, ops).event(Kind.STRING, event, database, key);
    if (setsExpiry) {
      ops.add(new StringOp.SetUntil(database, key, atMs, text));
      done.event(Kind.GENERIC, "expire", database, key);
    } else if (options.persists() && expires) {
      ops.add(new StringOp.Set(database, key, text));
      done.event(Kind.GENERIC, "persist", database, key);
    } else {
      ops.add(new StringOp.Replaced(database, key, text));
    }
    return done;
  }

  private static Decision gone(RespReply reply, @Nullable Entry entry, int database, Bytes key) {
    return entry == null
        ? Decision.done(reply)
        : Decision.done(reply, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED))
            .event(Kind.GENERIC, "del", database, key);
  }
}
