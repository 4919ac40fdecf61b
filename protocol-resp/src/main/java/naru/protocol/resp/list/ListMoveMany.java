package naru.protocol.resp.list;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.list.ListOp;
import naru.engine.list.ListOp.Route;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Timeout;
import naru.protocol.resp.verb.Verb;

/// Moving several elements from list to list.
public final class ListMoveMany {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "LMOVEM source destination <wherefrom= LEFT | RIGHT> <whereto= LEFT | RIGHT>"
                      + " [<COUNT count | EXACTLY exactly> <OBO | BULK>]",
                  ListMoveMany::move)
              .since("8.10.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW access delete", "RW insert")
              .summary(
                  "Moves up to (or exactly) a number of elements from one list to another and "
                      + "returns them. Deletes the source list if it becomes empty.")
              .complexity("O(N) where N is the number of elements moved."),
          Verb.of(
                  "BLMOVEM source destination <wherefrom= LEFT | RIGHT> <whereto= LEFT | RIGHT>"
                      + " timeout(double) [<COUNT count | EXACTLY exactly> <OBO | BULK>]",
                  ListMoveMany::moveOrWait)
              .since("8.10.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.BLOCKING)
              .keys("RW access delete", "RW insert")
              .summary(
                  "Moves up to (or exactly) a number of elements from one list to another and "
                      + "returns them. Blocks until the elements are available otherwise. Deletes "
                      + "the source list if it becomes empty.")
              .complexity("O(N) where N is the number of elements moved."));

  private ListMoveMany() {}

  private static Decision move(Call call) {
    Order order = Order.of(call, 5);
    ListValue source = call.find(call.arg(1), ListValue.class);
    return source == null || order.least() > source.size()
        ? Decision.done(Replies.NULL_ARRAY)
        : moved(call, source, order);
  }

  private static Decision moveOrWait(Call call) {
    Order order = Order.of(call, 6);
    long untilMs = Timeout.untilMs(call, 5);
    ListValue source = call.findAwaited(call.arg(1), ListValue.class);
    return source == null || order.least() > source.size()
        ? call.await(ListValue.class, 1, 2, untilMs, Replies.NULL_ARRAY)
        : moved(call, source, order);
  }

  private static Decision moved(Call call, ListValue source, Order order) {
    Bytes key = call.arg(1);
    Bytes toKey = call.arg(2);
    ListMove.requireListOrNone(call, toKey);
    int database = call.database();
    int count = (int) Math.min(order.most, source.size());
    Done done =
        Decision.done(
            Replies.bulks(order.arrangement(source, count)),
            new ListOp.Moved(database, key, toKey, order.route(), count));
    if (key.equals(toKey)) {
      return order.to.tellPush(order.from.tellPop(done, database, key, false), database, key);
    }
    order.to.tellPush(done, database, toKey);
    return order.from.tellPop(done, database, key, count == source.size());
  }

  /// What is to be moved, and how.
  ///
  /// @param exactly whether less than `most` is not enough
  /// @param asRun whether the elements keep their order, not the one in which they are taken
  private record Order(End from, End to, long most, boolean exactly, boolean asRun) {
    /// Reads the ends, and the words from `index` on: all three or none.
    static Order of(Call call, int index) {
      End from = End.at(call, 3);
      End to = End.at(call, 4);
      if (call.count() == index) {
        return new Order(from, to, 1, false, true);
      }
      boolean exactly = call.is(index, "EXACTLY");
      if (call.count() != index + 3 || !(exactly || call.is(index, "COUNT"))) {
        throw Call.syntaxError();
      }
      long most =
          call.integerBetween(index + 1, 1, Long.MAX_VALUE, "count should be greater than 0");
      boolean asRun = call.is(index + 2, "BULK");
      if (!asRun && !call.is(index + 2, "OBO")) {
        throw Call.syntaxError();
      }
      return new Order(from, to, most, exactly, asRun);
    }

    long least() {
      return exactly ? most : 1;
    }

    Route route() {
      return new Route(from.isHead(), to.isHead(), asRun);
    }

    /// The elements as they will lie at the destination.
    List<Bytes> arrangement(ListValue source, int count) {
      List<Bytes> pushed = route().pushed(source.elements(), count);
      return to.isHead() ? pushed.reversed() : pushed;
    }
  }
}
