package naru.engine;

/// Random numbers that follow from a seed: splitmix64 (Steele, Lea, Flood, 2014).
public final class Draws {
  private long state;

  public Draws(long seed) {
    state = seed;
  }

  public long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// A number of `0 .. bound - 1`.
  public int below(int bound) {
    return (int) Math.unsignedMultiplyHigh(next(), bound);
  }
}
