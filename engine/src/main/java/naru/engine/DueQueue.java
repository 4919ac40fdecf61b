package naru.engine;

import java.util.Arrays;
import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// Entries by the time at which something about them is due: a binary heap over two arrays.
///
/// An entry stands in it at most once and knows where, so its time can be changed and it can be
/// taken out without a search. Twelve bytes an entry.
final class DueQueue {
  private static final int CAPACITY_MIN = 16;

  private long[] times = new long[CAPACITY_MIN];
  private @Nullable Entry[] entries = new Entry[CAPACITY_MIN];
  private int size;

  int size() {
    return size;
  }

  long sizeBytes() {
    return 24 + HeapSize.longs(times.length) + HeapSize.references(entries.length);
  }

  long nextAtMs() {
    return size == 0 ? Entry.NEVER : times[0];
  }

  /// The entry at `index`, in no order that matters.
  @Nullable Entry at(int index) {
    return entries[index];
  }

  /// When `entry` is due, [Entry#NEVER] if it does not stand here.
  long atMs(Entry entry) {
    int place = entry.duePlace();
    return place < 0 ? Entry.NEVER : times[place];
  }

  /// Makes `entry` due at `atMs` and at no other time; [Entry#NEVER] takes it out.
  void set(Entry entry, long atMs) {
    int place = entry.duePlace();
    if (atMs == Entry.NEVER) {
      remove(entry);
    } else if (place < 0) {
      add(entry, atMs);
    } else if (atMs < times[place]) {
      rise(place, atMs, entry);
    } else {
      sink(place, atMs, entry);
    }
  }

  private void add(Entry entry, long atMs) {
    if (size == times.length) {
      resize(size * 2);
    }
    size++;
    rise(size - 1, atMs, entry);
  }

  void remove(Entry entry) {
    int hole = entry.duePlace();
    if (hole < 0) {
      return;
    }
    entry.leaveDue();
    size--;
    Entry last = entries[size];
    long time = times[size];
    entries[size] = null;
    if (hole < size && last != null) {
      fill(hole, time, last);
    }
    if (size < times.length / 4 && times.length > CAPACITY_MIN) {
      resize(times.length / 2);
    }
  }

  private void fill(int hole, long time, Entry entry) {
    if (hole > 0 && times[(hole - 1) >>> 1] > time) {
      rise(hole, time, entry);
    } else {
      sink(hole, time, entry);
    }
  }

  /// Takes the first entry whose time is at or before `nowMs`; null if there is none.
  @Nullable Entry poll(long nowMs) {
    Entry first = entries[0];
    if (first == null || times[0] > nowMs) {
      return null;
    }
    remove(first);
    return first;
  }

  private void rise(int from, long time, Entry entry) {
    int at = from;
    while (at > 0 && times[(at - 1) >>> 1] > time) {
      int parent = (at - 1) >>> 1;
      move(parent, at);
      at = parent;
    }
    place(at, time, entry);
  }

  private void sink(int from, long time, Entry entry) {
    int at = from;
    int child = earlierChild(at);
    while (child < size && times[child] < time) {
      move(child, at);
      at = child;
      child = earlierChild(at);
    }
    place(at, time, entry);
  }

  private int earlierChild(int at) {
    int child = 2 * at + 1;
    return child + 1 < size && times[child + 1] < times[child] ? child + 1 : child;
  }

  private void move(int from, int to) {
    Entry moved = entries[from];
    times[to] = times[from];
    entries[to] = moved;
    if (moved != null) {
      moved.duePlace(to);
    }
  }

  private void place(int at, long time, Entry entry) {
    times[at] = time;
    entries[at] = entry;
    entry.duePlace(at);
  }

  private void resize(int capacity) {
    times = Arrays.copyOf(times, capacity);
    entries = Arrays.copyOf(entries, capacity);
  }
}
