package naru.protocol.resp.key;

import java.util.List;
import java.util.function.LongBinaryOperator;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Asking when keys expire.
public final class KeyTimeToLive {
  private static final int MISSING = -2;
  private static final int ENDLESS = -1;

  public static final List<Verb> VERBS =
      List.of(
          asking("TTL key", (atMs, nowMs) -> seconds(atMs - nowMs))
              .tips("nondeterministic_output")
              .since("1.0.0")
              .summary("Returns the expiration time in seconds of a key."),
          asking("PTTL key", (atMs, nowMs) -> atMs - nowMs)
              .tips("nondeterministic_output")
              .since("2.6.0")
              .summary("Returns the expiration time in milliseconds of a key."),
          asking("EXPIRETIME key", (atMs, _) -> seconds(atMs))
              .since("7.0.0")
              .summary("Returns the expiration time of a key as a Unix timestamp."),
          asking("PEXPIRETIME key", (atMs, _) -> atMs)
              .since("7.0.0")
              .summary("Returns the expiration time of a key as a Unix milliseconds timestamp."));

  private KeyTimeToLive() {}

  private static Verb asking(String usage, LongBinaryOperator answer) {
    return Verb.of(usage, call -> timeToLive(call, answer))
        .flags(Flag.READONLY, Flag.FAST)
        .keys("RO access")
        .complexity("O(1)");
  }

  private static Decision timeToLive(Call call, LongBinaryOperator answer) {
    Entry entry = call.peek(call.arg(1));
    if (entry == null) {
      return Decision.done(Replies.integer(MISSING));
    }
    long atMs = entry.expiresAtMs();
    return Decision.done(
        Replies.integer(atMs == Entry.NEVER ? ENDLESS : answer.applyAsLong(atMs, call.nowMs())));
  }

  private static long seconds(long ms) {
    return ms > Long.MAX_VALUE - 500 ? ms / 1000 : (ms + 500) / 1000;
  }
}
