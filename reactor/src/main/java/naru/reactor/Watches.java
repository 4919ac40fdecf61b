package naru.reactor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import naru.engine.Key;
import naru.engine.State;

/// Who watches which key.
public final class Watches {
  private final State state;
  private final Map<Key, Set<Watch>> byKey = new HashMap<>();

  Watches(State state) {
    this.state = state;
  }

  public boolean isEmpty() {
    return byKey.isEmpty();
  }

  /// How many keys are watched.
  public int keys() {
    return byKey.size();
  }

  public void add(Watch watch, Key key) {
    Key owned = key.owned();
    if (watch.keys.add(owned)) {
      byKey.computeIfAbsent(owned, _ -> new HashSet<>()).add(watch);
    }
  }

  /// Forgets all that `watch` watches, and that it was touched.
  public void clear(Watch watch) {
    for (Key key : watch.keys) {
      Set<Watch> watchers = byKey.get(key);
      if (watchers != null && watchers.remove(watch) && watchers.isEmpty()) {
        byKey.remove(key);
      }
    }
    watch.keys.clear();
    watch.touched = false;
  }

  void touch(Key key) {
    Set<Watch> watchers = byKey.get(key);
    if (watchers != null) {
      for (Watch watch : watchers) {
        watch.touched = true;
      }
    }
  }

  /// Touches the watched keys of `database` (negative: of all) that exist there or in
  /// `otherDatabase`: the whole database is about to be emptied or exchanged.
  void touchDatabase(int database, int otherDatabase) {
    for (Map.Entry<Key, Set<Watch>> entry : byKey.entrySet()) {
      Key key = entry.getKey();
      boolean meant = database < 0 || key.database() == database || key.database() == otherDatabase;
      if (meant && (exists(key, key.database()) || existsInEither(key, database, otherDatabase))) {
        entry.getValue().forEach(watch -> watch.touched = true);
      }
    }
  }

  private boolean existsInEither(Key key, int database, int otherDatabase) {
    return otherDatabase >= 0 && (exists(key, database) || exists(key, otherDatabase));
  }

  private boolean exists(Key key, int database) {
    return state.database(database).entry(key.bytes()) != null;
  }
}
