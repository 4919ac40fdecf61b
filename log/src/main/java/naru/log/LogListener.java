package naru.log;

import naru.world.WorldFailure;

/// Told by a [LocalLog] what happened beside its owner.
///
/// All calls come out of the log's mailbox, on the owner's thread, and never inside a call of the
/// log; only [LocalLog#close], which has no later, tells of a failure itself.
public interface LogListener {
  /// [OpsLog#safePosition] rose to `position` because a sync ended. A rise inside
  /// [OpsLog#seal] is not told: the caller looks.
  void safe(long position);

  /// [OpsLog#hasRoom] is another than it was.
  default void roomChanged(boolean hasRoom) {}

  /// A write or a sync failed. From now on nothing is written and no position becomes safe.
  void failed(WorldFailure failure);
}
