package naru.simulator;

import java.util.PriorityQueue;

/// All that is going to happen, by time; what was planned first comes first among equals.
final class Agenda {
  private final PriorityQueue<Item> items = new PriorityQueue<>();
  private long sequence;

  private record Item(long atNs, long sequence, Runnable action) implements Comparable<Item> {
    @Override
    public int compareTo(Item other) {
      int byTime = Long.compare(atNs, other.atNs);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  void at(long ns, Runnable action) {
    items.add(new Item(ns, sequence++, action));
  }

  /// When the next thing happens; the greatest number if nothing does.
  long nextNs() {
    return items.isEmpty() ? Long.MAX_VALUE : items.element().atNs;
  }

  void runNext() {
    items.remove().action.run();
  }
}
