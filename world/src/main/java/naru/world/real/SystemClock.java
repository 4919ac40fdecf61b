package naru.world.real;

import java.time.Instant;
import naru.world.Clock;

/// The machine's clock.
public final class SystemClock implements Clock {
  @Override
  public long wallUs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  @Override
  public long monotonicNs() {
    return System.nanoTime();
  }
}
