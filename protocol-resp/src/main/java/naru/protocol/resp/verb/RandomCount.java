package naru.protocol.resp.verb;

import naru.engine.Refusal;

/// How many elements chosen by chance a client wants: each at most once, or with repetitions.
///
/// @param count how many
/// @param repeats whether one may be chosen several times
public record RandomCount(int count, boolean repeats) {
  /// More than this many repetitions are refused: the reply has to fit into memory.
  private static final long REPEATS_MAX = 1 << 26;

  /// Reads the count at `index`: a negative one asks for repetitions.
  public static RandomCount read(Call call, int index, boolean withValues) {
    long count = call.integer(index);
    if (count == Long.MIN_VALUE) {
      throw new Refusal(
          "value is out of range, value must between "
              + -Long.MAX_VALUE
              + " and "
              + Long.MAX_VALUE);
    }
    long most = withValues ? Long.MAX_VALUE / 2 : Long.MAX_VALUE;
    if (count < -REPEATS_MAX || count > most) {
      throw new Refusal("value is out of range");
    }
    return new RandomCount((int) Math.min(Math.abs(count), Integer.MAX_VALUE), count < 0);
  }
}
