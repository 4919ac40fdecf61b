package naru.protocol.resp.string;

import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// One of the words by which commands on strings are told when a key expires, and where its number
/// stands.
///
/// The number is looked at late: Redis reads all options before it reads the number.
record ExpiryOption(Unit unit, int index) {
  /// `EX`, `PX`, `EXAT`, `PXAT`.
  enum Unit {
    SECONDS("EX", 1000, true),
    MILLISECONDS("PX", 1, true),
    UNIX_SECONDS("EXAT", 1000, false),
    UNIX_MILLISECONDS("PXAT", 1, false);

    private final String keyword;
    private final int milliseconds;
    private final boolean relative;

    Unit(String keyword, int milliseconds, boolean relative) {
      this.keyword = keyword;
      this.milliseconds = milliseconds;
      this.relative = relative;
    }

    /// The unit that the word at `index` names; null if it names none.
    static @Nullable Unit at(Call call, int index) {
      for (Unit unit : values()) {
        if (call.is(index, unit.keyword)) {
          return unit;
        }
      }
      return null;
    }
  }

  /// The option whose word stands at `index`; null if none does, or no number follows.
  static @Nullable ExpiryOption at(Call call, int index) {
    Unit unit = index + 1 < call.count() ? Unit.at(call, index) : null;
    return unit == null ? null : new ExpiryOption(unit, index + 1);
  }

  /// The wall clock in milliseconds that is meant.
  long atMs(Call call) {
    return atMs(call, unit, call.integer(index));
  }

  static long atMs(Call call, Unit unit, long number) {
    if (number <= 0 || number > Long.MAX_VALUE / unit.milliseconds) {
      throw invalid(call);
    }
    long ms = number * unit.milliseconds;
    if (unit.relative && ms > Long.MAX_VALUE - call.nowMs()) {
      throw invalid(call);
    }
    return unit.relative ? ms + call.nowMs() : ms;
  }

  private static Refusal invalid(Call call) {
    return new Refusal("invalid expire time in '" + call.verb().name() + "' command");
  }
}
