package naru.simulator.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Who waits, oldest first.
final class Waiting {
  private final List<Waiter> waiters = new ArrayList<>();

  /// @param deadlineNs monotonic; the greatest number for one who waits for ever
  record Waiter(int connection, List<String> keys, List<String> again, long deadlineNs) {}

  void add(int connection, Outcome.Blocked blocked, long nowNs) {
    long deadlineNs =
        blocked.timeoutMs() == 0 ? Long.MAX_VALUE : nowNs + blocked.timeoutMs() * 1_000_000;
    waiters.add(new Waiter(connection, blocked.keys(), blocked.again(), deadlineNs));
  }

  void remove(int connection) {
    waiters.removeIf(waiter -> waiter.connection == connection);
  }

  boolean contains(int connection) {
    return waiters.stream().anyMatch(waiter -> waiter.connection == connection);
  }

  int count() {
    return waiters.size();
  }

  void clear() {
    waiters.clear();
  }

  /// Those who wait for `key` now.
  List<Waiter> of(String key) {
    return waiters.stream().filter(waiter -> waiter.keys.contains(key)).toList();
  }

  long nextDeadlineNs() {
    return waiters.stream().mapToLong(Waiter::deadlineNs).min().orElse(Long.MAX_VALUE);
  }

  /// Takes away those whose time is up; returns their connections.
  List<Integer> removeDue(long nowNs) {
    List<Integer> due =
        waiters.stream()
            .filter(waiter -> waiter.deadlineNs <= nowNs)
            .sorted(Comparator.comparingLong(Waiter::deadlineNs))
            .map(Waiter::connection)
            .toList();
    due.forEach(this::remove);
    return due;
  }
}
