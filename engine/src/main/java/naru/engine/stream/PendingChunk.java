package naru.engine.stream;

import java.util.Arrays;
import naru.structures.HeapSize;

/// A part of [PendingEntries]: up to [#CAPACITY_MAX] entries in parallel arrays, ordered by id.
///
/// ```
///  0 ...... from ........................ to ...... capacity
///    free   │ entries, and gaps (owner GONE) │ free
/// ```
///
/// The arrays may be shared with a view: then they are copied before one is written into.
///
/// What is taken away leaves a gap; gaps at the ends are given up at once, the others when they are
/// more than what is left.
final class PendingChunk {
  static final int CAPACITY_MAX = 512;
  static final int GONE = -2;

  private static final int CAPACITY_MIN = 8;

  long[] ms;
  long[] seq;
  long[] deliveredAtMs;
  long[] counts;
  int[] owners;
  int from;
  int to;
  int live;

  /// A bit for each owner (modulo 64) that may have entries here.
  private long ownerMask;

  private long earliestMs = Long.MAX_VALUE;
  private boolean earliestIsStale;

  /// Whether a view has the arrays too.
  private boolean shared;

  PendingChunk(int capacity) {
    ms = new long[capacity];
    seq = new long[capacity];
    deliveredAtMs = new long[capacity];
    counts = new long[capacity];
    owners = new int[capacity];
  }

  static PendingChunk small() {
    return new PendingChunk(CAPACITY_MIN);
  }

  /// A chunk with the same entries, in the same arrays.
  PendingChunk view() {
    PendingChunk view = new PendingChunk(this);
    shared = true;
    return view;
  }

  private PendingChunk(PendingChunk other) {
    ms = other.ms;
    seq = other.seq;
    deliveredAtMs = other.deliveredAtMs;
    counts = other.counts;
    owners = other.owners;
    from = other.from;
    to = other.to;
    live = other.live;
    ownerMask = other.ownerMask;
    earliestMs = other.earliestMs;
    earliestIsStale = other.earliestIsStale;
  }

  /// To be called before an array is written into.
  private void own() {
    if (shared) {
      shared = false;
      ms = ms.clone();
      seq = seq.clone();
      deliveredAtMs = deliveredAtMs.clone();
      counts = counts.clone();
      owners = owners.clone();
    }
  }

  long firstMs() {
    return ms[from];
  }

  long firstSeq() {
    return seq[from];
  }

  boolean isFull() {
    return to - from == CAPACITY_MAX;
  }

  /// The first place at or behind `from` whose id is not below this one, gaps counted.
  int ceiling(long wantedMs, long wantedSeq) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (StreamId.compare(ms[middle], seq[middle], wantedMs, wantedSeq) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean holds(int at, long wantedMs, long wantedSeq) {
    return at < to && ms[at] == wantedMs && seq[at] == wantedSeq && owners[at] != GONE;
  }

  boolean mayHave(int owner) {
    return (ownerMask & bit(owner)) != 0;
  }

  private static long bit(int owner) {
    return 1L << (owner & 63);
  }

  /// The earliest delivery, [Long#MAX_VALUE] if there is none.
  long earliestMs() {
    if (earliestIsStale) {
      long earliest = Long.MAX_VALUE;
      for (int i = from; i < to; i++) {
        if (owners[i] != GONE) {
          earliest = Math.min(earliest, deliveredAtMs[i]);
        }
      }
      earliestMs = earliest;
      earliestIsStale = false;
    }
    return earliestMs;
  }

  /// Writes an entry at a place that is a gap, or right behind the last entry.
  void put(int at, long newMs, long newSeq, int owner, long atMs, long count) {
    own();
    ms[at] = newMs;
    seq[at] = newSeq;
    if (at == to) {
      to++;
    }
    live++;
    owners[at] = owner;
    counts[at] = count;
    deliveredAtMs[at] = atMs;
    ownerMask |= bit(owner);
    earliestMs = Math.min(earliestMs, atMs);
  }

  void change(int at, int owner, long atMs, long count) {
    own();
    earliestIsStale |= deliveredAtMs[at] <= earliestMs && atMs > deliveredAtMs[at];
    owners[at] = owner;
    counts[at] = count;
    deliveredAtMs[at] = atMs;
    ownerMask |= bit(owner);
    earliestMs = Math.min(earliestMs, atMs);
  }

  void remove(int at) {
    own();
    owners[at] = GONE;
    live--;
    earliestIsStale |= deliveredAtMs[at] <= earliestMs;
    while (from < to && owners[from] == GONE) {
      from++;
    }
    while (to > from && owners[to - 1] == GONE) {
      to--;
    }
    if (live < (to - from) / 2) {
      compact();
    }
  }

  /// Makes room for an entry at `at`; returns where it is now. The chunk must not be full.
  int open(int at) {
    if (at < to && owners[at] == GONE) {
      return at;
    }
    if (to < ms.length) {
      move(at, at + 1, to - at);
      to++;
      return at;
    }
    if (from > 0) {
      move(from, from - 1, at - from);
      from--;
      return at - 1;
    }
    grow(Math.min(CAPACITY_MAX, 2 * ms.length));
    return open(at);
  }

  private void move(int source, int target, int count) {
    own();
    System.arraycopy(ms, source, ms, target, count);
    System.arraycopy(seq, source, seq, target, count);
    System.arraycopy(deliveredAtMs, source, deliveredAtMs, target, count);
    System.arraycopy(counts, source, counts, target, count);
    System.arraycopy(owners, source, owners, target, count);
  }

  private void grow(int capacity) {
    ms = Arrays.copyOf(ms, capacity);
    seq = Arrays.copyOf(seq, capacity);
    deliveredAtMs = Arrays.copyOf(deliveredAtMs, capacity);
    counts = Arrays.copyOf(counts, capacity);
    owners = Arrays.copyOf(owners, capacity);
  }

  /// Closes all gaps.
  void compact() {
    own();
    int target = 0;
    ownerMask = 0;
    for (int i = from; i < to; i++) {
      if (owners[i] != GONE) {
        ms[target] = ms[i];
        seq[target] = seq[i];
        deliveredAtMs[target] = deliveredAtMs[i];
        counts[target] = counts[i];
        owners[target] = owners[i];
        ownerMask |= bit(owners[i]);
        target++;
      }
    }
    from = 0;
    to = target;
    if (ms.length > 4 * target && ms.length > CAPACITY_MIN) {
      grow(Math.max(CAPACITY_MIN, 2 * target));
    }
  }

  /// Moves the upper half of the entries to a new chunk, which is returned.
  PendingChunk split() {
    int middle = (from + to) >>> 1;
    PendingChunk upper = new PendingChunk(ms.length);
    for (int i = middle; i < to; i++) {
      if (owners[i] != GONE) {
        upper.put(upper.to, ms[i], seq[i], owners[i], deliveredAtMs[i], counts[i]);
        live--;
      }
    }
    to = middle;
    compact();
    earliestIsStale = true;
    return upper;
  }

  PendingChunk copy() {
    PendingChunk copy = new PendingChunk(this);
    copy.shared = true;
    copy.own();
    return copy;
  }

  long sizeBytes() {
    return 64 + 4 * HeapSize.longs(ms.length) + HeapSize.ints(owners.length);
  }
}
