package naru.protocol.resp.list;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.list.ListOp;
import naru.engine.list.ListValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Putting elements at an end of a list.
public final class ListPush {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("LPUSH key element [element ...]", call -> push(call, true))
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW insert")
              .summary(
                  "Prepends one or more elements to a list. Creates the key if it doesn't exist.")
              .complexity("O(1) for each element added, so O(N) to add N elements."),
          Verb.of("RPUSH key element [element ...]", call -> push(call, false))
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW insert")
              .summary(
                  "Appends one or more elements to a list. Creates the key if it doesn't exist.")
              .complexity("O(1) for each element added, so O(N) to add N elements."));

  private ListPush() {}

  private static Decision push(Call call, boolean head) {
    Bytes key = call.arg(1);
    ListValue list = call.find(key, ListValue.class);
    List<Bytes> elements = new ArrayList<>(call.count() - 2);
    for (int i = 2; i < call.count(); i++) {
      elements.add(call.arg(i));
    }
    int size = (list == null ? 0 : list.size()) + elements.size();
    return Decision.done(
            Replies.integer(size), new ListOp.Pushed(call.database(), key, head, elements))
        .event(KeyEvent.Kind.LIST, head ? "lpush" : "rpush", call.database(), key);
  }
}
