package naru.engine.stream;

import naru.bytes.Bytes;

/// A member of a group.
public final class Consumer {
  /// It was never active.
  public static final long NEVER = -1;

  private final Bytes name;
  private final int number;
  long pending;
  long activeAtMs = NEVER;
  private long seenAtMs;

  Consumer(Bytes name, int number, long seenAtMs) {
    this.name = name;
    this.number = number;
    this.seenAtMs = seenAtMs;
  }

  public Bytes name() {
    return name;
  }

  /// Its number in [PendingEntries], unique in the group while the consumer exists.
  public int number() {
    return number;
  }

  /// How many pending entries it has.
  public long pending() {
    return pending;
  }

  /// When it last asked for something, wall clock.
  public long seenAtMs() {
    return seenAtMs;
  }

  /// When it last got something, wall clock; [#NEVER] before that.
  public long activeAtMs() {
    return activeAtMs;
  }

  /// It asked for something. An observation, not state: not in the log unless it gets something.
  public void seen(long atMs) {
    seenAtMs = atMs;
  }

  Consumer copy() {
    Consumer copy = new Consumer(name, number, seenAtMs);
    copy.pending = pending;
    copy.activeAtMs = activeAtMs;
    return copy;
  }
}
