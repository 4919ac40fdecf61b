package naru.simulator;

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
  REPLAYS_NOT_ALL
}
