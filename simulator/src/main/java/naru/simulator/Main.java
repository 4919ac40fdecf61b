package naru.simulator;

import java.util.Locale;
import naru.simulator.Simulation.Outcome;
import naru.world.Clock;
import naru.world.real.SystemClock;
import naru.world.real.SystemRandomness;

/// Runs seeds: `SEED` one, showing all that happens; `for SECONDS` new ones.
public final class Main {
  private Main() {}

  /// Ends with 1 if a simulation failed.
  public static void main(String[] arguments) {
    try {
      if (arguments.length == 2 && arguments[0].equals("for")) {
        runFor(Long.parseLong(arguments[1]));
      } else {
        show(
            new Simulation(Long.parseLong(arguments[0]), Sabotage.NONE, new Timeline(System.out))
                .run());
      }
    } catch (SimulationFailure failure) {
      System.out.println(failure.getMessage());
      if (failure.getCause() != null && !(failure.getCause() instanceof SimulationFailure)) {
        failure.getCause().printStackTrace(System.out);
      }
      System.exit(1);
    }
  }

  private static void runFor(long seconds) {
    Clock clock = new SystemClock();
    long endNs = clock.monotonicNs() + seconds * 1_000_000_000;
    long seed = new SystemRandomness().nextLong() >>> 24;
    int runs = 0;
    while (clock.monotonicNs() < endNs) {
      show(new Simulation(seed++, Sabotage.NONE, new Timeline(null)).run());
      runs++;
    }
    System.out.println(runs + " seeds, nothing found");
  }

  private static void show(Outcome outcome) {
    System.out.printf(
        Locale.ROOT,
        "seed %d: %d commands, %d starts, %d steps lost, %d events in %.1f s, fingerprint %016x%n",
        outcome.seed(),
        outcome.commands(),
        outcome.lives(),
        outcome.lost(),
        outcome.events(),
        outcome.ns() / 1e9,
        outcome.fingerprint());
  }
}
