package naru.protocol.resp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import naru.engine.KeyEvent;
import naru.engine.KeyEvent.Kind;
import naru.engine.State;
import naru.engine.Value;
import naru.reactor.KeyListener;
import org.jspecify.annotations.Nullable;

/// Adds to the events of one request that a key is new, that its value was overwritten as a whole,
/// and that it is of another type now. They stand where Redis has them: before the command's own
/// event, but behind it for the commands that put a whole key in another's place.
final class ValueEvents implements KeyListener.Story {
  private final State state;
  private final KeyListener listener;
  private final List<@Nullable Value> before;

  /// To be made before the events happen.
  ValueEvents(List<KeyEvent> events, State state, KeyListener listener) {
    this.state = state;
    this.listener = listener;
    this.before = new ArrayList<>(events.size());
    for (KeyEvent event : events) {
      before.add(value(event));
    }
  }

  private @Nullable Value value(KeyEvent event) {
    return state.database(event.database()).value(event.key());
  }

  @Override
  public void tell(List<KeyEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      KeyEvent event = events.get(i);
      boolean replaces = replaces(event.name());
      if (leaves(event.name()) && i + 1 < events.size()) {
        tellIfNew(events, i + 1);
      } else if (!arrives(event.name())) {
        tellIfNew(events, i);
      }
      if (!replaces && overwrites(event)) {
        tellIfOverwritten(event, before.get(i));
      }
      listener.happened(event);
      if (replaces) {
        tellIfOverwritten(event, before.get(i));
      }
    }
  }

  /// A key that another takes the place of is removed first, so what comes is new.
  private void tellIfNew(List<KeyEvent> events, int i) {
    KeyEvent event = events.get(i);
    boolean wasThere = before.get(i) != null && !replaces(event.name());
    if (!wasThere && isFirst(events, i) && value(event) != null) {
      tell(Kind.NEW, "new", event);
    }
  }

  private static boolean isFirst(List<KeyEvent> events, int i) {
    KeyEvent event = events.get(i);
    for (int before = 0; before < i; before++) {
      KeyEvent earlier = events.get(before);
      if (earlier.database() == event.database() && earlier.key().equals(event.key())) {
        return false;
      }
    }
    return true;
  }

  private void tellIfOverwritten(KeyEvent event, @Nullable Value was) {
    Value is = value(event);
    if (was == null || is == null) {
      return;
    }
    tell(Kind.OVERWRITTEN, "overwritten", event);
    if (!Objects.equals(was.getClass(), is.getClass())) {
      tell(Kind.TYPE_CHANGED, "type_changed", event);
    }
  }

  private void tell(Kind kind, String name, KeyEvent event) {
    listener.happened(new KeyEvent(kind, name, event.database(), event.key()));
  }

  private static boolean leaves(String name) {
    return name.equals("rename_from") || name.equals("move_from");
  }

  /// Whether that it is new was told with what it [#leaves].
  private static boolean arrives(String name) {
    return name.equals("rename_to") || name.equals("move_to");
  }

  private static boolean replaces(String name) {
    return name.equals("rename_to") || name.equals("copy_to");
  }

  private static boolean overwrites(KeyEvent event) {
    return event.name().equals("set")
        || (event.name().endsWith("store") && event.kind() != Kind.GENERIC);
  }
}
