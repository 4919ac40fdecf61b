package naru.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Entries by the time at which something about them is due: a binary heap over two arrays.
///
/// An entry is added each time its time changes and never taken out before it is due; whoever polls
/// looks whether it still holds. Twelve bytes an addition.
final class DueQueue {
  private long[] times = new long[16];
  private @Nullable Entry[] entries = new Entry[16];
  private int size;

  int size() {
    return size;
  }

  long nextAtMs() {
    return size == 0 ? Entry.NEVER : times[0];
  }

  void add(long atMs, Entry entry) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      entries = Arrays.copyOf(entries, size * 2);
    }
    int at = size++;
    while (at > 0 && times[(at - 1) >>> 1] > atMs) {
      int parent = (at - 1) >>> 1;
      times[at] = times[parent];
      entries[at] = entries[parent];
      at = parent;
    }
    times[at] = atMs;
    entries[at] = entry;
  }

  /// Takes the first entry whose time is at or before `nowMs`; null if there is none.
  @Nullable Entry poll(long nowMs) {
    if (size == 0 || times[0] > nowMs) {
      return null;
    }
    Entry first = entries[0];
    size--;
    long time = times[size];
    Entry entry = entries[size];
    entries[size] = null;
    if (size > 0) {
      sink(time, entry);
    }
    return first;
  }

  private void sink(long time, @Nullable Entry entry) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && times[child + 1] < times[child]) {
        child++;
      }
      if (times[child] >= time) {
        break;
      }
      times[at] = times[child];
      entries[at] = entries[child];
      at = child;
    }
    times[at] = time;
    entries[at] = entry;
  }
}
