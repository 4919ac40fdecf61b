package naru.reactor;

import org.jspecify.annotations.Nullable;

/// The best candidates for eviction among the keys that were sampled so far, in an array sorted by
/// how well they would go: so each sample adds to what earlier ones have found.
///
/// From Redis 3.0: with five samples for each key that goes, and sixteen candidates, the choice is
/// close to that of a true order of all keys.
final class EvictionPool {
  static final int SIZE = 16;

  private final @Nullable Candidate[] candidates = new Candidate[SIZE];
  private int count;

  /// A key that might go. The array is the very one of the entry: so a key that was removed and
  /// made again is told from the one that was sampled.
  ///
  /// @param score the higher, the better it would go
  record Candidate(long score, int database, byte[] key) {}

  /// Keeps a candidate if it is better than the worst, or if there is room.
  void offer(Candidate offered) {
    int place = 0;
    while (place < count && at(place).score < offered.score) {
      place++;
    }
    if (count < SIZE) {
      System.arraycopy(candidates, place, candidates, place + 1, count - place);
      candidates[place] = offered;
      count++;
    } else if (place > 0) {
      System.arraycopy(candidates, 1, candidates, 0, place - 1);
      candidates[place - 1] = offered;
    }
  }

  private Candidate at(int place) {
    Candidate candidate = candidates[place];
    if (candidate == null) {
      throw new IllegalStateException("nothing at " + place + " of " + count);
    }
    return candidate;
  }

  /// Takes the best; null if there is none.
  @Nullable Candidate poll() {
    if (count == 0) {
      return null;
    }
    Candidate best = at(--count);
    candidates[count] = null;
    return best;
  }

  void clear() {
    while (count > 0) {
      candidates[--count] = null;
    }
  }
}
