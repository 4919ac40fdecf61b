package naru.protocol.resp.key;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.Refusal;
import naru.engine.key.KeyOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Setting when keys expire.
public final class KeyExpire {
  public static final List<Verb> VERBS =
      List.of(
          expiring("EXPIRE key seconds", 1000, true)
              .since("1.0.0")
              .summary("Sets the expiration time of a key in seconds."),
          expiring("PEXPIRE key milliseconds", 1, true)
              .since("2.6.0")
              .summary("Sets the expiration time of a key in milliseconds."),
          expiring("EXPIREAT key unix-time-seconds", 1000, false)
              .since("1.2.0")
              .summary("Sets the expiration time of a key to a Unix timestamp."),
          expiring("PEXPIREAT key unix-time-milliseconds", 1, false)
              .since("2.6.0")
              .summary("Sets the expiration time of a key to a Unix milliseconds timestamp."),
          Verb.of("PERSIST key", KeyExpire::persist)
              .since("2.2.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW update")
              .summary("Removes the expiration time of a key.")
              .complexity("O(1)"));

  private KeyExpire() {}

  private static Verb expiring(String usage, int unitMs, boolean relative) {
    return Verb.of(usage + " [NX | XX | GT | LT]", call -> expire(call, unitMs, relative))
        .flags(Flag.WRITE, Flag.FAST)
        .keys("RW update")
        .complexity("O(1)");
  }

  private static Decision expire(Call call, int unitMs, boolean relative) {
    Rule rule = Rule.of(call);
    long atMs = atMs(call, unitMs, relative ? call.nowMs() : 0);
    Bytes key = call.arg(1);
    Entry entry = call.entry(key);
    if (entry == null || !rule.allows(entry.expiresAtMs(), atMs)) {
      return Decision.done(Replies.ZERO);
    }
    int database = call.database();
    if (atMs <= call.nowMs()) {
      return Decision.done(Replies.ONE, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED))
          .event(Kind.GENERIC, "del", database, key);
    }
    return Decision.done(Replies.ONE, new KeyOp.ExpiryChanged(database, key, atMs))
        .event(Kind.GENERIC, "expire", database, key);
  }

  private static long atMs(Call call, int unitMs, long fromMs) {
    long number = call.integer(2);
    boolean fits = number <= Long.MAX_VALUE / unitMs && number >= Long.MIN_VALUE / unitMs;
    if (!fits || number * unitMs > Long.MAX_VALUE - fromMs) {
      throw new Refusal("invalid expire time in '" + call.verb().name() + "' command");
    }
    return number * unitMs + fromMs;
  }

  /// Under what conditions the expiry changes.
  private record Rule(boolean ifNone, boolean ifAny, boolean ifLater, boolean ifEarlier) {
    static Rule of(Call call) {
      boolean ifNone = false;
      boolean ifAny = false;
      boolean ifLater = false;
      boolean ifEarlier = false;
      for (int i = 3; i < call.count(); i++) {
        if (call.is(i, "NX")) {
          ifNone = true;
        } else if (call.is(i, "XX")) {
          ifAny = true;
        } else if (call.is(i, "GT")) {
          ifLater = true;
        } else if (call.is(i, "LT")) {
          ifEarlier = true;
        } else {
          throw new Refusal("Unsupported option " + call.arg(i).printed());
        }
      }
      if (ifNone && (ifAny || ifLater || ifEarlier)) {
        throw new Refusal("NX and XX, GT or LT options at the same time are not compatible");
      }
      if (ifLater && ifEarlier) {
        throw new Refusal("GT and LT options at the same time are not compatible");
      }
      return new Rule(ifNone, ifAny, ifLater, ifEarlier);
    }

    /// No expiry, [Entry#NEVER], counts as the latest of all.
    boolean allows(long presentMs, long newMs) {
      boolean none = presentMs == Entry.NEVER;
      return !(ifNone && !none)
          && !(ifAny && none)
          && !(ifLater && newMs <= presentMs)
          && !(ifEarlier && !none && newMs >= presentMs);
    }
  }

  private static Decision persist(Call call) {
    Bytes key = call.arg(1);
    Entry entry = call.entry(key);
    if (entry == null || entry.expiresAtMs() == Entry.NEVER) {
      return Decision.done(Replies.ZERO);
    }
    return Decision.done(Replies.ONE, new KeyOp.ExpiryChanged(call.database(), key, Entry.NEVER))
        .event(Kind.GENERIC, "persist", call.database(), key);
  }
}
