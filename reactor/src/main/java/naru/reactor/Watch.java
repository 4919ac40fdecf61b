package naru.reactor;

import java.util.HashSet;
import java.util.Set;
import naru.engine.Key;

/// Keys that a client watches, and whether one of them was changed since.
public final class Watch {
  final Set<Key> keys = new HashSet<>();
  boolean touched;

  /// Whether a watched key was changed, or removed, by anyone.
  public boolean isTouched() {
    return touched;
  }

  /// How many keys are watched.
  public int size() {
    return keys.size();
  }
}
