package naru.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.world.simulated.SimulatedDisk;
import org.junit.jupiter.api.Test;

/// One life of a log, with files that follow each other, files of blocks, and snapshots that name
/// these: it is ended in each of its steps, one after the other, none left out. What had been
/// promised is found at the next start, which may be ended as well.
class EveryStepTest {
  private static final LogSettings SETTINGS = new LogSettings(Durability.ALWAYS, 300, 1024, 0);
  private static final int TEXT = 1;
  private static final int PLACE = 2;
  private static final int SEEDS = 12;

  @Test
  void killedInEachStepItKeepsAllThatWasHandedOver() {
    for (long seed = 0; seed < 2; seed++) {
      assertThat(endInEachStep(seed, false)).isGreaterThan(80);
    }
  }

  @Test
  void withoutPowerInEachStepItKeepsAllThatWasSafe() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(endInEachStep(seed, true)).isGreaterThan(80);
    }
  }

  /// So this test can fail.
  @Test
  void aDiskWhoseSyncsKeepNothingIsNoticed() {
    assertThatThrownBy(() -> endInEachStep(0, true, SimulatedDisk::lieAboutSyncs))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> endInEachStep(0, true, SimulatedDisk::forgetNames))
        .isInstanceOf(AssertionError.class);
  }

  private static int endInEachStep(long seed, boolean losesPower) {
    return endInEachStep(seed, losesPower, _ -> {});
  }

  /// Returns how many steps there are.
  private static int endInEachStep(
      long seed, boolean losesPower, Consumer<SimulatedDisk> sabotage) {
    for (int step = 0; ; step++) {
      Life life = new Life(seed * 1000 + step);
      sabotage.accept(life.bench.disk);
      life.bench.disk.losePowerAfter(step);
      try {
        life.live();
        return step;
      } catch (SimulatedDisk.PowerLoss _) {
        try {
          life.checkNextStart(losesPower);
        } catch (DamagedLog | AssertionError wrong) {
          throw new AssertionError("seed " + seed + ", step " + step, wrong);
        }
      }
    }
  }

  private static final class Life {
    private final SplittableRandom random;
    private final LogBench bench;
    private final List<String> written = new ArrayList<>();
    private final List<BlockFiles.Place> places = new ArrayList<>();
    private int handed;

    Life(long seed) {
      random = new SplittableRandom(seed);
      bench = new LogBench(seed);
    }

    void live() {
      bench.start(SETTINGS);
      for (int snapshot = 0; snapshot < 3; snapshot++) {
        for (int i = 0; i < 7; i++) {
          write();
        }
        places.add(bench.log.blocks().append(List.of(block(places.size()))));
        takeSnapshot(snapshot == 1);
        write();
      }
      bench.log.close();
    }

    private static Bytes block(int number) {
      return Bytes.of("block number " + number + "x".repeat(150));
    }

    private void write() {
      written.add("record number " + written.size());
      bench.log.record().writeByte(TEXT);
      bench.log.record().writeSized(Bytes.of(written.getLast()));
      bench.log.seal();
      handed = written.size();
      if (handed % 3 == 0) {
        bench.settle();
      }
    }

    /// Of the runs of blocks it names the last two.
    private void takeSnapshot(boolean blocks) {
      SnapshotWriter writer = bench.log.snapshot();
      for (String text : written) {
        writer.record().writeByte(TEXT);
        writer.record().writeSized(Bytes.of(text));
      }
      for (int i = Math.max(0, places.size() - 2); i < places.size(); i++) {
        BlockFiles.Place place = places.get(i);
        long bytes = BlockFiles.FRAME_BYTES + block(i).length();
        bench.log.blocks().names(place.file(), place.offset() + bytes, bytes);
        writer.record().writeByte(PLACE);
        writer.record().writeVarLong(i);
        writer.record().writeVarLong(place.file());
        writer.record().writeLong(bench.log.blocks().salt(place.file()));
        writer.record().writeVarLong(place.offset());
      }
      write();
      writer.end(0);
      if (blocks) {
        writer.finish((_, _) -> {});
        return;
      }
      while (writer.advance((_, _) -> {}, () -> false) != SnapshotWriter.Progress.DONE) {
        bench.settle();
      }
    }

    void checkNextStart(boolean losesPower) {
      int safe = bench.log == null ? 0 : (int) bench.log.safePosition();
      SimulatedDisk disk = end(bench.disk, losesPower);
      // The start may not come to its end either.
      while (random.nextInt(3) == 0) {
        disk.losePowerAfter(random.nextInt(8));
        try {
          start(disk);
        } catch (SimulatedDisk.PowerLoss _) {
          // The next one will.
        }
        disk = end(disk, losesPower);
      }
      disk.losePowerAfter(Long.MAX_VALUE / 2);
      List<String> found = start(disk);
      assertThat(found.size()).isBetween(losesPower ? safe : handed, written.size());
      assertThat(found).isEqualTo(written.subList(0, found.size()));
    }

    private static SimulatedDisk end(SimulatedDisk disk, boolean losesPower) {
      return losesPower ? disk.afterPowerLoss() : disk.afterKill();
    }

    /// Returns the records that are there; all blocks that are named are read.
    private List<String> start(SimulatedDisk disk) {
      Found found = new Found();
      Recovery recovery = new Recovery(disk, bench.clock(), random::nextLong, SETTINGS);
      recovery.replay(found);
      recovery.log(_ -> {}, bench);
      return found.texts;
    }
  }

  private static final class Found implements Replay {
    private final List<String> texts = new ArrayList<>();
    private BlockFiles files;

    @Override
    public void blocks(BlockFiles theFiles) {
      files = theFiles;
    }

    @Override
    public void record(long position, ByteReader payload) {
      while (payload.remaining() > 0) {
        if (payload.readByte() == TEXT) {
          texts.add(payload.readSized().toString());
        } else {
          readBlock(payload);
        }
      }
    }

    private void readBlock(ByteReader payload) {
      Bytes block = Life.block(payload.readCount());
      long file = payload.readVarLong();
      long salt = payload.readLong();
      long offset = payload.readVarLong();
      long bytes = BlockFiles.FRAME_BYTES + block.length();
      files.named(file, salt, offset + bytes, bytes);
      assertThat(Bytes.of(files.read(file, offset, block.length()), 0, block.length()))
          .isEqualTo(block);
    }
  }
}
