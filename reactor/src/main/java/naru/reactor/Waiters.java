package naru.reactor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import naru.engine.Awaited;
import naru.engine.Key;
import naru.engine.State;
import org.jspecify.annotations.Nullable;

/// Requests that wait, by key and by what they wait for there, oldest first.
///
/// A change makes a key ready if what somebody waits for may be there now. Ready keys are served in
/// the order in which they became ready, the queues of a key one after the other; what is made
/// ready meanwhile comes behind.
final class Waiters {
  private final State state;
  private final Map<Key, List<Queue>> byKey = new HashMap<>();
  private final LinkedHashSet<Key> ready = new LinkedHashSet<>();
  private int count;
  private long lastNumber;

  /// Those who wait for one thing.
  static final class Queue {
    private final Awaited awaited;
    private final TreeSet<Waiter> waiters = new TreeSet<>();

    private Queue(Awaited awaited) {
      this.awaited = awaited;
    }

    /// Who is to be asked after `waiter`, who may have gone, or as the first after null; null if
    /// nobody is left, or nothing for them.
    @Nullable Waiter next(@Nullable Waiter waiter, State state) {
      if (waiters.isEmpty() || !awaited.hasCome(state)) {
        return null;
      }
      return waiter == null ? waiters.first() : waiters.higher(waiter);
    }
  }

  Waiters(State state) {
    this.state = state;
  }

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
    waiter.number = ++lastNumber;
    for (Awaited awaited : waiter.wait.awaited()) {
      queue(awaited).waiters.add(waiter);
    }
  }

  private Queue queue(Awaited awaited) {
    List<Queue> queues = byKey.computeIfAbsent(awaited.key(), _ -> new ArrayList<>(1));
    Queue present = find(queues, awaited);
    if (present != null) {
      return present;
    }
    Queue queue = new Queue(awaited);
    queues.add(queue);
    return queue;
  }

  private static @Nullable Queue find(List<Queue> queues, Awaited awaited) {
    for (Queue queue : queues) {
      if (queue.awaited.equals(awaited)) {
        return queue;
      }
    }
    return null;
  }

  void remove(Waiter waiter) {
    count--;
    waiter.waiting = false;
    if (waiter.timeout != null) {
      waiter.timeout.cancel();
    }
    for (Awaited awaited : waiter.wait.awaited()) {
      remove(waiter, awaited);
    }
  }

  private void remove(Waiter waiter, Awaited awaited) {
    List<Queue> queues = byKey.getOrDefault(awaited.key(), List.of());
    Queue queue = find(queues, awaited);
    // Who has named a key twice is gone from it the second time.
    if (queue == null || !queue.waiters.remove(waiter) || !queue.waiters.isEmpty()) {
      return;
    }
    queues.remove(queue);
    if (queues.isEmpty()) {
      byKey.remove(awaited.key());
    }
  }

  /// An op has changed `key`.
  void touch(Key key) {
    List<Queue> queues = byKey.get(key);
    if (queues != null && mayServe(queues)) {
      ready.add(key.owned());
    }
  }

  /// Whole databases have changed. Negative: all of them.
  void touchDatabase(int database) {
    byKey.forEach(
        (key, queues) -> {
          if ((database < 0 || key.database() == database) && mayServe(queues)) {
            ready.add(key);
          }
        });
  }

  private boolean mayServe(List<Queue> queues) {
    for (Queue queue : queues) {
      if (queue.awaited.mayCome(state)) {
        return true;
      }
    }
    return false;
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /// The key that became ready first, no longer ready.
  Key pollReady() {
    Key key = ready.getFirst();
    ready.remove(key);
    return key;
  }

  /// The queues of `key`, as of now.
  List<Queue> of(Key key) {
    List<Queue> queues = byKey.get(key);
    return queues == null ? List.of() : List.copyOf(queues);
  }
}
