package naru.engine.stream;

import java.util.Arrays;

/// Keeps the first `max` of many pending entries, by time and then id: a heap with the last of them
/// on top, over primitive arrays.
final class Oldest {
  private final long max;
  private long[] times = new long[8];
  private long[] ms = new long[8];
  private long[] seq = new long[8];
  private int size;

  Oldest(long max) {
    this.max = max;
  }

  /// Whether an entry of this time, with an id above all that were added at the same time, would be
  /// kept.
  boolean takes(long time) {
    return size < max || (size > 0 && time < times[0]);
  }

  void add(long time, long entryMs, long entrySeq) {
    if (size == max) {
      sink(0, size, time, entryMs, entrySeq);
      return;
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      ms = Arrays.copyOf(ms, 2 * size);
      seq = Arrays.copyOf(seq, 2 * size);
    }
    int at = size++;
    while (at > 0 && isAfter(time, entryMs, entrySeq, (at - 1) >>> 1)) {
      move((at - 1) >>> 1, at);
      at = (at - 1) >>> 1;
    }
    set(at, time, entryMs, entrySeq);
  }

  /// All that were kept, first come first.
  IdList inOrder() {
    for (int last = size - 1; last > 0; last--) {
      long time = times[last];
      long lastMs = ms[last];
      long lastSeq = seq[last];
      move(0, last);
      sink(0, last, time, lastMs, lastSeq);
    }
    IdList ids = new IdList(size);
    for (int i = 0; i < size; i++) {
      ids.add(ms[i], seq[i]);
    }
    return ids;
  }

  private void sink(int from, int end, long time, long entryMs, long entrySeq) {
    int at = from;
    for (int child = 2 * at + 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && isAfter(times[child + 1], ms[child + 1], seq[child + 1], child)) {
        child++;
      }
      if (isAfter(time, entryMs, entrySeq, child)) {
        break;
      }
      move(child, at);
      at = child;
    }
    set(at, time, entryMs, entrySeq);
  }

  private boolean isAfter(long time, long entryMs, long entrySeq, int other) {
    return time != times[other]
        ? time > times[other]
        : StreamId.compare(entryMs, entrySeq, ms[other], seq[other]) > 0;
  }

  private void move(int from, int to) {
    set(to, times[from], ms[from], seq[from]);
  }

  private void set(int at, long time, long entryMs, long entrySeq) {
    times[at] = time;
    ms[at] = entryMs;
    seq[at] = entrySeq;
  }
}
