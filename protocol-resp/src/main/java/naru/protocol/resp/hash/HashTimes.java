package naru.protocol.resp.hash;

import java.util.List;
import java.util.function.LongUnaryOperator;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.hash.HashValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Asking when fields expire.
public final class HashTimes {
  public static final List<Verb> VERBS =
      List.of(
          asking("HTTL", call -> times(call, atMs -> roundedUp(atMs - call.nowMs())))
              .summary("Returns how many seconds fields of a hash have to live."),
          asking("HPTTL", call -> times(call, atMs -> atMs - call.nowMs()))
              .summary("Returns how many milliseconds fields of a hash have to live."),
          asking("HEXPIRETIME", call -> times(call, HashTimes::roundedUp))
              .summary("Returns the time, in seconds, at which fields of a hash expire."),
          asking("HPEXPIRETIME", call -> times(call, atMs -> atMs))
              .summary("Returns the time, in milliseconds, at which fields of a hash expire."));

  private static final int NO_FIELD = -2;
  private static final int NO_EXPIRY = -1;

  private HashTimes() {}

  private static Verb asking(String name, Handler handler) {
    return Verb.of(name + " key FIELDS numfields field [field ...]", handler)
        .since("7.4.0")
        .flags(Flag.READONLY, Flag.FAST)
        .keys("RO access")
        .complexity("O(N) where N is the number of specified fields");
  }

  private static long roundedUp(long ms) {
    return (ms + 999) / 1000;
  }

  private static Decision times(Call call, LongUnaryOperator unit) {
    HashValue hash = call.find(call.arg(1), HashValue.class);
    Fields fields = Fields.requireCounted(call, 2);
    return Decision.done(
        Replies.of(
            out -> {
              out.array(fields.count());
              for (int i = 0; i < fields.count(); i++) {
                out.integer(time(hash, call.arg(fields.from() + i), unit));
              }
            }));
  }

  private static long time(@Nullable HashValue hash, Bytes name, LongUnaryOperator unit) {
    if (hash == null || !hash.contains(name)) {
      return NO_FIELD;
    }
    long atMs = hash.expiresAtMs(name);
    return atMs == Entry.NEVER ? NO_EXPIRY : unit.applyAsLong(atMs);
  }
}
