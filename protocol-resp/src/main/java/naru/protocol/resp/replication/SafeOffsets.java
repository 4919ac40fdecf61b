package naru.protocol.resp.replication;

import java.util.ArrayDeque;
import naru.log.OpsLog;
import org.jspecify.annotations.Nullable;

/// Up to which offset of the history that is followed nothing can be lost here: as far as the
/// durability asks, and on the disk itself.
final class SafeOffsets {
  private record Mark(long position, long offset) {}

  private final OpsLog log;
  private final ArrayDeque<Mark> applied = new ArrayDeque<>();
  private long safe;

  // Between two syncs there may be any number of pieces: only one of them is waited for.
  private long synced;
  private @Nullable Mark syncing;
  private @Nullable Mark last;

  SafeOffsets(OpsLog log) {
    this.log = log;
  }

  /// All up to that offset is safe, and nothing else has come.
  void restart(long offset) {
    applied.clear();
    syncing = null;
    last = null;
    safe = offset;
    synced = offset;
  }

  /// A piece that leads up to that offset stands in the log's open record.
  void applied(long offset) {
    Mark mark = new Mark(log.position(), offset);
    applied.add(mark);
    last = mark;
  }

  long safe() {
    long position = log.safePosition();
    while (!applied.isEmpty() && applied.element().position() <= position) {
      safe = applied.remove().offset();
    }
    return safe;
  }

  long synced() {
    long position = log.syncedPosition();
    if (syncing != null && syncing.position() <= position) {
      synced = syncing.offset();
      syncing = null;
    }
    if (syncing == null && last != null) {
      if (last.position() <= position) {
        synced = last.offset();
      } else {
        syncing = last;
      }
    }
    return synced;
  }
}
