package naru.protocol.resp.statistics;

import org.jspecify.annotations.Nullable;

/// How long calls took, in nanoseconds, to within one per cent: the layout of an HdrHistogram with
/// two significant digits.
///
/// Up to 255 ns each number has a place of its own; from there on each power of two has 128 places
/// of equal width. What took longer than a second counts as a second.
///
/// ```
/// row      0        1        2         3          4
/// ns       0…127    128…255  256…511   512…1023   1024…2047   …
/// width    1        1        2         4          8
/// ```
///
/// A row is made when something falls into it: calls of one command seldom need more than ten of
/// the 24 (1 KB each).
public final class Histogram {
  private static final int PLACES = 128;
  private static final int PLACE_BITS = 7;
  private static final int ROWS = 24;
  private static final long NS_MAX = 1_000_000_000;

  /// From here on [#upToUs] takes a step for each doubling.
  private static final int FIRST_STEP_NS = 1024;

  /// How many steps there are up to a second.
  public static final int STEPS = 21;

  private final long[] @Nullable [] rows = new long[ROWS][];
  private long total;

  void add(long tookNs) {
    int place = place(Math.clamp(tookNs, 1, NS_MAX));
    long[] row = rows[place >>> PLACE_BITS];
    if (row == null) {
      row = new long[PLACES];
      rows[place >>> PLACE_BITS] = row;
    }
    row[place & PLACES - 1]++;
    total++;
  }

  private static int place(long ns) {
    int shift = Math.max(0, Long.SIZE - 1 - PLACE_BITS - Long.numberOfLeadingZeros(ns));
    return shift * PLACES + (int) (ns >>> shift);
  }

  /// The greatest number that belongs to a place.
  private static long highestNs(int place) {
    int shift = Math.max(0, (place >>> PLACE_BITS) - 1);
    long lowest = (long) (place - shift * PLACES) << shift;
    return lowest + (1L << shift) - 1;
  }

  public long total() {
    return total;
  }

  /// The end of a step in microseconds, from step 0: 1, 2, 4, 8, 16, 33, 66 …, as Redis has them.
  public static long upToUs(int step) {
    return highestNs(stepPlace(step)) / 1000;
  }

  private static int stepPlace(int step) {
    return place((long) FIRST_STEP_NS << step);
  }

  /// How many calls took at most so long as a step ends, for each step.
  public long[] counts() {
    long[] counts = new long[STEPS];
    int place = 0;
    long seen = 0;
    for (int step = 0; step < STEPS; step++) {
      int end = Math.min(stepPlace(step), ROWS * PLACES - 1);
      while (place <= end) {
        seen += count(place++);
      }
      counts[step] = seen;
    }
    return counts;
  }

  private long count(int place) {
    long[] row = rows[place >>> PLACE_BITS];
    return row == null ? 0 : row[place & PLACES - 1];
  }

  /// How long that share of the calls (0 to 100) took at most, in nanoseconds; 0 if there were
  /// none.
  public long percentileNs(double percent) {
    long wanted = Math.max(1, (long) (total * percent / 100 + 0.5));
    long seen = 0;
    for (int place = 0; place < ROWS * PLACES; place++) {
      seen += count(place);
      if (seen >= wanted) {
        return highestNs(place);
      }
    }
    return 0;
  }
}
