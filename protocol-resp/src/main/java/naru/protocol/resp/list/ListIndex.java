package naru.protocol.resp.list;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent.Kind;
import naru.engine.Refusal;
import naru.engine.list.ListOp;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.structures.PackedList.Cursor;
import naru.structures.PackedList.Sought;

/// Reading and changing single elements in the middle of a list.
public final class ListIndex {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("LINDEX key index", ListIndex::get)
              .since("1.0.0")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns an element from a list by its index.")
              .complexity(
                  "O(N) where N is the number of elements to traverse to get to the element at "
                      + "index. This makes asking for the first or the last element of the list "
                      + "O(1)."),
          Verb.of("LSET key index element", ListIndex::set)
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW update")
              .summary("Sets the value of an element in a list by its index.")
              .complexity(
                  "O(N) where N is the length of the list. Setting either the first or the last "
                      + "element of the list is O(1)."),
          Verb.of("LINSERT key <BEFORE | AFTER> pivot element", ListIndex::insert)
              .since("2.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW insert")
              .summary("Inserts an element before or after another element in a list.")
              .complexity(
                  "O(N) where N is the number of elements to traverse before seeing the value "
                      + "pivot. This means that inserting somewhere on the left end on the list "
                      + "(head) can be considered O(1) and inserting somewhere on the right end "
                      + "(tail) is O(N)."),
          Verb.of("LREM key count element", ListIndex::remove)
              .since("1.0.0")
              .flags(Flag.WRITE)
              .keys("RW delete")
              .summary(
                  "Removes elements from a list. Deletes the list if the last element was "
                      + "removed.")
              .complexity(
                  "O(N+M) where N is the length of the list and M is the number of elements "
                      + "removed."));

  private ListIndex() {}

  private static Decision get(Call call) {
    ListValue list = call.find(call.arg(1), ListValue.class);
    if (list == null) {
      return Decision.done(Replies.NULL);
    }
    long index = index(call, list);
    return Decision.done(
        index < 0 || index >= list.size()
            ? Replies.NULL
            : Replies.bulk(list.elements().get((int) index)));
  }

  private static long index(Call call, ListValue list) {
    long index = call.integer(2);
    return index < 0 ? index + list.size() : index;
  }

  private static Decision set(Call call) {
    Bytes key = call.arg(1);
    ListValue list = call.find(key, ListValue.class);
    if (list == null) {
      throw new Refusal("no such key");
    }
    long index = index(call, list);
    if (index < 0 || index >= list.size()) {
      throw new Refusal("index out of range");
    }
    int database = call.database();
    return Decision.done(Replies.OK, new ListOp.Put(database, key, (int) index, call.arg(3)))
        .event(Kind.LIST, "lset", database, key);
  }

  private static Decision insert(Call call) {
    boolean after = call.is(2, "AFTER");
    if (!after && !call.is(2, "BEFORE")) {
      throw Call.syntaxError();
    }
    Bytes key = call.arg(1);
    ListValue list = call.find(key, ListValue.class);
    if (list == null) {
      return Decision.done(Replies.ZERO);
    }
    Cursor cursor = list.elements().forward(0);
    Sought pivot = new Sought(call.arg(3));
    while (cursor.next()) {
      if (cursor.is(pivot)) {
        int index = cursor.index() + (after ? 1 : 0);
        int database = call.database();
        return Decision.done(
                Replies.integer(list.size() + 1L),
                new ListOp.Inserted(database, key, index, call.arg(4)))
            .event(Kind.LIST, "linsert", database, key);
      }
    }
    return Decision.done(Replies.integer(-1));
  }

  private static Decision remove(Call call) {
    long most = call.integer(2);
    if (most == Long.MIN_VALUE) {
      throw new Refusal(
          "value is out of range, value must between "
              + "-9223372036854775807 and 9223372036854775807");
    }
    Bytes key = call.arg(1);
    Bytes element = call.arg(3);
    ListValue list = call.find(key, ListValue.class);
    if (list == null) {
      return Decision.done(Replies.ZERO);
    }
    int limit = (int) Math.min(Math.abs(most), Integer.MAX_VALUE);
    int count = list.elements().count(element, limit == 0 ? Integer.MAX_VALUE : limit);
    if (count == 0) {
      return Decision.done(Replies.ZERO);
    }
    int database = call.database();
    Done done =
        Decision.done(
                Replies.integer(count),
                new ListOp.Removed(database, key, most >= 0, count, element))
            .event(Kind.LIST, "lrem", database, key);
    return count == list.size() ? done.event(Kind.GENERIC, "del", database, key) : done;
  }
}
