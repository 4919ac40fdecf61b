package naru.protocol.resp.list;

import java.util.ArrayList;
import java.util.List;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.structures.PackedList;
import naru.structures.PackedList.Cursor;
import naru.structures.PackedList.Sought;

/// Finding elements in a list.
public final class ListPosition {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "LPOS key element [RANK rank] [COUNT num-matches] [MAXLEN len]",
                  ListPosition::find)
              .since("6.0.6")
              .flags(Flag.READONLY)
              .keys("RO access")
              .summary("Returns the index of matching elements in a list.")
              .complexity(
                  "O(N) where N is the number of elements in the list, for the average case. When "
                      + "searching for elements near the head or the tail of the list, or when the "
                      + "MAXLEN option is provided, the command may run in constant time."));

  private ListPosition() {}

  private static Decision find(Call call) {
    Search search = Search.of(call);
    ListValue list = call.find(call.arg(1), ListValue.class);
    List<Integer> found =
        list == null ? List.of() : search.run(list.elements(), new Sought(call.arg(2)));
    if (search.count >= 0) {
      return Decision.done(
          Replies.of(
              out -> {
                out.array(found.size());
                found.forEach(out::integer);
              }));
    }
    return Decision.done(found.isEmpty() ? Replies.NULL : Replies.integer(found.getFirst()));
  }

  /// @param rank the match to begin with, negative from the tail
  /// @param count how many matches, 0 for all, -1 for one that is not given as an array
  /// @param lengthMax how many elements to look at, 0 for all
  private record Search(long rank, long count, long lengthMax) {
    static Search of(Call call) {
      long rank = 1;
      long count = -1;
      long lengthMax = 0;
      for (int i = 3; i < call.count(); i += 2) {
        if (i + 1 == call.count()) {
          throw Call.syntaxError();
        }
        if (call.is(i, "RANK")) {
          rank = rank(call, i + 1);
        } else if (call.is(i, "COUNT")) {
          count = call.integerBetween(i + 1, 0, Long.MAX_VALUE, "COUNT can't be negative");
        } else if (call.is(i, "MAXLEN")) {
          lengthMax = call.integerBetween(i + 1, 0, Long.MAX_VALUE, "MAXLEN can't be negative");
        } else {
          throw Call.syntaxError();
        }
      }
      return new Search(rank, count, lengthMax);
    }

    private static long rank(Call call, int index) {
      long rank = call.integer(index);
      if (rank == Long.MIN_VALUE) {
        throw new Refusal(
            "value is out of range, value must between "
                + "-9223372036854775807 and 9223372036854775807");
      }
      if (rank == 0) {
        throw new Refusal(
            "RANK can't be zero: use 1 to start from the first match, 2 from the second ... or "
                + "use negative to start from the end of the list");
      }
      return rank;
    }

    List<Integer> run(PackedList list, Sought sought) {
      Cursor cursor = rank > 0 ? list.forward(0) : list.backward(list.size() - 1);
      long skip = Math.abs(rank) - 1;
      long most = count < 0 ? 1 : count == 0 ? Long.MAX_VALUE : count;
      long left = lengthMax == 0 ? Long.MAX_VALUE : lengthMax;
      List<Integer> found = new ArrayList<>();
      while (left > 0 && found.size() < most && cursor.next()) {
        left--;
        if (cursor.is(sought)) {
          if (skip > 0) {
            skip--;
          } else {
            found.add(cursor.index());
          }
        }
      }
      return found;
    }
  }
}
