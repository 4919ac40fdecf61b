package naru.log;

import naru.bytes.ByteWriter;
import org.jspecify.annotations.Nullable;

/// The durable order of everything that happened: a sequence of atomic, checksummed records.
///
/// A turn of the reactor is one record: what is written to [#record] between two [#seal]s is
/// found again whole or not at all. A record's place is its *position*, 1 for the first, rising by
/// one. The log does not know what its records mean.
public interface OpsLog extends AutoCloseable {
  /// The open record: effects are encoded straight into it.
  ByteWriter record();

  /// The position that covers all that was decided so far: the open record's if something was
  /// written to it, else the last sealed one's.
  long position();

  /// Ends the open record, if there is anything in it: hands it to the system and, where the
  /// durability asks, starts a sync beside the caller.
  void seal();

  /// Up to where everything is as safe as the durability asks. Replies up to here may leave.
  long safePosition();

  /// Up to where everything is synced to disk, whatever the durability asks (`WAITAOF`, `INFO`).
  long syncedPosition();

  /// Whether [#snapshot] gives one.
  default boolean takesSnapshots() {
    return false;
  }

  /// Begins a snapshot: what the state is now, at [#position], is going to be told. The open record
  /// has to be empty, and one snapshot be done or given up before the next begins. Null if this log
  /// keeps nothing. Throws [WorldFailure] if the disk refuses.
  default @Nullable SnapshotWriter snapshot() {
    return null;
  }

  /// Shows what the newest snapshot tells, if there is one. Throws [DamagedLog] if it is damaged.
  default void readSnapshot(Replay replay) {}

  /// Names files that are everything up to [#position], and keeps them until [#letGo] is called as
  /// often as this was. The open record has to be empty. Null if this log keeps nothing. Throws
  /// [WorldFailure] if the disk refuses.
  default @Nullable HeldFiles hold() {
    return null;
  }

  /// Files that [#hold] has named need not be kept any more.
  default void letGo() {}

  /// How often files are held now.
  default int holds() {
    return 0;
  }

  /// What the newest snapshot takes on the disk, 0 if there is none.
  default long snapshotBytes() {
    return 0;
  }

  /// What the records behind the newest snapshot take.
  default long tailBytes() {
    return 0;
  }

  /// The files beside the log that blocks can be moved out to; null if nothing is kept.
  default @Nullable BlockFiles blocks() {
    return null;
  }

  /// Whether the disk has room for more. While it has not, nothing is to be decided that writes;
  /// what has to be written all the same waits for room, and so does all that depends on it.
  default boolean hasRoom() {
    return true;
  }

  /// From now on the disk counts as full when it has less room than this.
  default void reserve(long bytes) {}

  /// Housekeeping by the clock: the every-second sync, rotation of files. Called about ten times a
  /// second.
  void tick(long monotonicNs);

  /// Seals, syncs, closes.
  @Override
  void close();
}
