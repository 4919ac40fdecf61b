package naru.protocol.resp.verb;

import naru.bytes.LongDouble;
import naru.engine.Decision.Wait;
import naru.engine.Refusal;

/// How long a command that blocks may wait.
public final class Timeout {
  private Timeout() {}

  /// The wall clock in milliseconds at which the timeout of so many seconds, and parts of them, at
  /// `index` ends; [Wait#FOR_EVER] for 0.
  public static long untilMs(Call call, int index) {
    LongDouble seconds = LongDouble.parse(call.arg(index));
    if (seconds == null) {
      throw new Refusal("timeout is not a float or out of range");
    }
    long timeoutMs = seconds.thousandths();
    if (timeoutMs < 0) {
      throw new Refusal("timeout is negative");
    }
    if (timeoutMs > Long.MAX_VALUE - call.nowMs()) {
      throw new Refusal("timeout is out of range");
    }
    return timeoutMs == 0 ? Wait.FOR_EVER : call.nowMs() + timeoutMs;
  }
}
