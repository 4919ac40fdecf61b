package naru.rdb;

import naru.engine.Entry;
import naru.engine.Value;
import naru.engine.hash.HashValue;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.StreamValue;

/// Versions of RDB: what they are the first to have.
///
/// Every value is told in the lowest version, from [#OLDEST_WRITTEN] on, that has a place for all
/// of it, so that as many versions of Redis as possible take it.
public final class RdbVersion {
  /// Redis 7.0: listpacks, and groups that know how many entries they have read.
  public static final int OLDEST_WRITTEN = 10;

  /// Redis 7.2: packed sets, and when consumers were last active.
  static final int ACTIVE_CONSUMERS = 11;

  /// Redis 7.4: fields of hashes that expire.
  static final int FIELD_TIMES = 12;

  /// Redis 8.4: messages of producers that streams remember.
  static final int PRODUCERS = 13;

  /// Redis 8.8: pending entries that were given back.
  static final int RELEASED_ENTRIES = 14;

  /// The newest version that is read and written.
  public static final int NEWEST = 14;

  private RdbVersion() {}

  /// The lowest version that has a place for all of a value.
  public static int of(Value value) {
    return switch (value) {
      case HashValue hash -> hash.nextDueMs() == Entry.NEVER ? OLDEST_WRITTEN : FIELD_TIMES;
      case StreamValue stream -> of(stream);
      default -> OLDEST_WRITTEN;
    };
  }

  private static int of(StreamValue stream) {
    for (ConsumerGroup group : stream.groups()) {
      if (group.pending().unowned() > 0) {
        return RELEASED_ENTRIES;
      }
    }
    return stream.idempotence() == null ? OLDEST_WRITTEN : PRODUCERS;
  }
}
