package naru.world;

import org.jspecify.annotations.Nullable;

/// A file that is read anywhere and written at its end.
///
/// Every method throws [WorldFailure] when the system refuses. After a failed sync the state of the
/// file is unknown: it must not be retried as if it had worked.
public interface DiskFile extends AutoCloseable {
  String name();

  long sizeBytes();

  /// Reads up to `count` bytes from `position` into `into` at `offset`; returns how many, 0 at the
  /// end.
  int read(long position, byte[] into, int offset, int count);

  /// Writes all of the bytes behind the end of the file. Safe only after a sync. When it is
  /// refused, some of them may be there; if because there is no room, the file can be cut and goes
  /// on.
  void append(byte[] from, int offset, int count);

  /// As [#append], possibly beside the caller: the bytes count as appended from now on, and must
  /// stay as they are until `done` is run, once, possibly on another thread. Reading them may show
  /// something else before the next [#sync] or [#syncThen] has ended; these fail if this did.
  default void appendThen(byte[] from, int offset, int count, SyncListener done) {
    done.synced(Disk.refusalOf(() -> append(from, offset, count)));
  }

  /// Cuts the file to `sizeBytes`.
  void truncate(long sizeBytes);

  /// Hands the bytes from `from` to the end to the system once more, as they are read. After that a
  /// sync makes them safe even if one of another process was refused, which the system forgets.
  void writeAgain(long from);

  /// Makes all that was appended before this call safe. Blocks.
  void sync();

  /// As [#sync], beside the caller: `done` is run once, possibly on another thread, after the sync
  /// ended. At most one is under way for a file.
  void syncThen(SyncListener done);

  @Override
  void close();

  /// Told how what was done beside the caller ended.
  interface SyncListener {
    /// `failure` is null when everything is safe or, of an append or a deletion, done.
    void synced(@Nullable WorldFailure failure);
  }
}
