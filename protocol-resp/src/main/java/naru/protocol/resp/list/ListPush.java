package naru.protocol.resp.list;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.list.ListOp;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Putting elements at an end of a list.
public final class ListPush {
  public static final List<Verb> VERBS =
      List.of(
          pushing("LPUSH key element [element ...]", call -> push(call, End.LEFT))
              .since("1.0.0")
              .summary(
                  "Prepends one or more elements to a list. Creates the key if it doesn't exist."),
          pushing("RPUSH key element [element ...]", call -> push(call, End.RIGHT))
              .since("1.0.0")
              .summary(
                  "Appends one or more elements to a list. Creates the key if it doesn't exist."),
          pushing("LPUSHX key element [element ...]", call -> pushIfPresent(call, End.LEFT))
              .since("2.2.0")
              .summary("Prepends one or more elements to a list only when the list exists."),
          pushing("RPUSHX key element [element ...]", call -> pushIfPresent(call, End.RIGHT))
              .since("2.2.0")
              .summary("Appends an element to a list only when the list exists."));

  private ListPush() {}

  private static Verb pushing(String usage, Handler handler) {
    return Verb.of(usage, handler)
        .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
        .keys("RW insert")
        .complexity("O(1) for each element added, so O(N) to add N elements.");
  }

  private static Decision push(Call call, End end) {
    return pushed(call, end, call.find(call.arg(1), ListValue.class));
  }

  private static Decision pushIfPresent(Call call, End end) {
    ListValue list = call.find(call.arg(1), ListValue.class);
    return list == null ? Decision.done(Replies.ZERO) : pushed(call, end, list);
  }

  private static Decision pushed(Call call, End end, @Nullable ListValue list) {
    Bytes key = call.arg(1);
    List<Bytes> elements = elements(call);
    int size = (list == null ? 0 : list.size()) + elements.size();
    return end.tellPush(
        Decision.done(
            Replies.integer(size), new ListOp.Pushed(call.database(), key, end.isHead(), elements)),
        call.database(),
        key);
  }

  private static List<Bytes> elements(Call call) {
    if (call.count() == 3) {
      return List.of(call.arg(2));
    }
    List<Bytes> elements = new ArrayList<>(call.count() - 2);
    for (int i = 2; i < call.count(); i++) {
      elements.add(call.arg(i));
    }
    return elements;
  }
}
