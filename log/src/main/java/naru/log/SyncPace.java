package naru.log;

/// How long syncs take lately, which says who should wait for the next one.
///
/// A sync beside the reactor costs two changes of thread and a turn, and what comes in meanwhile
/// has to wait for one more. On a disk that syncs in a fraction of a millisecond that is dearer
/// than the sync, so the reactor had better wait for it: all requests that come in meanwhile share
/// the next. A slow disk must not stop it.
final class SyncPace {
  /// One sync counts an eighth, so that a disk that has stalled once is not trusted again at once.
  private static final int SHARE = 8;

  private final long quickNs;
  private long averageNs;

  /// @param quickNs a sync is quick if it takes less; 0: none is
  SyncPace(long quickNs) {
    this.quickNs = quickNs;
    averageNs = quickNs;
  }

  boolean isQuick() {
    return averageNs < quickNs;
  }

  void took(long durationNs) {
    averageNs += (durationNs - averageNs) / SHARE;
  }
}
