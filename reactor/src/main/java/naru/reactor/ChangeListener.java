package naru.reactor;

import naru.engine.Key;

/// Is told of each key that changes, by whatever protocol or by time, after it has.
public interface ChangeListener {
  /// The key is borrowed.
  void changed(Key key);

  /// All keys of a database, or of all, are gone.
  void flushed();
}
