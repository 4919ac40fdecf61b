package naru.protocol.resp.string;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.key.KeyOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Reading a string and changing when it expires.
public final class StringGetExpiring {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "GETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds | "
                      + "PXAT unix-time-milliseconds | PERSIST]",
                  StringGetExpiring::get)
              .since("6.2.0")
              .flags(Flag.WRITE, Flag.FAST)
              .reading()
              .keys("RW access update")
              .summary("Returns the string value of a key after setting its expiration time.")
              .complexity("O(1)"));

  private StringGetExpiring() {}

  private static Decision get(Call call) {
    ExpiryOption expiry = null;
    boolean persist = false;
    for (int i = 2; i < call.count(); i++) {
      ExpiryOption option = ExpiryOption.at(call, i);
      if (option != null && !persist && (expiry == null || expiry.unit() == option.unit())) {
        expiry = option;
        i++;
      } else if (call.is(i, "PERSIST") && expiry == null) {
        persist = true;
      } else {
        throw Call.syntaxError();
      }
    }
    return decide(call, expiry, persist);
  }

  private static Decision decide(Call call, @Nullable ExpiryOption expiry, boolean persist) {
    Bytes key = call.arg(1);
    Entry entry = call.entry(key);
    if (entry == null) {
      return Decision.done(Replies.NULL);
    }
    if (!(entry.value() instanceof StringValue string)) {
      throw Call.wrongType();
    }
    RespReply reply = Replies.bulk(string.bytes());
    int database = call.database();
    if (expiry != null) {
      long atMs = expiry.atMs(call);
      if (atMs <= call.nowMs()) {
        return Decision.done(reply, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED))
            .event(Kind.GENERIC, "del", database, key);
      }
      return Decision.done(reply, new KeyOp.ExpiryChanged(database, key, atMs))
          .event(Kind.GENERIC, "expire", database, key);
    }
    if (persist && entry.expiresAtMs() != Entry.NEVER) {
      return Decision.done(reply, new KeyOp.ExpiryChanged(database, key, Entry.NEVER))
          .event(Kind.GENERIC, "persist", database, key);
    }
    return Decision.done(reply);
  }
}
