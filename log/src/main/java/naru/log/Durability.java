package naru.log;

/// When a record counts as safe, so that what depends on it may be seen.
public enum Durability {
  /// Synced to disk. Survives the loss of power. Syncs run beside the caller and are shared.
  ALWAYS,
  /// Handed to the system, which survives the end of this process; synced once a second.
  EVERYSEC,
  /// Handed to the system; synced when a file is full and at the end.
  NO
}
