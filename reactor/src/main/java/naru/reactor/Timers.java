package naru.reactor;

import java.util.PriorityQueue;

/// Things to do at a time, on the reactor's thread. Times are monotonic nanoseconds.
public final class Timers {
  /// One thing to do, once. Cancelling is cheap; a cancelled timer is dropped when its time comes.
  public static final class Timer implements Comparable<Timer> {
    private final long atNs;
    private final long sequence;
    private final Runnable action;
    private boolean cancelled;

    private Timer(long atNs, long sequence, Runnable action) {
      this.atNs = atNs;
      this.sequence = sequence;
      this.action = action;
    }

    public void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(atNs - other.atNs, 0);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Timer> queue = new PriorityQueue<>();
  private long sequence;

  public Timer at(long atNs, Runnable action) {
    Timer timer = new Timer(atNs, sequence++, action);
    queue.add(timer);
    return timer;
  }

  /// Nanoseconds from `nowNs` until the first timer is due, at most `limitNs`, at least 0.
  long untilNextNs(long nowNs, long limitNs) {
    while (!queue.isEmpty() && queue.element().cancelled) {
      queue.remove();
    }
    return queue.isEmpty() ? limitNs : Math.clamp(queue.element().atNs - nowNs, 0, limitNs);
  }

  /// Runs what is due at `nowNs`.
  void run(long nowNs) {
    while (!queue.isEmpty() && queue.element().atNs - nowNs <= 0) {
      Timer timer = queue.remove();
      if (!timer.cancelled) {
        timer.action.run();
      }
    }
  }
}
