package naru.reactor;

import naru.engine.KeyEvent;

/// Is told what happened to keys, after it happened.
public interface KeyListener {
  /// Whether it wants to be told at all.
  default boolean listens() {
    return true;
  }

  void happened(KeyEvent event);
}
