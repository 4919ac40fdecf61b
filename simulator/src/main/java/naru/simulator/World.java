package naru.simulator;

import java.util.function.BooleanSupplier;
import naru.world.simulated.SimulatedClock;

/// Time, and all that happens in it, outside the broker and while it waits.
public final class World {
  /// Some day in 2023.
  private static final long START_US = 1_700_000_000_000_000L;

  /// A year.
  private static final long LONG_AGO_US = 365L * 24 * 3600 * 1_000_000;

  private final SimulatedClock clock = new SimulatedClock(START_US);
  private final Agenda agenda = new Agenda();
  private final Timeline timeline;
  private final Chance chance;
  private boolean frozen;

  World(Chance chance, Timeline timeline) {
    this.chance = chance;
    this.timeline = timeline;
  }

  public SimulatedClock clock() {
    return clock;
  }

  /// The source of chance that a part of this world has to itself.
  public Chance chance(String part) {
    return chance.fork(part);
  }

  public long nowNs() {
    return clock.monotonicNs();
  }

  /// As the broker's clock tells it, wrong as it may be.
  public long nowMs() {
    return Math.floorDiv(clock.wallUs(), 1000L);
  }

  public void note(String who, String what) {
    timeline.add(nowNs(), who, what);
  }

  /// Plans something.
  public void in(long ns, Runnable action) {
    agenda.at(nowNs() + ns, action);
  }

  /// While frozen, time stands still and nothing happens by itself.
  void freeze(boolean on) {
    frozen = on;
  }

  /// Looks at a broker at a time so long ago that nothing has expired, while time stands still:
  /// what has expired by now may be there again when the clock is set back.
  void beforeAllTime(Runnable look) {
    boolean wasFrozen = frozen;
    frozen = true;
    clock.jumpUs(-LONG_AGO_US);
    try {
      look.run();
    } finally {
      clock.jumpUs(LONG_AGO_US);
      frozen = wasFrozen;
    }
  }

  /// Lets at most `ns` pass, with all that happens in it, until `early` holds after something
  /// happened.
  void pass(long ns, BooleanSupplier early) {
    if (frozen) {
      return;
    }
    long endNs = nowNs() + ns;
    while (!early.getAsBoolean() && agenda.nextNs() <= endNs) {
      clock.advanceNs(Math.max(0, agenda.nextNs() - nowNs()));
      agenda.runNext();
    }
    if (!early.getAsBoolean()) {
      clock.advanceNs(endNs - nowNs());
    }
  }

  /// Lets things happen until `early` holds; false if nothing is left to happen.
  boolean passUntil(BooleanSupplier early) {
    while (!early.getAsBoolean()) {
      if (agenda.nextNs() == Long.MAX_VALUE) {
        return false;
      }
      pass(Math.max(0, agenda.nextNs() - nowNs()), early);
    }
    return true;
  }
}
