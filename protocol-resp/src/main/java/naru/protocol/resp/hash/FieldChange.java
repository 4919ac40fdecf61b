package naru.protocol.resp.hash;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.Entry;
import naru.engine.KeyEvent;
import naru.engine.hash.HashOp;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.SeenWords;

/// The fields of one hash whose expiry one command changes, one after the other. A time that has
/// passed takes a field away.
final class FieldChange {
  private final Call call;
  private final HashValue hash;
  private final long atMs;
  private final boolean past;
  private final SeenWords seen = new SeenWords();
  private final List<Bytes> changed = new ArrayList<>();

  /// `atMs` is [Entry#NEVER] to take expiries away.
  FieldChange(Call call, HashValue hash, long atMs) {
    this.call = call;
    this.hash = hash;
    this.atMs = atMs;
    this.past = atMs <= call.nowMs();
  }

  boolean isPast() {
    return past;
  }

  /// Whether the field is there, seen from behind the changes so far.
  boolean contains(Bytes name) {
    return hash.contains(name) && !(past && seen.contains(name));
  }

  /// The expiry of a field, seen from behind the changes so far.
  long expiresAtMs(Bytes name) {
    return seen.contains(name) ? atMs : hash.expiresAtMs(name);
  }

  void add(Bytes name) {
    if (seen.add(name)) {
      changed.add(name);
    }
  }

  /// That the fields added, if any, are changed.
  Done done(RespReply reply) {
    if (changed.isEmpty()) {
      return Decision.done(reply);
    }
    int database = call.database();
    Bytes key = call.arg(1);
    if (!past) {
      String event = atMs == Entry.NEVER ? "hpersist" : "hexpire";
      return Decision.done(reply, new HashOp.ExpiryChanged(database, key, atMs, changed))
          .event(KeyEvent.Kind.HASH, event, database, key);
    }
    Done done =
        Decision.done(reply, new HashOp.Removed(database, key, changed))
            .event(KeyEvent.Kind.HASH, "hdel", database, key);
    return changed.size() < hash.size()
        ? done
        : done.event(KeyEvent.Kind.GENERIC, "del", database, key);
  }
}
