package naru.protocol.resp.scripting;

import java.util.Map;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.KeyEvent;
import naru.engine.Refusal;
import naru.engine.key.KeyOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Replies;
import org.jspecify.annotations.Nullable;

/// What the scripts that Naru knows do, by their SHA-1.
///
/// They are the three of redis-py's `Lock`, without which Celery does not run: give a lock back,
/// prolong it, take it anew; each only if the caller's token is what the key holds. All answer 1 if
/// they did it, 0 if the lock is not the caller's.
final class KnownScripts {
  /// A script as a decision: one key, then the script's own arguments.
  interface Script {
    Decision decide(Call call, Bytes key, int firstArgument);
  }

  private static final Map<String, Script> BY_SHA1 =
      Map.of(
          "c3f8721cbb97f72bc19e972846bd7aaf91901658", KnownScripts::release,
          "a4e8783852e6b949f9ef3a97212805108459a890", KnownScripts::extend,
          "1cac51482acf5858da00f6d685d68f886cd6b6b2", KnownScripts::reacquire);

  private KnownScripts() {}

  /// The script with that SHA-1, forty hexadecimal digits in lower case; null if it is not known.
  static @Nullable Script find(String sha1) {
    return BY_SHA1.get(sha1);
  }

  private static @Nullable Entry held(Call call, Bytes key, int firstArgument) {
    if (firstArgument >= call.count()) {
      return null;
    }
    StringValue token = call.find(key, StringValue.class);
    boolean own = token != null && token.bytes().equals(call.arg(firstArgument));
    return own ? call.keys().entry(key) : null;
  }

  private static Decision release(Call call, Bytes key, int firstArgument) {
    if (held(call, key, firstArgument) == null) {
      return Decision.done(Replies.ZERO);
    }
    int database = call.database();
    return Decision.done(Replies.ONE, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED))
        .event(KeyEvent.Kind.GENERIC, "del", database, key);
  }

  private static Decision extend(Call call, Bytes key, int firstArgument) {
    Entry entry = held(call, key, firstArgument);
    if (entry == null || entry.expiresAtMs() == Entry.NEVER) {
      return Decision.done(Replies.ZERO);
    }
    long moreMs = milliseconds(call, firstArgument + 1);
    boolean adds = firstArgument + 2 < call.count() && call.is(firstArgument + 2, "0");
    return expireAt(call, key, (adds ? entry.expiresAtMs() : call.nowMs()) + moreMs);
  }

  private static Decision reacquire(Call call, Bytes key, int firstArgument) {
    if (held(call, key, firstArgument) == null) {
      return Decision.done(Replies.ZERO);
    }
    return expireAt(call, key, call.nowMs() + milliseconds(call, firstArgument + 1));
  }

  private static long milliseconds(Call call, int index) {
    if (index >= call.count()) {
      throw new Refusal("value is not an integer or out of range");
    }
    long limitMs = Long.MAX_VALUE / 4;
    return call.integerBetween(index, -limitMs, limitMs, "value is not an integer or out of range");
  }

  private static Decision expireAt(Call call, Bytes key, long atMs) {
    int database = call.database();
    if (atMs <= call.nowMs()) {
      return Decision.done(Replies.ONE, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED))
          .event(KeyEvent.Kind.GENERIC, "del", database, key);
    }
    return Decision.done(Replies.ONE, new KeyOp.ExpiryChanged(database, key, atMs))
        .event(KeyEvent.Kind.GENERIC, "expire", database, key);
  }
}
