package naru.engine;

import naru.structures.HashTable;

/// A key and what it holds.
public final class Entry extends HashTable.Node {
  /// No expiry.
  public static final long NEVER = Long.MAX_VALUE;

  Value value;
  long expiresAtMs = NEVER;

  /// Where it stands in the [DueQueue], -1 if it does not.
  int duePlace = -1;

  /// When it was last used, wall clock in seconds, cut off. An observation: not in the log.
  private int touchedS;

  Entry(byte[] key, Value value) {
    super(key);
    this.value = value;
  }

  public Value value() {
    return value;
  }

  /// Wall clock, [#NEVER] without expiry.
  public long expiresAtMs() {
    return expiresAtMs;
  }

  public boolean isExpired(long nowMs) {
    return expiresAtMs <= nowMs;
  }

  /// For how long it was not used.
  public int idleS(long nowMs) {
    return Math.max(0, (int) Math.floorDiv(nowMs, 1000L) - touchedS);
  }

  public int touchedS() {
    return touchedS;
  }

  public void touch(int nowS) {
    touchedS = nowS;
  }
}
