package naru.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import naru.world.simulated.SimulatedDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A log whose files were changed behind its back.
class DamageTest {
  private static final LogSettings SETTINGS = new LogSettings(Durability.ALWAYS, 700, 64, 0);

  private final LogBench bench = new LogBench(1);
  private final List<String> written = new ArrayList<>();
  private List<String> names;

  @BeforeEach
  void writeThreeFiles() {
    bench.start(SETTINGS);
    SplittableRandom random = new SplittableRandom(2);
    while (bench.disk.list().size() < 3 || bench.disk.content(last()).length < 300) {
      String text = ("record " + written.size() + ' ').repeat(random.nextInt(1, 9));
      written.add(text);
      bench.write(text);
      bench.settle();
    }
    bench.log.close();
    names = bench.disk.list();
  }

  private String last() {
    return bench.disk.list().getLast();
  }

  @Test
  void aFlippedBitAnywhereNeverGivesAWrongRecord() {
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (String name : names) {
      byte[] good = bench.disk.content(name);
      for (int at = 0; at < good.length; at++) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << random.nextInt(8));
        bench.disk.put(name, bad);
        if (isRefused(name, at)) {
          refused++;
        }
        bench.disk.put(name, good);
      }
    }
    assertThat(refused).isGreaterThan(1500);
  }

  @Test
  void aFileCutAnywhereNeverGivesAWrongRecord() {
    for (String name : names) {
      byte[] good = bench.disk.content(name);
      for (int length = 0; length < good.length; length++) {
        bench.disk.put(name, Arrays.copyOf(good, length));
        isRefused(name, length);
        bench.disk.put(name, good);
      }
    }
    assertThat(isRefused(last(), 0)).isFalse();
    assertThat(bench.replayedText()).isEqualTo(written);
  }

  /// Starts; either all that is found is right, and only the last file may have lost its end, or
  /// the start is refused and names the file.
  private boolean isRefused(String name, int at) {
    SimulatedDisk disk = bench.disk;
    SimulatedDisk copy = new SimulatedDisk(at);
    disk.list().forEach(each -> copy.put(each, disk.content(each)));
    bench.disk = copy;
    try {
      bench.start(SETTINGS);
      assertStartOfWritten();
      if (bench.replayed.size() < written.size()) {
        assertThat(name).isEqualTo(names.getLast());
      }
      return false;
    } catch (DamagedLog damaged) {
      assertThat(damaged.file()).isEqualTo(name);
      assertThat(damaged.offset()).isBetween(0L, (long) at);
      assertStartOfWritten();
      return true;
    } finally {
      bench.disk = disk;
    }
  }

  private void assertStartOfWritten() {
    assertThat(bench.replayedText()).isEqualTo(written.subList(0, bench.replayed.size()));
  }

  @Test
  void aFlippedBitInTheMiddleIsNamedByFileAndOffset() {
    String name = names.getLast();
    long offset = 32;
    int position = Integer.parseInt(name.substring(4, 24));
    flip(name, 40);

    DamagedLog damaged = catchThrowableOfType(DamagedLog.class, () -> bench.start(SETTINGS));

    assertThat(damaged.file()).isEqualTo(name);
    assertThat(damaged.offset()).isEqualTo(offset);
    assertThat(damaged)
        .hasMessageContaining(name + ", offset 32: expected the record of position " + position)
        .hasMessageContaining("with records in order behind it from offset")
        .hasMessageContaining("without everything from position " + position + " on")
        .hasMessageContaining("naru repair DIR --to NEWDIR");
  }

  @Test
  void nothingIsChangedByARefusedStart() {
    flip(names.get(1), 50);
    List<byte[]> before = names.stream().map(bench.disk::content).toList();

    assertThatThrownBy(() -> bench.start(SETTINGS)).isInstanceOf(DamagedLog.class);

    assertThat(bench.disk.list()).isEqualTo(names);
    assertThat(names.stream().map(bench.disk::content).toList())
        .usingRecursiveComparison()
        .isEqualTo(before);
  }

  @Test
  void aLostPieceThatHadBeenSyncedIsDamage() {
    LogBench other = new LogBench(2).start(LogSettings.DEFAULTS);
    for (int i = 0; i < 100; i++) {
      other.write("record number " + i);
      other.settle();
    }
    byte[] content = other.disk.content(LogNames.log(1));
    Arrays.fill(content, 1024, 1536, (byte) 0);
    other.disk.put(LogNames.log(1), content);

    DamagedLog damaged =
        catchThrowableOfType(DamagedLog.class, () -> other.start(LogSettings.DEFAULTS));

    assertThat(damaged.offset()).isBetween(980L, 1024L);
  }

  @Test
  void aMissingFileIsNoticed() {
    bench.disk.remove(names.get(1));

    assertThatThrownBy(() -> bench.start(SETTINGS))
        .isInstanceOf(DamagedLog.class)
        .hasMessageContaining("here or in " + names.get(1))
        .hasMessageContaining("Put back the missing file");
  }

  @Test
  void aMissingFirstFileIsNoticed() {
    bench.disk.remove(names.getFirst());

    assertThatThrownBy(() -> bench.start(SETTINGS))
        .isInstanceOf(DamagedLog.class)
        .hasMessageContaining("with the records from position 1 on");
  }

  @Test
  void aFileUnderAnothersNameIsNoticed() {
    bench.disk.put(names.get(1), bench.disk.content(names.get(2)));

    assertThatThrownBy(() -> bench.start(SETTINGS))
        .isInstanceOf(DamagedLog.class)
        .hasMessageContaining(names.get(1) + ", offset 16: expected first position");
  }

  @Test
  void aRepeatedRecordIsNoticed() {
    String name = names.getLast();
    byte[] content = bench.disk.content(name);
    int length = content[36] + 20;
    byte[] repeated = Arrays.copyOf(content, content.length + length);
    System.arraycopy(content, 32, repeated, content.length, length);
    bench.disk.put(name, repeated);

    DamagedLog damaged = catchThrowableOfType(DamagedLog.class, () -> bench.start(SETTINGS));

    assertThat(damaged.offset()).isEqualTo(content.length);
    assertThat(damaged.found()).startsWith("that of position");
  }

  @Test
  void aNewerVersionIsNamed() {
    byte[] content = bench.disk.content(names.getFirst());
    content[8] = 7;
    bench.disk.put(names.getFirst(), content);

    assertThatThrownBy(() -> bench.start(SETTINGS))
        .isInstanceOf(DamagedLog.class)
        .hasMessageContaining("expected format version 1, found version 7");
  }

  @Test
  void namesThatLookLikeOursAreNotPassedOver() {
    for (String name : List.of("log-12.naru", "log-00000000000000000001.naru.bak", "x.naru")) {
      bench.disk.put(name, new byte[0]);
      assertThatThrownBy(() -> bench.start(SETTINGS))
          .isInstanceOf(DamagedLog.class)
          .hasMessageContaining(name);
      bench.disk.remove(name);
    }
  }

  @Test
  void otherFilesAreLeftAlone() {
    bench.disk.put("users.acl", new byte[3]);

    bench.start(SETTINGS);

    assertThat(bench.replayedText()).isEqualTo(written);
    assertThat(bench.disk.content("users.acl")).hasSize(3);
  }

  private void flip(String name, int at) {
    byte[] content = bench.disk.content(name);
    content[at] ^= 4;
    bench.disk.put(name, content);
  }
}
