package naru.world.simulated;

import naru.world.Clock;

/// A clock that stands still until it is told to go on.
public final class SimulatedClock implements Clock {
  private long wallUs;
  private long monotonicNs;

  public SimulatedClock(long wallUs) {
    this.wallUs = wallUs;
  }

  @Override
  public long wallUs() {
    return wallUs;
  }

  @Override
  public long monotonicNs() {
    return monotonicNs;
  }

  /// Time passes, on both scales.
  public void advanceNs(long ns) {
    monotonicNs += ns;
    wallUs += ns / 1000;
  }

  /// The wall clock is set, forward or back; the monotonic one does not notice.
  public void jumpUs(long us) {
    wallUs += us;
  }
}
