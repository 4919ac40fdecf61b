package naru.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import naru.bytes.ByteReader;
import naru.world.WorldFailure;
import naru.world.simulated.SimulatedDisk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final LogSettings SETTINGS = new LogSettings(Durability.ALWAYS, 200, 1024, 0);
  private static final String SNAPSHOT = LogNames.snapshot(30);

  private final LogBench bench = new LogBench(1);
  private final List<byte[]> written = new ArrayList<>();

  private void write(int records) {
    for (int i = 0; i < records; i++) {
      byte[] payload = ("record " + written.size()).getBytes();
      written.add(payload);
      bench.write(payload);
    }
  }

  private void finish(SnapshotWriter writer) {
    while (writer.advance((_, _) -> {}, () -> false) != SnapshotWriter.Progress.DONE) {
      bench.settle();
    }
  }

  /// 30 records in many files, a snapshot of them, and 5 more.
  private void snapshot() {
    bench.start(SETTINGS);
    write(30);
    SnapshotWriter writer = bench.tell(written);
    write(5);
    finish(writer);
  }

  private void assertThatAllIsFound() {
    assertThat(bench.replayed).hasSize(written.size());
    for (int i = 0; i < written.size(); i++) {
      assertThat(bench.replayed.get(i)).isEqualTo(written.get(i));
    }
  }

  private Map<String, String> disk() {
    Map<String, String> content = new TreeMap<>();
    bench.disk.list().forEach(name -> content.put(name, new String(bench.disk.content(name))));
    return content;
  }

  private DamagedLog refusal() {
    Map<String, String> before = disk();
    DamagedLog refusal = catchThrowableOfType(DamagedLog.class, () -> bench.start(SETTINGS));
    assertThat(refusal).isNotNull();
    assertThat(disk()).isEqualTo(before);
    return refusal;
  }

  @Test
  void aStartReadsTheSnapshotAndTheRecordsBehindIt() {
    snapshot();
    assertThat(bench.disk.list()).contains(SNAPSHOT).doesNotContain(LogNames.log(1));
    bench.start(SETTINGS);
    assertThatAllIsFound();
    RecoveryReport.Snapshot found = bench.report.snapshot();
    assertThat(found).isNotNull();
    assertThat(found.file()).isEqualTo(SNAPSHOT);
    assertThat(found.entries()).isEqualTo(30);
    assertThat(bench.report.records()).isEqualTo(5);
    assertThat(bench.log.position()).isEqualTo(35);
    assertThat(bench.log.snapshotBytes()).isEqualTo(found.bytes());
  }

  @Test
  void theNextSnapshotTakesThePlaceOfTheOneBefore() {
    snapshot();
    finish(bench.tell(written));
    assertThat(bench.disk.list()).contains(LogNames.snapshot(35)).doesNotContain(SNAPSHOT);
    assertThat(bench.log.tailBytes()).isZero();
    bench.start(SETTINGS);
    assertThatAllIsFound();
    write(3);
    bench.settle();
    bench.start(SETTINGS);
    assertThatAllIsFound();
  }

  @Test
  void theSnapshotOfAnEmptyLogIsASnapshot() {
    bench.start(SETTINGS);
    finish(bench.tell(written));
    bench.start(SETTINGS);
    assertThatAllIsFound();
    write(2);
    bench.settle();
    bench.start(SETTINGS);
    assertThatAllIsFound();
  }

  @Test
  void logFilesThatHaveLaterRecordsStay() {
    bench.start(SETTINGS);
    write(30);
    SnapshotWriter writer = bench.tell(written);
    write(40);
    finish(writer);
    List<Long> logs = LogNames.logs(bench.disk.list());
    assertThat(logs.getFirst()).isLessThanOrEqualTo(31);
    assertThat(logs.get(1)).isGreaterThan(31);
  }

  @Test
  void aSnapshotThatWasNeverFinishedIsDeletedAtTheNextStart() {
    bench.start(SETTINGS);
    write(30);
    bench.tell(written);
    bench.settle();
    bench.disk = bench.disk.afterKill();
    bench.start(SETTINGS);
    assertThat(bench.report.leftOver()).containsExactly(LogNames.part(30));
    assertThat(bench.disk.list()).doesNotContain(LogNames.part(30));
    assertThatAllIsFound();
  }

  @Test
  void aSnapshotThatIsGivenUpLeavesNothingBehind() {
    bench.start(SETTINGS);
    write(30);
    bench.tell(written).giveUp();
    assertThat(bench.disk.list()).noneMatch(name -> name.startsWith("snapshot"));
    bench.settle();
    bench.start(SETTINGS);
    assertThatAllIsFound();
  }

  @Test
  void aBitThatChangedAnywhereInASnapshotStopsTheStart() {
    snapshot();
    byte[] good = bench.disk.content(SNAPSHOT);
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      bench.disk.put(SNAPSHOT, bad);
      DamagedLog refusal = refusal();
      assertThat(refusal.file()).isEqualTo(SNAPSHOT);
      assertThat(refusal.expected()).isNotEmpty();
      assertThat(refusal.found()).isNotEmpty();
      assertThat(refusal.advice()).startsWith("Nothing was changed.");
    }
    bench.disk.put(SNAPSHOT, good);
    bench.start(SETTINGS);
    assertThatAllIsFound();
  }

  @Test
  void aSnapshotThatIsTooShortOrTooLongStopsTheStart() {
    snapshot();
    byte[] good = bench.disk.content(SNAPSHOT);
    for (int length = 0; length < good.length + 3; length++) {
      if (length != good.length) {
        bench.disk.put(SNAPSHOT, Arrays.copyOf(good, length));
        assertThat(refusal().file()).isEqualTo(SNAPSHOT);
      }
    }
  }

  @Test
  void aSnapshotUnderAnotherNameStopsTheStart() {
    snapshot();
    byte[] content = bench.disk.content(SNAPSHOT);
    bench.disk.remove(SNAPSHOT);
    bench.disk.put(LogNames.snapshot(31), content);
    assertThat(refusal().expected()).isEqualTo("position 31");
  }

  @Test
  void aSnapshotThatIsMissingStopsTheStart() {
    snapshot();
    bench.disk.remove(SNAPSHOT);
    assertThat(refusal().advice()).contains("the snapshot that has their records");
  }

  @Test
  void aLogThatIsMissingBesideASnapshotStopsTheStart() {
    snapshot();
    bench.disk.list().stream()
        .filter(name -> name.startsWith("log-"))
        .toList()
        .forEach(bench.disk::remove);
    assertThat(refusal().file()).isEqualTo(SNAPSHOT);
  }

  @Test
  void aLogThatEndsBeforeTheSnapshotStopsTheStart() {
    snapshot();
    List<Long> logs = LogNames.logs(bench.disk.list());
    for (long first : logs.subList(1, logs.size())) {
      bench.disk.remove(LogNames.log(first));
    }
    String name = LogNames.log(logs.getFirst());
    byte[] content = bench.disk.content(name);
    bench.disk.put(name, Arrays.copyOf(content, 40));
    assertThat(refusal().file()).isEqualTo(name);
    bench.disk.put(name, Arrays.copyOf(content, 20));
    assertThat(refusal().file()).isEqualTo(name);
  }

  @Test
  void theAdviceNamesAnOlderSnapshotThatWouldDo() {
    snapshot();
    Map<String, byte[]> before = new TreeMap<>();
    bench.disk.list().forEach(name -> before.put(name, bench.disk.content(name)));
    finish(bench.tell(written));
    String newest = LogNames.snapshot(35);
    bench.disk.put(newest, new byte[100]);
    assertThat(refusal().advice()).contains("do not hold everything");
    before.forEach(bench.disk::put);
    assertThat(refusal().advice()).contains("move " + newest + " away").contains(SNAPSHOT);
    bench.disk.remove(newest);
    bench.start(SETTINGS);
    assertThatAllIsFound();
  }

  @Test
  void whereverTheDiskRefusesTheLogGoesOn() {
    int refusals = 0;
    for (int step = 0; step < 40; step++) {
      LogBench here = new LogBench(step);
      here.start(SETTINGS);
      List<byte[]> payloads = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        payloads.add(new byte[] {(byte) i});
        here.write(payloads.getLast());
      }
      here.settle();
      here.disk.refuseAfter(step);
      @Nullable SnapshotWriter writer = null;
      try {
        writer = here.tell(payloads);
        writer.finish((_, _) -> {});
      } catch (WorldFailure refused) {
        refusals++;
        if (writer != null) {
          writer.giveUp();
        }
      }
      here.disk.refuseAfter(1_000_000);
      payloads.add(new byte[] {99});
      here.write(payloads.getLast());
      here.settle();
      assertThat(here.failures).isEmpty();
      here.disk = here.disk.afterPowerLoss();
      here.start(SETTINGS);
      assertThat(here.replayed).hasSize(31);
      assertThat(here.replayed.getLast()).containsExactly(99);
    }
    assertThat(refusals).isGreaterThan(6);
  }

  @Test
  void aSnapshotThatIsReadBackAsSomethingElseDoesNotCount() {
    bench.start(SETTINGS);
    write(30);
    SnapshotWriter writer = bench.tell(written);
    assertThatThrownBy(
            () ->
                writer.finish(
                    (_, _) -> {
                      throw new ByteReader.Malformed("is strange");
                    }))
        .isInstanceOf(DamagedLog.class)
        .hasMessageContaining("is strange");
    writer.giveUp();
    assertThat(bench.disk.list()).noneMatch(name -> name.startsWith("snapshot"));
  }

  @Test
  void anotherVersionOfTheFormatIsNotTakenForDamage() {
    snapshot();
    byte[] content = bench.disk.content(SNAPSHOT);
    content[LogFormat.VERSION_AT] = 2;
    bench.disk.put(SNAPSHOT, content);
    assertThat(refusal().advice()).contains("Start the version of Naru that wrote this file");
  }

  @Test
  void whatIsHeldStaysUntilItIsLetGo() {
    snapshot();
    HeldFiles held = bench.log.hold();
    assertThat(held.position()).isEqualTo(35);
    Map<String, byte[]> before = new TreeMap<>();
    held.files().forEach(piece -> before.put(piece.name(), bench.disk.content(piece.name())));
    assertThat(before).containsKey(SNAPSHOT);

    write(20);
    finish(bench.tell(written));

    assertThat(bench.disk.list()).contains(LogNames.snapshot(55)).containsAll(before.keySet());
    SimulatedDisk copy = new SimulatedDisk(3);
    for (HeldFiles.Piece piece : held.files()) {
      FileCopy.copy(bench.disk, piece.name(), piece.bytes(), copy);
    }
    copy.sync();
    LogBench other = new LogBench(copy.afterPowerLoss(), 1);
    other.start(SETTINGS);
    assertThat(other.replayed).hasSize(35);
    bench.log.letGo();
    assertThat(bench.disk.list()).contains(LogNames.snapshot(55)).doesNotContain(SNAPSHOT);
    bench.start(SETTINGS);
    assertThatAllIsFound();
  }

  /// It has its name, and may lose it with the power: until then the one before is needed.
  @Test
  void aSnapshotWhoseNameTheDiskDoesNotKeepTakesNothingAway() {
    snapshot();
    write(20);
    bench.settle();
    SnapshotWriter writer = bench.tell(written);
    while (!bench.disk.list().contains(LogNames.snapshot(55))) {
      bench.settle();
      // Refuses what comes behind the renaming: the sync of the directory.
      bench.disk.refuseAfter(1);
      try {
        writer.advance((_, _) -> {}, oneStep());
      } catch (WorldFailure refused) {
        assertThat(refused).hasMessageContaining("sync of the directory");
      }
    }
    assertThat(writer.counts()).isFalse();
    writer.giveUp();
    List<String> before = bench.disk.list();

    HeldFiles held = bench.log.hold();
    assertThat(held.files()).extracting(HeldFiles.Piece::name).contains(SNAPSHOT);
    bench.log.letGo();

    assertThat(bench.disk.list()).isEqualTo(before);
    bench.disk = bench.disk.afterPowerLoss();
    bench.start(SETTINGS);
    assertThatAllIsFound();
  }

  private static BooleanSupplier oneStep() {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.getAndIncrement() > 0;
  }

  @Test
  void aSnapshotTakesNothingOfTheReserve() {
    bench.start(SETTINGS.withReserve(1000));
    write(60);
    bench.settle();
    bench.disk.leaveRoom(1300);

    assertThatThrownBy(() -> bench.tell(written))
        .isInstanceOfSatisfying(
            WorldFailure.class, refused -> assertThat(refused.isNoRoom()).isTrue());

    assertThat(bench.disk.roomBytes()).isGreaterThanOrEqualTo(1000);
    assertThat(bench.log.hasRoom()).isTrue();
    write(1);
    bench.settle();
    assertThat(bench.log.safePosition()).isEqualTo(61);
  }
}
