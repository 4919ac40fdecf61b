package naru.protocol.resp.list;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Taking elements from an end of a list.
public final class ListPop {
  public static final List<Verb> VERBS =
      List.of(
          popping("LPOP key [count]", call -> pop(call, End.LEFT))
              .summary(
                  "Returns and removes one or more elements from the beginning of a list. Deletes "
                      + "the list if the last element was popped."),
          popping("RPOP key [count]", call -> pop(call, End.RIGHT))
              .summary(
                  "Returns and removes one or more elements from the end of a list. Deletes the "
                      + "list if the last element was popped."));

  private ListPop() {}

  private static Verb popping(String usage, Handler handler) {
    return Verb.of(usage, handler)
        .since("1.0.0")
        .flags(Flag.WRITE, Flag.FAST)
        .keys("RW access delete")
        .complexity("O(N) where N is the number of elements returned");
  }

  private static Decision pop(Call call, End end) {
    if (call.count() > 3) {
      throw call.wrongArity();
    }
    return call.count() == 3 ? popMany(call, end) : popOne(call, end);
  }

  private static Decision popOne(Call call, End end) {
    Bytes key = call.arg(1);
    ListValue list = call.find(key, ListValue.class);
    if (list == null) {
      return Decision.done(Replies.NULL);
    }
    return Popping.done(call, key, list, end, 1, Replies.bulk(list.peek(end.isHead())));
  }

  private static Decision popMany(Call call, End end) {
    long count =
        call.integerBetween(2, 0, Long.MAX_VALUE, "value is out of range, must be positive");
    Bytes key = call.arg(1);
    ListValue list = call.find(key, ListValue.class);
    if (list == null) {
      return Decision.done(Replies.NULL_ARRAY);
    }
    if (count == 0) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    int taken = (int) Math.min(count, list.size());
    return Popping.done(
        call,
        key,
        list,
        end,
        taken,
        out -> Elements.writePopped(out, list.elements(), end.isHead(), taken));
  }
}
