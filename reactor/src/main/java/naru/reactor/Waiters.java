package naru.reactor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import naru.engine.Key;

/// Requests that wait, by key, oldest first.
final class Waiters {
  private final Map<Key, LinkedHashSet<Waiter>> byKey = new HashMap<>();
  private final LinkedHashSet<Key> ready = new LinkedHashSet<>();
  private int count;

  /// How many requests wait.
  int count() {
    return count;
  }

  /// How many keys are waited for.
  int keys() {
    return byKey.size();
  }

  void add(Waiter waiter) {
    count++;
    for (Key key : waiter.wait.keys()) {
      byKey.computeIfAbsent(key.owned(), _ -> new LinkedHashSet<>()).add(waiter);
    }
  }

  void remove(Waiter waiter) {
    count--;
    waiter.waiting = false;
    if (waiter.timeout != null) {
      waiter.timeout.cancel();
    }
    for (Key key : waiter.wait.keys()) {
      LinkedHashSet<Waiter> waiters = byKey.get(key);
      if (waiters != null && waiters.remove(waiter) && waiters.isEmpty()) {
        byKey.remove(key);
      }
    }
  }

  /// An op changed `key`: whoever waits for it is to be decided again.
  void touch(Key key) {
    if (byKey.containsKey(key)) {
      ready.add(key.owned());
    }
  }

  /// Whole databases changed. Negative: all of them.
  void touchDatabase(int database) {
    for (Key key : byKey.keySet()) {
      if (database < 0 || key.database() == database) {
        ready.add(key);
      }
    }
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /// The key touched first, no longer ready.
  Key pollReady() {
    Key key = ready.getFirst();
    ready.remove(key);
    return key;
  }

  /// Those who wait for `key`, oldest first, as of now.
  List<Waiter> of(Key key) {
    LinkedHashSet<Waiter> waiters = byKey.get(key);
    return waiters == null ? List.of() : new ArrayList<>(waiters);
  }
}
