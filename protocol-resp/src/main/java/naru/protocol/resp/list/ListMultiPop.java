package naru.protocol.resp.list;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Timeout;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Taking several elements from the first of several lists that has any.
public final class ListMultiPop {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("LMPOP numkeys key [key ...] <LEFT | RIGHT> [COUNT count]", ListMultiPop::pop)
              .since("7.0.0")
              .flags(Flag.WRITE, Flag.MOVABLEKEYS)
              .keys("RW access delete")
              .summary(
                  "Returns multiple elements from a list after removing them. Deletes the list if "
                      + "the last element was popped.")
              .complexity(
                  "O(N+M) where N is the number of provided keys and M is the number of elements "
                      + "returned."),
          Verb.of(
                  "BLMPOP timeout(double) numkeys key [key ...] <LEFT | RIGHT> [COUNT count]",
                  ListMultiPop::blockingPop)
              .since("7.0.0")
              .flags(Flag.WRITE, Flag.BLOCKING, Flag.MOVABLEKEYS)
              .keys("RW access delete")
              .summary(
                  "Pops the first element from one of multiple lists. Blocks until an element is "
                      + "available otherwise. Deletes the list if the last element was popped.")
              .complexity(
                  "O(N+M) where N is the number of provided keys and M is the number of elements "
                      + "returned."));

  private ListMultiPop() {}

  private static Decision pop(Call call) {
    Decision popped = firstOf(call, read(call, 1));
    return popped == null ? Decision.done(Replies.NULL_ARRAY) : popped;
  }

  private static Decision blockingPop(Call call) {
    Wanted wanted = read(call, 2);
    long untilMs = Timeout.untilMs(call, 1);
    Decision popped = firstOf(call, wanted);
    return popped == null
        ? call.await(
            ListValue.class, wanted.keysFrom(), wanted.keysTo(), untilMs, Replies.NULL_ARRAY)
        : popped;
  }

  /// What is asked for, by the places of the words.
  private record Wanted(int keysFrom, int keysTo, End end, long count) {}

  private static Wanted read(Call call, int numkeysIndex) {
    long numkeys =
        call.integerBetween(numkeysIndex, 1, Long.MAX_VALUE, "numkeys should be greater than 0");
    if (numkeys >= call.count() - numkeysIndex - 1L) {
      throw Call.syntaxError();
    }
    int ends = numkeysIndex + 1 + (int) numkeys;
    return new Wanted(numkeysIndex + 1, ends, End.at(call, ends), count(call, ends + 1));
  }

  private static @Nullable Decision firstOf(Call call, Wanted wanted) {
    for (int i = wanted.keysFrom(); i < wanted.keysTo(); i++) {
      Bytes key = call.arg(i);
      ListValue list = call.findAwaited(key, ListValue.class);
      if (list != null) {
        int count = (int) Math.min(wanted.count(), list.size());
        return popped(call, key, list, wanted.end(), count);
      }
    }
    return null;
  }

  private static long count(Call call, int index) {
    if (index == call.count()) {
      return 1;
    }
    if (index + 2 > call.count() || !call.is(index, "COUNT")) {
      throw Call.syntaxError();
    }
    long count =
        call.integerBetween(index + 1, 1, Long.MAX_VALUE, "count should be greater than 0");
    if (index + 2 < call.count()) {
      throw Call.syntaxError();
    }
    return count;
  }

  private static Decision popped(Call call, Bytes key, ListValue list, End end, int count) {
    return Popping.done(
        call,
        key,
        list,
        end,
        count,
        out -> {
          out.array(2);
          out.bulk(key);
          Elements.writePopped(out, list.elements(), end.isHead(), count);
        });
  }
}
