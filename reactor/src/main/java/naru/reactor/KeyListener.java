package naru.reactor;

import java.util.List;
import naru.engine.KeyEvent;
import naru.engine.Op;
import naru.engine.State;

/// Is told what happened to keys, after it happened.
public interface KeyListener {
  /// Whether it wants to be told at all.
  default boolean listens() {
    return true;
  }

  void happened(KeyEvent event);

  /// Is shown the events of a request, the ops that they come of, and the state before they happen;
  /// what it returns is told them when they have.
  default Story before(List<KeyEvent> events, List<Op> ops, State state) {
    return happened -> happened.forEach(this::happened);
  }

  /// Tells what happened to the keys of one request.
  interface Story {
    void tell(List<KeyEvent> events);
  }
}
