package naru.world.real;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import naru.world.Randomness;

/// A fast generator, seeded by the system's best source. For one thread; not for secrets.
public final class SystemRandomness implements Randomness {
  private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());

  @Override
  public long nextLong() {
    return random.nextLong();
  }
}
