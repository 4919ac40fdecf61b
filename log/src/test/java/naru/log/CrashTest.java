package naru.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import naru.world.simulated.SimulatedDisk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random records, syncs and restarts, and a loss of power or a kill in every step, that of a start
/// included: what was safe is found again, in order, and nothing else but what was sealed.
class CrashTest {
  private static final int SEEDS = 100;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void whatWasSafeSurvivesTheLossOfPowerAnywhere(Durability durability) {
    assertThat(crashes(durability, 1)).isGreaterThan(SEEDS * 5L);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void whatWasHandedOverSurvivesAKillAnywhere(Durability durability) {
    assertThat(crashes(durability, 0)).isGreaterThan(SEEDS * 5L);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void killsAndLossesOfPowerMix(Durability durability) {
    assertThat(crashes(durability, 0.3)).isGreaterThan(SEEDS * 5L);
  }

  private static long crashes(Durability durability, double powerLosses) {
    long crashes = 0;
    long snapshots = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Life life = new Life(seed, durability, powerLosses);
      crashes += life.liveOften();
      snapshots += life.snapshots;
    }
    assertThat(snapshots).isGreaterThan(SEEDS * 5L);
    return crashes;
  }

  /// One directory through many starts.
  private static final class Life {
    private final long seed;
    private final SplittableRandom random;
    private final LogSettings settings;
    private final double powerLosses;
    private final LogBench bench;

    /// All that was sealed, and how much of it must be found again: what was synced after a loss of
    /// power, what was safe after kills alone.
    private final List<byte[]> sealed = new ArrayList<>();

    private long synced;
    private long safe;

    /// Whether power was lost since the last start that came to its end.
    private boolean powerWasLost;

    private long nowNs;
    private long snapshots;
    private @Nullable SnapshotWriter snapshot;

    Life(long seed, Durability durability, double powerLosses) {
      this.seed = seed;
      this.powerLosses = powerLosses;
      random = new SplittableRandom(seed);
      settings =
          new LogSettings(durability, random.nextInt(100, 6000), 64, seed % 2 == 0 ? 0 : 1000);
      bench = new LogBench(seed);
    }

    long liveOften() {
      long crashes = 0;
      for (int start = 0; start < 20; start++) {
        bench.disk.losePowerAfter(random.nextInt(start % 2 == 0 ? 10 : 150));
        try {
          start();
          work();
        } catch (SimulatedDisk.PowerLoss _) {
          crashes++;
        }
        boolean powerIsLost = random.nextDouble() < powerLosses;
        powerWasLost |= powerIsLost;
        bench.disk = powerIsLost ? bench.disk.afterPowerLoss() : bench.disk.afterKill();
      }
      start();
      return crashes;
    }

    private void start() {
      try {
        bench.start(settings);
      } catch (DamagedLog damaged) {
        throw new AssertionError("seed " + seed, damaged);
      }
      assertThat(bench.failures).isEmpty();
      int found = bench.replayed.size();
      long promised = powerWasLost ? synced : safe;
      assertThat((long) found).as("seed %d", seed).isBetween(promised, (long) sealed.size());
      for (int i = 0; i < found; i++) {
        assertThat(bench.replayed.get(i)).as("seed %d record %d", seed, i).isEqualTo(sealed.get(i));
      }
      assertThat(bench.log.position()).isEqualTo(found);
      assertThat(bench.report.lastPosition()).isEqualTo(found);
      sealed.subList(found, sealed.size()).clear();
      synced = found;
      safe = found;
      powerWasLost = false;
    }

    private void work() {
      snapshot = null;
      int turns = random.nextInt(300);
      for (int turn = 0; turn < turns; turn++) {
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> write();
          case 3, 4 -> endSync();
          case 5 -> bench.readMail();
          case 6 -> tick();
          case 8 -> goOnWithSnapshot();
          case 9 -> {
            endSync();
            bench.readMail();
          }
          default -> bench.settle();
        }
        notePromise();
      }
      if (random.nextBoolean()) {
        bench.log.close();
        assertThat(bench.log.syncedPosition()).isEqualTo(sealed.size());
        notePromise();
      }
    }

    private void write() {
      byte[] payload = new byte[size()];
      if (random.nextInt(4) > 0) {
        random.nextBytes(payload);
      }
      sealed.add(payload);
      bench.write(payload);
    }

    private int size() {
      return switch (random.nextInt(3)) {
        case 0 -> random.nextInt(1, 20);
        case 1 -> random.nextInt(1, 600);
        default -> random.nextInt(1, 3000);
      };
    }

    /// Now and then a snapshot is all at once; then it may take any number of turns.
    private void goOnWithSnapshot() {
      SnapshotWriter present = snapshot;
      if (present == null) {
        present = bench.tell(sealed);
        if (random.nextInt(4) == 0) {
          present.finish((_, _) -> {});
          present = null;
          snapshots++;
        }
        snapshot = present;
      } else {
        if (random.nextBoolean()) {
          endSync();
          bench.readMail();
        }
        int[] left = {random.nextInt(1, 20)};
        SnapshotWriter.Progress progress = present.advance((_, _) -> {}, () -> left[0]-- == 0);
        snapshot = progress == SnapshotWriter.Progress.DONE ? null : present;
        snapshots += snapshot == null ? 1 : 0;
      }
    }

    private void endSync() {
      if (bench.disk.syncsUnderWay() > 0) {
        bench.disk.endSync();
      }
    }

    private void tick() {
      nowNs += random.nextInt(600) * 1_000_000L;
      bench.log.tick(nowNs);
    }

    private void notePromise() {
      LocalLog log = bench.log;
      assertThat(log.syncedPosition()).isLessThanOrEqualTo(log.position());
      assertThat(log.safePosition()).isLessThanOrEqualTo(log.position());
      synced = log.syncedPosition();
      safe = log.safePosition();
      assertThat(safe)
          .isEqualTo(settings.durability() == Durability.ALWAYS ? synced : log.position());
    }
  }
}
