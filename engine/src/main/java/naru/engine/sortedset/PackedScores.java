package naru.engine.sortedset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.structures.PackedRun;

/// The members of a small sorted set in a [PackedRun], in order.
///
/// ```
///  member score | member score | …
/// ```
///
/// A score that is a whole number is kept as one, so minus zero becomes zero, as in Redis; another
/// is a zero byte and its eight bytes.
final class PackedScores {
  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.BIG_ENDIAN);
  private static final double WHOLE_MAX = 0x1p53;

  private PackedScores() {}

  static int size(PackedRun run) {
    return run.count() / 2;
  }

  static double score(PackedRun run, Bytes member) {
    int place = run.find(member, 2);
    return place == PackedRun.NONE ? Double.NaN : scoreOf(run, place);
  }

  /// The score of the member at `place`.
  static double scoreOf(PackedRun run, int place) {
    int at = run.next(place);
    if (run.isNumber(at)) {
      return run.number(at);
    }
    Bytes bytes = run.bytes(at);
    return (double) DOUBLE.get(bytes.array(), bytes.offset() + 1);
  }

  private static Bytes scoreBytes(double score) {
    if (Math.abs(score) <= WHOLE_MAX && score == (long) score) {
      return Bytes.of(Numbers.toAscii((long) score));
    }
    byte[] bytes = new byte[9];
    DOUBLE.set(bytes, 1, score);
    return Bytes.of(bytes);
  }

  /// Adds a member, or gives it another score.
  static void put(PackedRun run, Bytes member, double score) {
    int place = run.find(member, 2);
    if (place != PackedRun.NONE) {
      run.remove(place, run.skip(place, 2));
    }
    run.insert(placeBelow(run, ScoreOrder.of(score), member), member, scoreBytes(score));
  }

  /// Adds a member that stands behind all others.
  static void append(PackedRun run, Bytes member, double score) {
    run.insert(run.end(), member, scoreBytes(score));
  }

  private static int placeBelow(PackedRun run, long order, Bytes member) {
    int place = 0;
    while (place < run.end()) {
      long there = ScoreOrder.of(scoreOf(run, place));
      if (there > order || (there == order && run.bytes(place).compareTo(member) >= 0)) {
        break;
      }
      place = run.skip(place, 2);
    }
    return place;
  }

  static void remove(PackedRun run, Bytes member) {
    int place = run.find(member, 2);
    if (place != PackedRun.NONE) {
      run.remove(place, run.skip(place, 2));
    }
  }

  static void removeRange(PackedRun run, int from, int count) {
    int place = run.skip(0, 2 * from);
    run.remove(place, run.skip(place, 2 * count));
  }

  /// How many members have a lower score or, if `andEqual`, the same.
  static int countBelow(PackedRun run, long order, boolean andEqual) {
    int below = 0;
    for (int place = 0; place < run.end(); place = run.skip(place, 2)) {
      long there = ScoreOrder.of(scoreOf(run, place));
      if (there > order || (there == order && !andEqual)) {
        break;
      }
      below++;
    }
    return below;
  }

  /// How many members stand before that score and name, the one with both included if `andEqual`.
  static int countBelow(PackedRun run, long order, Bytes member, boolean andEqual) {
    int below = 0;
    for (int place = 0; place < run.end(); place = run.skip(place, 2)) {
      long there = ScoreOrder.of(scoreOf(run, place));
      if (there > order) {
        break;
      }
      if (there == order) {
        int difference = run.bytes(place).compareTo(member);
        if (difference > 0 || (difference == 0 && !andEqual)) {
          break;
        }
      }
      below++;
    }
    return below;
  }
}
