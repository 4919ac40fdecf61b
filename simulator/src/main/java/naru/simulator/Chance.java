package naru.simulator;

import java.util.List;
import java.util.SplittableRandom;

/// A source of chance. Each part of a simulation has a fork of its own, made from the seed and a
/// name: a draw more in one part changes nothing in the others.
public final class Chance {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final long seed;
  private final SplittableRandom random;

  public Chance(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /// The source that this name has. It does not depend on what was drawn here.
  public Chance fork(String name) {
    long mixed = seed * GOLDEN;
    for (int i = 0; i < name.length(); i++) {
      mixed = (mixed ^ name.charAt(i)) * GOLDEN;
      mixed ^= mixed >>> 29;
    }
    return new Chance(mixed);
  }

  public long nextLong() {
    return random.nextLong();
  }

  /// From 0 to `bound` - 1.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// From `least` to `most`, both included.
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /// True with a probability between 0 and 1.
  public boolean with(double probability) {
    return random.nextDouble() < probability;
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// From `least` to `most`, small ones as likely as large ones: each power of two is.
  public long spread(long least, long most) {
    double exponent = random.nextDouble() * Math.log((double) most / least);
    return Math.clamp((long) (least * Math.exp(exponent)), least, most);
  }
}
