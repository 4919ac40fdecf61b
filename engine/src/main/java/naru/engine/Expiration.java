package naru.engine;

import java.util.List;
import java.util.Optional;
import naru.bytes.Bytes;
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
    return List.of();
  }

  /// What those who listen to the keyspace are told of such an op.
  public static Optional<KeyEvent> event(Op op) {
    return op instanceof KeyOp.Removed
        ? Optional.of(new KeyEvent(KeyEvent.Kind.EXPIRED, "expired", op.database(), op.key()))
        : Optional.empty();
  }
}
