package naru.simulator;

import naru.log.Durability;

/// A broker that is broken on purpose, to see that a simulation notices.
public enum Sabotage {
  NONE,
  /// Replies leave before what they tell of is synced.
  ANSWERS_EARLY,
  /// The disk's syncs keep nothing.
  DISK_LIES,
  /// A start leaves out the last op of a record now and then: a transaction in halves.
  REPLAYS_IN_PART,
  /// A start applies a record twice now and then.
  REPLAYS_TWICE,
  /// A start leaves out a record now and then.
  REPLAYS_NOT_ALL,
  /// A start forgets when keys expire.
  REPLAYS_NO_EXPIRY,
  /// A start forgets when fields of hashes expire.
  REPLAYS_NO_FIELD_EXPIRY,
  /// Fields of hashes expire a little later than they should.
  FIELDS_EXPIRE_LATE,
  /// Keys expire a little later than they should.
  EXPIRES_LATE,
  /// Nobody's watching is heeded.
  FORGETS_WATCHES,
  /// Who listens is not told a message now and then.
  LOSES_MESSAGES,
  /// Who listens is told two messages the wrong way round now and then.
  SWAPS_MESSAGES,
  /// Nothing is synced, though it should be every second.
  SYNCS_NEVER,
  /// A start goes on with what was read before damage as if it were all.
  IGNORES_DAMAGE,
  /// As [#IGNORES_DAMAGE], of files that are cut.
  IGNORES_CUT_FILES,
  /// As [#IGNORES_DAMAGE], of files that are missing.
  IGNORES_MISSING_FILES,
  /// A start goes on when the disk refuses to read, as if there were no more.
  IGNORES_READ_ERRORS,
  /// The disk's syncs of the directory keep nothing.
  DISK_FORGETS_NAMES,
  /// A sync that the disk refuses is tried again, and seems to end well.
  SYNCS_AGAIN,
  /// What cannot be read of a stream counts as nothing.
  PASSES_OVER_UNREADABLE,
  /// Once the disk was full, nothing is written any more.
  WRITES_NEVER_AGAIN;

  /// The durability under which it does harm.
  Durability durability() {
    return this == SYNCS_NEVER ? Durability.EVERYSEC : Durability.ALWAYS;
  }
}
