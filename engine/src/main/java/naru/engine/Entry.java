package naru.engine;

import naru.structures.HashTable;
import naru.structures.HeapSize;

/// A key and what it holds.
public final class Entry extends HashTable.Node {
  /// No expiry.
  public static final long NEVER = Long.MAX_VALUE;

  /// A longer time without use cannot be noted: it is taken for a clock that was set back.
  public static final int IDLE_MAX_S = 1 << 27;

  private static final int USAGE_MASK = (1 << 28) - 1;
  private static final int NOWHERE = -1;
  private static final int OBJECT_BYTES = 24;
  private static final int EXPIRING_BYTES = 24;

  /// A [Value] or, for an entry with an expiry or in the [DueQueue], [Expiring]: most are neither,
  /// and need no room for it.
  private Object held;

  // The note of the node is two things in one number, for the sake of memory: the lowest bit is the
  // mark of a StateRetelling; above it, as the UsageClock says, when the entry was last used, wall
  // clock in seconds modulo 2^28, or its Frequency. An observation: not in the log.

  Entry(byte[] key, Value value, boolean mark) {
    super(key);
    this.held = value;
    note(mark ? 1 : 0);
  }

  boolean mark() {
    return (note() & 1) != 0;
  }

  void mark(boolean mark) {
    note((note() & ~1) | (mark ? 1 : 0));
  }

  private static final class Expiring {
    Value value;
    long atMs;
    int duePlace = NOWHERE;

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
    if (held instanceof Expiring expiring) {
      expiring.atMs = atMs;
    } else if (atMs != NEVER) {
      held = new Expiring((Value) held, atMs);
    }
  }

  /// Where it stands in the [DueQueue], negative if it does not.
  int duePlace() {
    return held instanceof Expiring expiring ? expiring.duePlace : NOWHERE;
  }

  /// It stands at `place` of the [DueQueue].
  void duePlace(int place) {
    if (held instanceof Expiring expiring) {
      expiring.duePlace = place;
    } else {
      Expiring expiring = new Expiring((Value) held, NEVER);
      expiring.duePlace = place;
      held = expiring;
    }
  }

  /// It stands in the [DueQueue] no more. What it takes in memory stays as it is.
  void leaveDue() {
    if (held instanceof Expiring expiring) {
      expiring.duePlace = NOWHERE;
    }
  }

  /// Gives back the room for an expiry if it has none and stands in no [DueQueue].
  void trim() {
    if (held instanceof Expiring expiring && expiring.atMs == NEVER && expiring.duePlace < 0) {
      held = expiring.value;
    }
  }

  /// Whether something inside it expires on its own: a field.
  boolean hasDuePart() {
    return held instanceof Expiring expiring && expiring.value.nextDueMs() != NEVER;
  }

  public boolean isExpired(long nowMs) {
    return expiresAtMs() <= nowMs;
  }

  /// For how long it was not used.
  public int idleS(long nowMs) {
    int idleS = ((int) Math.floorDiv(nowMs, 1000L) - touchedS()) & USAGE_MASK;
    return idleS <= IDLE_MAX_S ? idleS : 0;
  }

  /// When it was last used, wall clock in seconds, modulo 2^28.
  public int touchedS() {
    return usage();
  }

  public void touch(int nowS) {
    usage(nowS);
  }

  int usage() {
    return note() >>> 1;
  }

  void usage(int bits) {
    note(bits << 1 | (note() & 1));
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
