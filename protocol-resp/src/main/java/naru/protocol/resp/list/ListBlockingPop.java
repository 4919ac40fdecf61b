package naru.protocol.resp.list;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Timeout;
import naru.protocol.resp.verb.Verb;

/// Taking an element from the first of several lists that has one, or waiting for one.
public final class ListBlockingPop {
  public static final List<Verb> VERBS =
      List.of(
          popping("BLPOP key [key ...] timeout(double)", call -> pop(call, End.LEFT))
              .summary(
                  "Removes and returns the first element in a list. Blocks until an element is "
                      + "available otherwise. Deletes the list if the last element was popped."),
          popping("BRPOP key [key ...] timeout(double)", call -> pop(call, End.RIGHT))
              .summary(
                  "Removes and returns the last element in a list. Blocks until an element is "
                      + "available otherwise. Deletes the list if the last element was popped."));

  private ListBlockingPop() {}

  private static Verb popping(String usage, Handler handler) {
    return Verb.of(usage, handler)
        .since("2.0.0")
        .flags(Flag.WRITE, Flag.BLOCKING)
        .keys("RW access delete")
        .complexity("O(N) where N is the number of provided keys.");
  }

  private static Decision pop(Call call, End end) {
    int timeoutIndex = call.count() - 1;
    long untilMs = Timeout.untilMs(call, timeoutIndex);
    for (int i = 1; i < timeoutIndex; i++) {
      Bytes key = call.arg(i);
      ListValue list = call.findAwaited(key, ListValue.class);
      if (list != null) {
        return popped(call, key, list, end);
      }
    }
    return call.await(ListValue.class, 1, timeoutIndex, untilMs, Replies.NULL_ARRAY);
  }

  private static Decision popped(Call call, Bytes key, ListValue list, End end) {
    Bytes element = list.peek(end.isHead());
    return Popping.done(
        call,
        key,
        list,
        end,
        1,
        out -> {
          out.array(2);
          out.bulk(key);
          out.bulk(element);
        });
  }
}
