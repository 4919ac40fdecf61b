package naru.protocol.resp.list;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.Value;
import naru.engine.list.ListOp;
import naru.engine.list.ListOp.Route;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Timeout;
import naru.protocol.resp.verb.Unserved;
import naru.protocol.resp.verb.Verb;

/// Moving an element from list to list: the queue that loses nothing.
public final class ListMove {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "LMOVE source destination <wherefrom= LEFT | RIGHT> <whereto= LEFT | RIGHT>",
                  call -> move(call, End.at(call, 3), End.at(call, 4)))
              .since("6.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW access delete", "RW insert")
              .summary(
                  "Returns an element after popping it from one list and pushing it to another. "
                      + "Deletes the list if the last element was moved.")
              .complexity("O(1)"),
          Verb.of("RPOPLPUSH source destination", call -> move(call, End.RIGHT, End.LEFT))
              .since("1.2.0")
              .deprecated("6.2.0", "`LMOVE` with the `RIGHT` and `LEFT` arguments")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW access delete", "RW insert")
              .summary(
                  "Returns the last element of a list after removing and pushing it to another "
                      + "list. Deletes the list if the last element was popped.")
              .complexity("O(1)"),
          Verb.of(
                  "BLMOVE source destination <wherefrom= LEFT | RIGHT> <whereto= LEFT | RIGHT>"
                      + " timeout(double)",
                  call -> moveOrWait(call, End.at(call, 3), End.at(call, 4), 5))
              .since("6.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.BLOCKING)
              .keys("RW access delete", "RW insert")
              .summary(
                  "Pops an element from a list, pushes it to another list and returns it. Blocks "
                      + "until an element is available otherwise. Deletes the list if the last "
                      + "element was moved.")
              .complexity("O(1)"),
          Verb.of(
                  "BRPOPLPUSH source destination timeout(double)",
                  call -> moveOrWait(call, End.RIGHT, End.LEFT, 3))
              .since("2.2.0")
              .deprecated("6.2.0", "`BLMOVE` with the `RIGHT` and `LEFT` arguments")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.BLOCKING)
              .keys("RW access delete", "RW insert")
              .summary(
                  "Pops an element from a list, pushes it to another list and returns it. Block "
                      + "until an element is available otherwise. Deletes the list if the last "
                      + "element was popped.")
              .complexity("O(1)"));

  private static final Unserved UNSERVED = new Unserved(Replies.NULL);

  private ListMove() {}

  private static Decision move(Call call, End from, End to) {
    ListValue source = call.find(call.arg(1), ListValue.class);
    return source == null ? Decision.done(Replies.NULL) : moved(call, source, from, to);
  }

  private static Decision moveOrWait(Call call, End from, End to, int timeoutIndex) {
    long untilMs = Timeout.untilMs(call, timeoutIndex);
    ListValue source = call.findAwaited(call.arg(1), ListValue.class);
    return source == null
        ? call.await(ListValue.class, 1, 2, untilMs, UNSERVED)
        : moved(call, source, from, to);
  }

  private static Decision moved(Call call, ListValue source, End from, End to) {
    Bytes key = call.arg(1);
    Bytes toKey = call.arg(2);
    requireListOrNone(call, toKey);
    int database = call.database();
    Route route = new Route(from.isHead(), to.isHead(), false);
    Done done =
        Decision.done(
            Replies.bulk(source.peek(from.isHead())),
            new ListOp.Moved(database, key, toKey, route, 1));
    to.tellPush(done, database, toKey);
    return from.tellPop(done, database, key, source.size() == 1 && !key.equals(toKey));
  }

  static void requireListOrNone(Call call, Bytes key) {
    Value value = call.value(key);
    if (value != null && !(value instanceof ListValue)) {
      throw Call.wrongType();
    }
  }
}
