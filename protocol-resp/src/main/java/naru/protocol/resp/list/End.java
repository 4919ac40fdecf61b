package naru.protocol.resp.list;

import naru.bytes.Bytes;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent.Kind;
import naru.protocol.resp.verb.Call;

/// An end of a list, as commands and events name it.
enum End {
  LEFT(true, "lpush", "lpop"),
  RIGHT(false, "rpush", "rpop");

  private final boolean head;
  private final String pushEvent;
  private final String popEvent;

  End(boolean head, String pushEvent, String popEvent) {
    this.head = head;
    this.pushEvent = pushEvent;
    this.popEvent = popEvent;
  }

  /// The end that the word at `index` names.
  static End at(Call call, int index) {
    for (End end : values()) {
      if (call.is(index, end.name())) {
        return end;
      }
    }
    throw Call.syntaxError();
  }

  boolean isHead() {
    return head;
  }

  Done tellPush(Done done, int database, Bytes key) {
    return done.event(Kind.LIST, pushEvent, database, key);
  }

  /// Tells that elements were popped and, if `emptied`, that the key is gone.
  Done tellPop(Done done, int database, Bytes key, boolean emptied) {
    done.event(Kind.LIST, popEvent, database, key);
    return emptied ? done.event(Kind.GENERIC, "del", database, key) : done;
  }
}
