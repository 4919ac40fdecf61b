package naru.engine;

import java.util.List;
import java.util.Optional;
import naru.bytes.Bytes;
import naru.engine.hash.HashOp;
import naru.engine.hash.HashValue;
import naru.engine.key.KeyOp;

/// What has to happen because its time has come.
public final class Expiration {
  private Expiration() {}

  /// The ops that take away what of `entry` has expired at `nowMs`: all of it, or fields of its
  /// hash; none if nothing has.
  public static List<Op> due(Entry entry, int database, long nowMs) {
    Bytes key = entry.keyBytes();
    if (entry.isExpired(nowMs)) {
      return List.of(new KeyOp.Removed(database, key, KeyOp.Cause.EXPIRED));
    }
    if (entry.value() instanceof HashValue hash && hash.nextDueMs() <= nowMs) {
      return dueFields(hash, database, key, nowMs);
    }
    return List.of();
  }

  /// The key goes with its last field; that is said too, because listeners are told of it.
  private static List<Op> dueFields(HashValue hash, int database, Bytes key, long nowMs) {
    Op expired = new HashOp.Expired(database, key, nowMs);
    return hash.countDue(nowMs) < hash.size()
        ? List.of(expired)
        : List.of(expired, new KeyOp.Removed(database, key, KeyOp.Cause.DELETED));
  }

  /// What those who listen to the keyspace are told of such an op.
  public static Optional<KeyEvent> event(Op op) {
    if (op instanceof HashOp.Expired expired) {
      return event(KeyEvent.Kind.HASH, "hexpired", expired);
    }
    if (op instanceof KeyOp.Removed removed) {
      return removed.cause() == KeyOp.Cause.DELETED
          ? event(KeyEvent.Kind.GENERIC, "del", removed)
          : event(KeyEvent.Kind.EXPIRED, "expired", removed);
    }
    return Optional.empty();
  }

  private static Optional<KeyEvent> event(KeyEvent.Kind kind, String name, Op op) {
    return Optional.of(new KeyEvent(kind, name, op.database(), op.key()));
  }
}
