package naru.protocol.resp.string;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import org.jspecify.annotations.Nullable;

/// Writing a whole string.
public final class StringSet {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "SET key value [NX | XX | IFEQ ifeq-value | IFNE ifne-value | "
                      + "IFDEQ ifdeq-digest | IFDNE ifdne-digest] [GET] [EX seconds | "
                      + "PX milliseconds | EXAT unix-time-seconds | "
                      + "PXAT unix-time-milliseconds | KEEPTTL]",
                  StringSet::set)
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW access update variable_flags")
              .accessOfCall(StringSet::access)
              .summary(
                  "Sets the string value of a key, ignoring its type. The key is created if it "
                      + "doesn't exist.")
              .complexity("O(1)"),
          Verb.of("SETNX key value", StringSet::setIfMissing)
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("OW insert")
              .summary("Set the string value of a key only when the key doesn't exist.")
              .complexity("O(1)"),
          Verb.of("SETEX key seconds value", call -> setExpiring(call, ExpiryOption.Unit.SECONDS))
              .since("2.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("OW update")
              .summary(
                  "Sets the string value and expiration time of a key. Creates the key if it "
                      + "doesn't exist.")
              .complexity("O(1)"),
          Verb.of(
                  "PSETEX key milliseconds value",
                  call -> setExpiring(call, ExpiryOption.Unit.MILLISECONDS))
              .since("2.6.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("OW update")
              .summary(
                  "Sets both string value and expiration time in milliseconds of a key. The key "
                      + "is created if it doesn't exist.")
              .complexity("O(1)"),
          Verb.of("GETSET key value", StringSet::getAndSet)
              .since("1.0.0")
              .deprecated("6.2.0", "`SET` with the `!GET` argument")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .reading()
              .keys("RW access update")
              .summary(
                  "Returns the previous string value of a key after setting it to a new value.")
              .complexity("O(1)"));

  private StringSet() {}

  /// Without `GET` and a condition on the value, what was there is not told.
  private static String access(Arguments words) {
    for (int i = 3; i < words.count(); i++) {
      Bytes word = words.get(i);
      if (word.equalsIgnoreCase("GET") || Condition.begins(word)) {
        return "RW access update";
      }
    }
    return "OW update";
  }

  private static Decision set(Call call) {
    return call.count() == 3 ? stored(call, Replies.OK) : setWith(call, SetOptions.of(call));
  }

  private static Decision setWith(Call call, SetOptions options) {
    Bytes key = call.arg(1);
    ExpiryOption expiry = options.expiry();
    long atMs = expiry == null ? Entry.NEVER : expiry.atMs(call);
    Condition condition = options.condition();
    if (condition != null) {
      condition.check();
    }
    Entry entry = call.entry(key, options.get());
    StringValue string = entry != null && entry.value() instanceof StringValue s ? s : null;
    boolean looksAtValue = options.get() || condition != null;
    if (looksAtValue && entry != null && string == null) {
      throw Call.wrongType();
    }
    RespReply before = string == null ? Replies.NULL : Replies.bulk(string.bytes());
    if (!options.allows(entry != null, string)) {
      return Decision.done(options.get() ? before : Replies.NULL);
    }
    RespReply reply = options.get() ? before : Replies.OK;
    return stored(call, reply, key, call.arg(2), atMs, options.keepsExpiry());
  }

  private static Decision setIfMissing(Call call) {
    return call.entry(call.arg(1)) == null
        ? stored(call, Replies.ONE)
        : Decision.done(Replies.ZERO);
  }

  private static Decision setExpiring(Call call, ExpiryOption.Unit unit) {
    long atMs = ExpiryOption.atMs(call, unit, call.integer(2));
    return stored(call, Replies.OK, call.arg(1), call.arg(3), atMs, false);
  }

  private static Decision getAndSet(Call call) {
    StringValue string = call.find(call.arg(1), StringValue.class);
    return stored(call, string == null ? Replies.NULL : Replies.bulk(string.bytes()));
  }

  private static Done stored(Call call, RespReply reply) {
    Bytes key = call.arg(1);
    return Decision.done(reply, new StringOp.Set(call.database(), key, call.arg(2)))
        .event(Kind.STRING, "set", call.database(), key);
  }

  private static Done stored(
      Call call, RespReply reply, Bytes key, Bytes value, long atMs, boolean keepsExpiry) {
    Done done = Decision.done(reply, op(call.database(), key, value, atMs, keepsExpiry));
    tell(done, call.database(), key, atMs);
    return done;
  }

  /// The effect of storing `value`; `atMs` is [Entry#NEVER] if no expiry is set.
  static StringOp op(int database, Bytes key, Bytes value, long atMs, boolean keepsExpiry) {
    if (atMs != Entry.NEVER) {
      return new StringOp.SetUntil(database, key, atMs, value);
    }
    return keepsExpiry
        ? new StringOp.Replaced(database, key, value)
        : new StringOp.Set(database, key, value);
  }

  static void tell(Done done, int database, Bytes key, long atMs) {
    done.event(Kind.STRING, "set", database, key);
    if (atMs != Entry.NEVER) {
      done.event(Kind.GENERIC, "expire", database, key);
    }
  }

  /// What `SET` is told behind key and value. A word may be said twice; the last time counts.
  private record SetOptions(
      boolean ifMissing,
      boolean ifPresent,
      boolean get,
      boolean keepsExpiry,
      @Nullable ExpiryOption expiry,
      @Nullable Condition condition) {

    static SetOptions of(Call call) {
      boolean ifMissing = false;
      boolean ifPresent = false;
      boolean get = false;
      boolean keeps = false;
      ExpiryOption expiry = null;
      Condition condition = null;
      for (int i = 3; i < call.count(); i++) {
        ExpiryOption newExpiry = ExpiryOption.at(call, i);
        Condition newCondition = Condition.at(call, i);
        if (call.is(i, "GET")) {
          get = true;
        } else if (call.is(i, "NX") && !ifPresent && condition == null) {
          ifMissing = true;
        } else if (call.is(i, "XX") && !ifMissing && condition == null) {
          ifPresent = true;
        } else if (call.is(i, "KEEPTTL") && expiry == null) {
          keeps = true;
        } else if (newExpiry != null && !keeps && agrees(expiry, newExpiry)) {
          expiry = newExpiry;
          i++;
        } else if (newCondition != null
            && !ifMissing
            && !ifPresent
            && agrees(condition, newCondition)) {
          condition = newCondition;
          i++;
        } else {
          throw Call.syntaxError();
        }
      }
      return new SetOptions(ifMissing, ifPresent, get, keeps, expiry, condition);
    }

    private static boolean agrees(@Nullable ExpiryOption before, ExpiryOption now) {
      return before == null || before.unit() == now.unit();
    }

    private static boolean agrees(@Nullable Condition before, Condition now) {
      return before == null || before.kind() == now.kind();
    }

    boolean allows(boolean exists, @Nullable StringValue value) {
      if (ifMissing ? exists : ifPresent && !exists) {
        return false;
      }
      return condition == null || condition.holds(value);
    }
  }
}
