package naru.protocol.resp.hash;

import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// What stands in `HEXPIRE`, `HGETEX`, `HSETEX` and their like before and behind the fields, in any
/// order: a condition, a time, and the fields themselves.
final class FieldClauses {
  /// Which words a command takes.
  enum Kind {
    EXPIRE(1, "Parameter `numFields` should be greater than 0", ""),
    GET(1, "invalid number of fields", "PERSIST"),
    SET(2, "invalid number of fields", "KEEPTTL");

    private final int width;
    private final String badCount;

    /// The alternative to a time.
    private final String timeless;

    Kind(int width, String badCount, String timeless) {
      this.width = width;
      this.badCount = badCount;
      this.timeless = timeless;
    }
  }

  /// When a field's expiry is to be changed.
  enum Condition {
    /// It has none.
    NX,
    /// It has one.
    XX,
    /// It has one, and the new one is later.
    GT,
    /// It has none, or the new one is earlier.
    LT;

    boolean admits(long beforeMs, long atMs, long neverMs) {
      return switch (this) {
        case NX -> beforeMs == neverMs;
        case XX -> beforeMs != neverMs;
        case GT -> beforeMs != neverMs && atMs > beforeMs;
        case LT -> atMs < beforeMs;
      };
    }
  }

  private final Kind kind;
  private @Nullable Condition condition;
  private @Nullable Fields fields;
  private boolean hasTime;
  private boolean timeless;
  private long atMs;
  private boolean onlyIfAll;
  private boolean onlyIfNone;

  private FieldClauses(Kind kind) {
    this.kind = kind;
  }

  /// Reads the words from `index` on.
  static FieldClauses read(Call call, int index, Kind kind) {
    FieldClauses clauses = new FieldClauses(kind);
    int at = index;
    while (at < call.count()) {
      at = clauses.readWord(call, at);
    }
    if (clauses.fields == null) {
      throw new Refusal("missing FIELDS argument");
    }
    return clauses;
  }

  /// Reads the clause at `at`; returns where the next one is.
  private int readWord(Call call, int at) {
    if (call.is(at, "FIELDS")) {
      return readFields(call, at);
    }
    boolean read =
        switch (kind) {
          case EXPIRE -> readCondition(call, at);
          case GET -> readTimeless(call, at);
          case SET -> readTimeless(call, at) || readPresence(call, at);
        };
    if (read) {
      return at + 1;
    }
    if (kind != Kind.EXPIRE && readTime(call, at)) {
      return at + 2;
    }
    throw new Refusal("unknown argument: " + call.arg(at));
  }

  private int readFields(Call call, int at) {
    if (fields != null) {
      throw new Refusal("FIELDS keyword specified multiple times");
    }
    Fields read = Fields.read(call, at, kind.width, kind.badCount);
    fields = read;
    return read.from() + read.count() * kind.width;
  }

  private boolean readCondition(Call call, int at) {
    for (Condition candidate : Condition.values()) {
      if (call.is(at, candidate.name())) {
        if (condition != null && condition != candidate) {
          throw new Refusal("Multiple condition flags specified");
        }
        condition = candidate;
        return true;
      }
    }
    return false;
  }

  private boolean readTimeless(Call call, int at) {
    if (!call.is(at, kind.timeless)) {
      return false;
    }
    requireNoTime();
    timeless = true;
    return true;
  }

  private boolean readPresence(Call call, int at) {
    boolean all = call.is(at, "FXX");
    if (!all && !call.is(at, "FNX")) {
      return false;
    }
    if (onlyIfAll || onlyIfNone) {
      throw new Refusal("Only one of FXX or FNX arguments can be specified");
    }
    onlyIfAll = all;
    onlyIfNone = !all;
    return true;
  }

  private boolean readTime(Call call, int at) {
    boolean seconds = call.is(at, "EX") || call.is(at, "EXAT");
    boolean fromNow = call.is(at, "EX") || call.is(at, "PX");
    if (!seconds && !fromNow && !call.is(at, "PXAT")) {
      return false;
    }
    requireNoTime();
    if (at + 1 >= call.count()) {
      throw new Refusal("missing expire time");
    }
    atMs = FieldTime.readMs(call, at + 1, seconds, fromNow);
    hasTime = true;
    return true;
  }

  private void requireNoTime() {
    if (hasTime || timeless) {
      throw new Refusal(
          "Only one of EX, PX, EXAT, PXAT or " + kind.timeless + " arguments can be specified");
    }
  }

  Fields fields() {
    Fields present = fields;
    if (present == null) {
      throw new IllegalStateException();
    }
    return present;
  }

  /// Whether an expiry may change from `beforeMs` to `atMs`.
  boolean admits(long beforeMs, long newMs, long neverMs) {
    return condition == null || condition.admits(beforeMs, newMs, neverMs);
  }

  boolean hasTime() {
    return hasTime;
  }

  /// The time that was given, if [#hasTime].
  long atMs() {
    return atMs;
  }

  /// `PERSIST` or `KEEPTTL`.
  boolean isTimeless() {
    return timeless;
  }

  /// `FXX`
  boolean onlyIfAll() {
    return onlyIfAll;
  }

  /// `FNX`
  boolean onlyIfNone() {
    return onlyIfNone;
  }
}
