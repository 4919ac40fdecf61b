package naru.protocol.resp.hash;

import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;

/// When fields expire, as commands say it.
final class FieldTime {
  /// No field may be told to expire later.
  private static final long LATEST_MS = (1L << 46) - 1;

  private FieldTime() {}

  /// The time at `index`, in seconds or milliseconds, from now or from 1970, as milliseconds from
  /// 1970.
  static long readMs(Call call, int index, boolean seconds, boolean fromNow) {
    long time = call.integer(index);
    if (time < 0) {
      throw new Refusal("invalid expire time, must be >= 0");
    }
    if (seconds) {
      if (time > LATEST_MS / 1000) {
        throw tooLate(call);
      }
      time *= 1000;
    }
    long base = fromNow ? call.nowMs() : 0;
    if (time > LATEST_MS - base) {
      throw tooLate(call);
    }
    return time + base;
  }

  private static Refusal tooLate(Call call) {
    return new Refusal("invalid expire time in '" + call.verb().name() + "' command");
  }
}
