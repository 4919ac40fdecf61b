package naru.protocol.resp.sortedset;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.sortedset.SortedSetValue;
import naru.engine.sortedset.SortedSetValue.Cursor;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Timeout;
import naru.protocol.resp.verb.Verb;

/// Taking members out at the ends of sorted sets, and waiting for some.
public final class SortedSetPop {
  private static final String POPPING =
      "O(log(N)*M) with N being the number of elements in the sorted set, and M being the number"
          + " of elements popped.";

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("ZPOPMIN key [count]", call -> pop(call, End.MIN))
              .since("5.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW access delete")
              .summary("Takes the members with the lowest scores out and returns them.")
              .complexity(POPPING),
          Verb.of("ZPOPMAX key [count]", call -> pop(call, End.MAX))
              .since("5.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW access delete")
              .summary("Takes the members with the highest scores out and returns them.")
              .complexity(POPPING),
          blocking("BZPOPMIN key [key ...] timeout(double)", call -> popOne(call, End.MIN))
              .summary(
                  "Takes the member with the lowest score out of the first of several sorted sets"
                      + " that has one, or waits for one."),
          blocking("BZPOPMAX key [key ...] timeout(double)", call -> popOne(call, End.MAX))
              .summary(
                  "Takes the member with the highest score out of the first of several sorted sets"
                      + " that has one, or waits for one."),
          Verb.of(
                  "ZMPOP numkeys key [key ...] <MIN | MAX> [COUNT count]",
                  call -> new MultiPop(call, 1).pop())
              .since("7.0.0")
              .flags(Flag.WRITE, Flag.MOVABLEKEYS)
              .keys("RW access delete")
              .summary("Takes members out of the first of several sorted sets that has any.")
              .complexity(MultiPop.COMPLEXITY),
          Verb.of(
                  "BZMPOP timeout(double) numkeys key [key ...] <MIN | MAX> [COUNT count]",
                  call -> new MultiPop(call, 2).popOrWait())
              .since("7.0.0")
              .flags(Flag.WRITE, Flag.BLOCKING, Flag.MOVABLEKEYS)
              .keys("RW access delete")
              .summary(
                  "Takes members out of the first of several sorted sets that has any, or waits"
                      + " for some.")
              .complexity(MultiPop.COMPLEXITY));

  private SortedSetPop() {}

  private static Verb blocking(String usage, Handler handler) {
    return Verb.of(usage, handler)
        .since("5.0.0")
        .flags(Flag.WRITE, Flag.BLOCKING, Flag.FAST)
        .keys("RW access delete")
        .complexity("O(log(N)) with N being the number of elements in the sorted set.");
  }

  private static Decision pop(Call call, End end) {
    if (call.count() > 3) {
      throw Call.syntaxError();
    }
    boolean counted = call.count() == 3;
    long wanted =
        counted
            ? call.integerBetween(2, 0, Long.MAX_VALUE, "value is out of range, must be positive")
            : 1;
    Bytes key = call.arg(1);
    SortedSetValue set = call.find(key, SortedSetValue.class);
    int count = set == null ? 0 : (int) Math.min(wanted, set.size());
    if (set == null || count == 0) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    RespReply reply =
        counted
            ? Members.range(set, end.firstRank(set), count, end.goesUp(), true)
            : single(set, end);
    return SortedSetRemove.removed(call, key, set, end.range(set, count), reply, end.event());
  }

  private static RespReply single(SortedSetValue set, End end) {
    return out -> {
      Cursor cursor = set.cursor(end.firstRank(set), end.goesUp());
      cursor.next();
      out.array(2);
      out.bulk(cursor.member());
      out.number(cursor.score());
    };
  }

  private static Decision popOne(Call call, End end) {
    int timeoutIndex = call.count() - 1;
    long untilMs = Timeout.untilMs(call, timeoutIndex);
    for (int i = 1; i < timeoutIndex; i++) {
      Bytes key = call.arg(i);
      SortedSetValue set = call.findAwaited(key, SortedSetValue.class);
      if (set != null) {
        RespReply reply =
            out -> {
              Cursor cursor = set.cursor(end.firstRank(set), end.goesUp());
              cursor.next();
              out.array(3);
              out.bulk(key);
              out.bulk(cursor.member());
              out.number(cursor.score());
            };
        return SortedSetRemove.removed(call, key, set, end.range(set, 1), reply, end.event());
      }
    }
    return call.await(SortedSetValue.class, 1, timeoutIndex, untilMs, Replies.NULL_ARRAY);
  }
}
