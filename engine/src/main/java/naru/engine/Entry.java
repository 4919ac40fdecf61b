package naru.engine;

import naru.structures.HashTable;
import naru.structures.HeapSize;

/// A key and what it holds.
public final class Entry extends HashTable.Node {
  /// No expiry.
  public static final long NEVER = Long.MAX_VALUE;

  /// More is taken for a clock that was set back.
  private static final int IDLE_MAX_S = 1 << 30;

  private static final int OBJECT_BYTES = 32;
  private static final int EXPIRING_BYTES = 24;

  /// A [Value] or, for an entry with an expiry, [Expiring]: most have none, and need no room for
  /// it.
  private Object held;

  /// Where it stands in the [DueQueue], -1 if it does not.
  int duePlace = -1;

  /// Two things in one number, for the sake of memory: the lowest bit is the mark of
  /// [StateRetelling]; above it, as the [UsageClock] says, when the entry was last used, wall clock
  /// in seconds modulo 2^31, or its [Frequency]. An observation: not in the log.
  private int usageAndMark;

  Entry(byte[] key, Value value, boolean mark) {
    super(key);
    this.held = value;
    this.usageAndMark = mark ? 1 : 0;
  }

  boolean mark() {
    return (usageAndMark & 1) != 0;
  }

  void mark(boolean mark) {
    usageAndMark = (usageAndMark & ~1) | (mark ? 1 : 0);
  }

  private static final class Expiring {
    Value value;
    long atMs;

    Expiring(Value value, long atMs) {
      this.value = value;
      this.atMs = atMs;
    }
  }

  public Value value() {
    return held instanceof Expiring expiring ? expiring.value : (Value) held;
  }

  void value(Value newValue) {
    if (held instanceof Expiring expiring) {
      expiring.value = newValue;
    } else {
      held = newValue;
    }
  }

  /// Wall clock, [#NEVER] without expiry.
  public long expiresAtMs() {
    return held instanceof Expiring expiring ? expiring.atMs : NEVER;
  }

  void expiresAtMs(long atMs) {
    if (atMs == NEVER) {
      held = value();
    } else if (held instanceof Expiring expiring) {
      expiring.atMs = atMs;
    } else {
      held = new Expiring((Value) held, atMs);
    }
  }

  public boolean isExpired(long nowMs) {
    return expiresAtMs() <= nowMs;
  }

  /// For how long it was not used.
  public int idleS(long nowMs) {
    int idleS = ((int) Math.floorDiv(nowMs, 1000L) - touchedS()) & Integer.MAX_VALUE;
    return idleS <= IDLE_MAX_S ? idleS : 0;
  }

  /// When it was last used, wall clock in seconds, modulo 2^31.
  public int touchedS() {
    return usageAndMark >>> 1;
  }

  public void touch(int nowS) {
    usage(nowS);
  }

  int usage() {
    return usageAndMark >>> 1;
  }

  void usage(int bits) {
    usageAndMark = bits << 1 | (usageAndMark & 1);
  }

  /// What is known of the use of `other`, which was this key before, is known of this one.
  public void usedLike(Entry other) {
    usage(other.usage());
  }

  /// What it takes in memory.
  public long sizeBytes() {
    return OBJECT_BYTES
        + (held instanceof Expiring ? EXPIRING_BYTES : 0)
        + HeapSize.bytes(key().length)
        + value().sizeBytes();
  }
}
