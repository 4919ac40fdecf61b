package naru.protocol.resp.list;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent.Kind;
import naru.engine.list.ListOp;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Reading a part of a list, or keeping no more than that.
public final class ListRange {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("LRANGE key start stop", ListRange::range)
              .since("1.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns a range of elements from a list.")
              .complexity(
                  "O(S+N) where S is the distance of start offset from HEAD for small lists, from "
                      + "nearest end (HEAD or TAIL) for large lists; and N is the number of "
                      + "elements in the specified range."),
          Verb.of("LLEN key", ListRange::length)
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO")
              .summary("Returns the length of a list.")
              .complexity("O(1)"),
          Verb.of("LTRIM key start stop", ListRange::trim)
              .since("1.0.0")
              .flags(Flag.WRITE)
              .keys("RW delete")
              .summary(
                  "Removes elements from both ends a list. Deletes the list if all elements were "
                      + "trimmed.")
              .complexity(
                  "O(N) where N is the number of elements to be removed by the operation."));

  private ListRange() {}

  private static Decision length(Call call) {
    ListValue list = call.find(call.arg(1), ListValue.class);
    return Decision.done(list == null ? Replies.ZERO : Replies.integer(list.size()));
  }

  private static Decision range(Call call) {
    long start = call.integer(2);
    long stop = call.integer(3);
    ListValue list = call.find(call.arg(1), ListValue.class);
    if (list == null) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    int size = list.size();
    long from = first(start, size);
    long last = last(stop, size);
    return Decision.done(
        from > last
            ? Replies.EMPTY_ARRAY
            : Elements.range(list.elements(), (int) from, (int) (last - from) + 1));
  }

  private static Decision trim(Call call) {
    long start = call.integer(2);
    long stop = call.integer(3);
    Bytes key = call.arg(1);
    ListValue list = call.find(key, ListValue.class);
    if (list == null) {
      return Decision.done(Replies.OK);
    }
    int size = list.size();
    long from = first(start, size);
    long last = last(stop, size);
    boolean empties = from > last;
    int fromHead = empties ? size : (int) from;
    int fromTail = empties ? 0 : size - 1 - (int) last;
    int database = call.database();
    Done done =
        fromHead + fromTail == 0
            ? Decision.done(Replies.OK)
            : Decision.done(Replies.OK, new ListOp.Trimmed(database, key, fromHead, fromTail));
    done.event(Kind.LIST, "ltrim", database, key);
    return empties ? done.event(Kind.GENERIC, "del", database, key) : done;
  }

  private static long first(long start, int size) {
    return Math.max(0, start < 0 ? start + size : start);
  }

  private static long last(long stop, int size) {
    return Math.min(size - 1L, stop < 0 ? stop + size : stop);
  }
}
