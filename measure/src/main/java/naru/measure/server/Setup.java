package naru.measure.server;

/// What all servers that are compared are told alike.
///
/// @param fsync when writes are synced: `always`, `everysec` or `no`
/// @param keepsLog whether anything is written at all
public record Setup(String fsync, boolean keepsLog, Wire wire) {
  /// What clients speak.
  public enum Wire {
    REDIS,
    MEMCACHED
  }
}
