package naru.reactor;

import naru.engine.KeyEvent;

/// Is told what happened to keys, after it happened.
public interface KeyListener {
  void happened(KeyEvent event);
}
