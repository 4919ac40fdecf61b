package naru.simulator.model;

/// When keys expire.
final class Expiry {
  private Expiry() {}

  /// The time that a number in some unit means.
  static long atMs(Turn turn, String unit, long number) {
    return switch (unit) {
      case "PX", "PEXPIRE" -> turn.nowMs() + number;
      case "EX", "EXPIRE" -> turn.nowMs() + number * 1000;
      case "PXAT", "PEXPIREAT" -> number;
      case "EXAT", "EXPIREAT" -> number * 1000;
      default -> throw new IllegalArgumentException(unit);
    };
  }

  /// `EXPIRE key time [NX | XX | GT | LT]`, and the like in other units.
  static Outcome expire(Turn turn) {
    String key = turn.word(1);
    long atMs = atMs(turn, turn.word(0), turn.number(2));
    if (turn.keys().find(key) == null || (turn.count() > 3 && !allows(turn, atMs))) {
      return Outcome.number(0);
    }
    if (atMs <= turn.nowMs()) {
      turn.remove(key);
    } else {
      turn.keys().expireAt(key, atMs);
    }
    return Outcome.number(1);
  }

  private static boolean allows(Turn turn, long atMs) {
    return allows(turn.word(3), turn.keys().dueMs(turn.word(1)), atMs);
  }

  /// @param presentMs when it expires now; the greatest number if it does not
  static boolean allows(String condition, long presentMs, long atMs) {
    return switch (condition) {
      case "NX" -> presentMs == Long.MAX_VALUE;
      case "XX" -> presentMs != Long.MAX_VALUE;
      case "GT" -> atMs > presentMs;
      case "LT" -> atMs < presentMs;
      default -> throw new IllegalArgumentException(condition);
    };
  }

  static Outcome persist(Turn turn) {
    String key = turn.word(1);
    return Outcome.number(turn.keys().find(key) != null && turn.keys().keep(key) ? 1 : 0);
  }

  /// `PTTL key`, or `PEXPIRETIME key`.
  static Outcome tell(Turn turn, long fromMs) {
    String key = turn.word(1);
    long dueMs = turn.keys().dueMs(key);
    if (turn.keys().find(key) == null) {
      return Outcome.number(-2);
    }
    return Outcome.number(dueMs == Long.MAX_VALUE ? -1 : dueMs - fromMs);
  }
}
