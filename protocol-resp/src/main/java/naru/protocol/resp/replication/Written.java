package naru.protocol.resp.replication;

/// What was written up to some moment, and how far it has got since.
public final class Written {
  /// The commands of the turn at hand have no offset before its end.
  static final long NOT_YET = Long.MAX_VALUE;

  private final Acks acks;
  private final long position;
  long offset;

  Written(Acks acks, long position, long offset) {
    this.acks = acks;
    this.position = position;
    this.offset = offset;
  }

  /// How many of those who follow have done it.
  public long replicas() {
    return acks.count(follower -> follower.acknowledged >= offset);
  }

  /// How many of those who follow have it on their disk, and say so.
  public long replicasOnDisk() {
    return acks.count(follower -> follower.synced >= offset);
  }

  /// Whether it is on this broker's disk when the reply leaves: because it is now, or because every
  /// reply waits for that.
  public boolean isOnThisDisk() {
    return acks.isSynced(position);
  }
}
