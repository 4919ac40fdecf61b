package naru.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.world.WorldFailure;
import naru.world.simulated.SimulatedDisk;
import org.junit.jupiter.api.Test;

class BlockFilesTest {
  private static final LogSettings SETTINGS = new LogSettings(Durability.ALWAYS, 300, 1024, 0);
  private static final String FIRST = LogNames.blocks(1);

  private final LogBench bench = new LogBench(5).start(SETTINGS);
  private final List<Bytes> blocks =
      List.of(Bytes.of("one"), Bytes.of("the second"), Bytes.of("3".repeat(70)));

  private BlockFiles files() {
    return bench.log.blocks();
  }

  private BlockFiles.Place append() {
    return files().append(blocks);
  }

  private String read(BlockFiles.Place place, int block) {
    long offset = place.offset();
    for (int i = 0; i < block; i++) {
      offset += BlockFiles.FRAME_BYTES + blocks.get(i).length();
    }
    return new String(files().read(place.file(), offset, blocks.get(block).length()));
  }

  private void assertThatAllIsRead(BlockFiles.Place place) {
    for (int i = 0; i < blocks.size(); i++) {
      assertThat(read(place, i)).isEqualTo(blocks.get(i).toString());
    }
  }

  private long bytes() {
    return blocks.stream().mapToLong(block -> BlockFiles.FRAME_BYTES + block.length()).sum();
  }

  /// Takes a snapshot that names runs: their places are what it tells.
  private SnapshotWriter snapshot(BlockFiles.Place... places) {
    SnapshotWriter writer = Objects.requireNonNull(bench.log.snapshot());
    for (BlockFiles.Place place : places) {
      files().names(place.file(), place.offset() + bytes(), bytes());
      writer.record().writeLong(place.file());
      writer.record().writeLong(files().salt(place.file()));
      writer.record().writeLong(place.offset());
    }
    writer.end(places.length);
    return writer;
  }

  private void finish(SnapshotWriter writer) {
    while (writer.advance((_, _) -> {}, () -> false) != SnapshotWriter.Progress.DONE) {
      bench.settle();
    }
  }

  /// Starts anew; returns the places that the snapshot names.
  private List<BlockFiles.Place> start() {
    List<BlockFiles.Place> places = new ArrayList<>();
    Recovery recovery = new Recovery(bench.disk, bench.clock(), () -> 77, SETTINGS);
    recovery.replay(
        new Replay() {
          private BlockFiles files;

          @Override
          public void blocks(BlockFiles theFiles) {
            files = theFiles;
          }

          @Override
          public void record(long position, ByteReader payload) {
            while (payload.remaining() > 0) {
              places.add(named(files, payload));
            }
          }
        });
    bench.log = recovery.log(bench.mailbox::add, bench);
    return places;
  }

  private BlockFiles.Place named(BlockFiles files, ByteReader payload) {
    long file = payload.readLong();
    long salt = payload.readLong();
    long offset = payload.readLong();
    files.named(file, salt, offset + bytes(), bytes());
    return new BlockFiles.Place(file, offset);
  }

  private DamagedLog refusal() {
    List<String> before = bench.disk.list();
    DamagedLog refusal = catchThrowableOfType(DamagedLog.class, this::start);
    assertThat(refusal).isNotNull();
    assertThat(refusal.advice()).containsAnyOf("ut back a good copy", "Start the version");
    assertThat(bench.disk.list()).isEqualTo(before);
    return refusal;
  }

  private List<String> names() {
    return BlockFiles.names(bench.disk);
  }

  @Test
  void whatWasLaidDownIsRead() {
    BlockFiles.Place first = append();
    BlockFiles.Place second = append();
    assertThatAllIsRead(first);
    assertThatAllIsRead(second);
    assertThat(names()).containsExactly(FIRST);
  }

  @Test
  void aFullFileIsFollowedByAnother() {
    List<BlockFiles.Place> places = List.of(append(), append(), append(), append());
    assertThat(names()).hasSize(2);
    places.forEach(this::assertThatAllIsRead);
  }

  @Test
  void anyBitTurnedOverIsNoticedAndItsPlaceNamed() {
    BlockFiles.Place place = append();
    long from = 8 * place.offset();
    long second = place.offset() + BlockFiles.FRAME_BYTES + blocks.getFirst().length();
    for (long bit = from; bit < from + 8 * bytes(); bit++) {
      bench.disk.flip(FIRST, bit);
      int hit = bit < 8 * second ? 0 : bit < 8 * (second + BlockFiles.FRAME_BYTES + 10) ? 1 : 2;
      DamagedLog refusal = catchThrowableOfType(DamagedLog.class, () -> read(place, hit));
      assertThat(refusal).as("bit %d", bit).isNotNull();
      assertThat(refusal.file()).isEqualTo(FIRST);
      assertThat(8 * refusal.offset()).isLessThanOrEqualTo(bit);
      assertThat(refusal.advice()).containsAnyOf("ut back a good copy", "Start the version");
      assertThat(read(place, (hit + 1) % 3)).isEqualTo(blocks.get((hit + 1) % 3).toString());
      bench.disk.flip(FIRST, bit);
    }
    assertThatAllIsRead(place);
  }

  @Test
  void aBlockOfAnotherPlaceIsNotTakenForThisOne() {
    BlockFiles.Place first = append();
    BlockFiles.Place second = append();
    byte[] content = bench.disk.content(FIRST);
    System.arraycopy(content, (int) first.offset(), content, (int) second.offset(), (int) bytes());
    finish(snapshot(first, second));
    bench.disk.put(FIRST, content);
    start();
    assertThatAllIsRead(first);
    assertThatThrownBy(() -> read(second, 0)).hasMessageContaining("from another place");
  }

  @Test
  void whatASnapshotNamesIsThereAfterAPowerLoss() {
    BlockFiles.Place first = append();
    BlockFiles.Place second = append();
    finish(snapshot(first, second));
    for (int i = 0; i < 20; i++) {
      bench.disk = bench.disk.afterPowerLoss();
      List<BlockFiles.Place> found = start();
      assertThat(found).containsExactly(first, second);
      found.forEach(this::assertThatAllIsRead);
      append();
    }
  }

  @Test
  void whatNoSnapshotNamesGoesAtTheNextStart() {
    append();
    bench.disk = bench.disk.afterKill();
    assertThat(start()).isEmpty();
    assertThat(names()).isEmpty();
  }

  @Test
  void aFileGoesWhenNoBlockOfItIsNamedAnyMore() {
    BlockFiles.Place first = append();
    append();
    BlockFiles.Place third = append();
    finish(snapshot(first, third));
    assertThat(names()).hasSize(2);
    finish(snapshot(third));
    assertThat(names()).containsExactly(LogNames.blocks(2));
    assertThatAllIsRead(third);
    BlockFiles.Place again = append();
    assertThat(again.file()).isGreaterThan(1);
  }

  @Test
  void aSnapshotThatIsGivenUpTakesNoFileAway() {
    BlockFiles.Place first = append();
    append();
    append();
    finish(snapshot(first));
    snapshot().giveUp();
    assertThat(names()).contains(FIRST);
    bench.disk = bench.disk.afterPowerLoss();
    assertThat(start()).containsExactly(first);
    assertThatAllIsRead(first);
  }

  @Test
  void aStartWithoutANamedFileIsRefused() {
    finish(snapshot(append()));
    bench.disk.remove(FIRST);
    assertThat(refusal().file()).isEqualTo(FIRST);
  }

  @Test
  void aStartWithAFileThatWasCutIsRefused() {
    finish(snapshot(append()));
    byte[] content = bench.disk.content(FIRST);
    bench.disk.put(FIRST, java.util.Arrays.copyOf(content, content.length - 1));
    DamagedLog refusal = refusal();
    assertThat(refusal.file()).isEqualTo(FIRST);
    assertThat(refusal.offset()).isEqualTo(content.length - 1);
  }

  @Test
  void aStartWithAnotherFileOfTheSameNameIsRefused() {
    finish(snapshot(append()));
    LogBench other = new LogBench(6).start(SETTINGS);
    other.log.blocks().append(blocks);
    bench.disk.put(FIRST, other.disk.content(FIRST));
    assertThat(refusal().offset()).isEqualTo(LogFormat.SALT_AT);
  }

  @Test
  void aHeaderWithABitTurnedOverIsRefused() {
    finish(snapshot(append()));
    for (int bit = 0; bit < 8 * LogFormat.FILE_HEADER_BYTES; bit++) {
      bench.disk.flip(FIRST, bit);
      assertThat(refusal().file()).isEqualTo(FIRST);
      bench.disk.flip(FIRST, bit);
    }
    assertThat(start()).hasSize(1);
  }

  @Test
  void whatDoesNotFitChangesNothing() {
    BlockFiles.Place first = append();
    bench.disk.leaveRoom(50);
    assertThatThrownBy(this::append)
        .isInstanceOfSatisfying(
            WorldFailure.class, failure -> assertThat(failure.isNoRoom()).isTrue());
    bench.disk.leaveRoom(Long.MAX_VALUE);
    BlockFiles.Place second = append();
    assertThat(second).isEqualTo(new BlockFiles.Place(1, first.offset() + bytes()));
    assertThatAllIsRead(first);
    assertThatAllIsRead(second);
  }

  @Test
  void whatIsMovedTakesNothingOfTheReserve() {
    BlockFiles.Place first = append();
    bench.disk.leaveRoom(1000 + LogFormat.FILE_HEADER_BYTES + bytes());
    bench.log.reserve(1000);
    append();
    assertThatThrownBy(this::append)
        .isInstanceOfSatisfying(
            WorldFailure.class, failure -> assertThat(failure.isNoRoom()).isTrue());
    assertThat(bench.disk.roomBytes()).isGreaterThanOrEqualTo(1000);
    assertThatAllIsRead(first);
  }

  @Test
  void aFileWhoseAppendWasRefusedIsLeftAsItIs() {
    BlockFiles.Place first = append();
    bench.disk.refuseAfter(0);
    assertThatThrownBy(this::append).isInstanceOf(WorldFailure.class);
    BlockFiles.Place second = append();
    assertThat(second.file()).isEqualTo(2);
    assertThatAllIsRead(first);
    finish(snapshot(first, second));
    bench.disk = bench.disk.afterPowerLoss();
    start().forEach(this::assertThatAllIsRead);
  }

  @Test
  void aFileWhoseSyncWasRefusedIsNeverNamed() {
    BlockFiles.Place place = append();
    SnapshotWriter writer = snapshot(place);
    assertThat(writer.advance((_, _) -> {}, () -> false)).isEqualTo(SnapshotWriter.Progress.WAITS);
    bench.disk.refuseAfter(0);
    bench.settle();
    assertThatThrownBy(() -> finish(writer)).isInstanceOf(WorldFailure.class);
    writer.giveUp();
    assertThat(files().isToBeLeft(place.file())).isTrue();
    assertThatAllIsRead(place);
    assertThatThrownBy(() -> finish(snapshot(place))).isInstanceOf(WorldFailure.class);
    assertThat(append().file()).isEqualTo(2);
  }

  /// The system has lost the bytes, and would take a second sync for a good one.
  @Test
  void aFileWhoseSyncWasRefusedToWhoWaitedForItIsNeverNamed() {
    BlockFiles.Place place = append();
    SnapshotWriter writer = snapshot(place);
    bench.disk.refuseAfter(0);
    assertThatThrownBy(() -> writer.finish((_, _) -> {})).isInstanceOf(WorldFailure.class);
    writer.giveUp();
    assertThat(files().isToBeLeft(place.file())).isTrue();
    assertThatThrownBy(() -> snapshot(place).finish((_, _) -> {}))
        .isInstanceOf(WorldFailure.class)
        .hasMessageContaining("is not named");
    assertThat(append().file()).isEqualTo(2);
  }

  @Test
  void aBlockThatReadsBackOtherwiseIsNotNamed() {
    BlockFiles.Place place = append();
    bench.disk.flip(FIRST, 8 * place.offset() + 200);
    assertThatThrownBy(() -> finish(snapshot(place)))
        .isInstanceOf(DamagedLog.class)
        .hasMessageContaining(FIRST);
    assertThat(files().isToBeLeft(place.file())).isTrue();
  }

  @Test
  void aFileOfWhichLittleIsNamedIsToBeLeft() {
    BlockFiles.Place first = append();
    append();
    BlockFiles.Place third = append();
    finish(snapshot(first, third));
    assertThat(files().isToBeLeft(1)).isFalse();
    bench.disk = bench.disk.afterKill();
    start();
    assertThat(files().isToBeLeft(1)).isFalse();
    assertThat(files().hasFilesToBeLeft()).isFalse();
  }

  @Test
  void goingOverAFileFindsWhereItIsDamaged() {
    BlockFiles.Place place = append();
    assertThat(BlockFiles.walk(bench.disk, FIRST))
        .isEqualTo(new BlockFiles.Walk(3, place.offset() + bytes(), null, false));
    SimulatedDisk damaged = bench.disk.twin(9);
    damaged.flip(FIRST, 8 * (place.offset() + 40));
    BlockFiles.Walk walk = BlockFiles.walk(damaged, FIRST);
    assertThat(walk.blocks()).isEqualTo(1);
    assertThat(walk.end()).isEqualTo(place.offset() + 19);
    assertThat(walk.trouble()).isNotNull();
    assertThat(walk.hasMore()).isTrue();
  }
}
