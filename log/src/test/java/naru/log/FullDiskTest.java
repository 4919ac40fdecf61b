package naru.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import naru.world.WorldFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A disk without room: nothing is lost, nothing is given up, and writing goes on afterwards.
class FullDiskTest {
  private static final LogSettings TO_THE_LAST = new LogSettings(Durability.ALWAYS, 1 << 20, 64, 0);
  private static final LogSettings RESERVING = TO_THE_LAST.withReserve(1000);

  private final LogBench bench = new LogBench(1);

  private void tick() {
    bench.log.tick(0);
    bench.settle();
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void whatThereIsNoRoomForIsWrittenOnceThereIs(Durability durability) {
    bench.start(TO_THE_LAST.with(durability));
    bench.write("one");
    bench.settle();
    bench.disk.leaveRoom(10);
    bench.write("two");
    bench.write("three");
    tick();
    assertThat(bench.log.hasRoom()).isFalse();
    assertThat(bench.log.safePosition()).isEqualTo(1);
    assertThat(bench.log.position()).isEqualTo(3);

    bench.disk.leaveRoom(Long.MAX_VALUE);
    tick();

    assertThat(bench.log.hasRoom()).isTrue();
    assertThat(bench.log.safePosition()).isEqualTo(3);
    assertThat(bench.failures).isEmpty();
    assertThat(bench.rooms).containsExactly(false, true);
    bench.write("four");
    bench.log.close();
    bench.disk = bench.disk.afterKill();
    assertThat(bench.start(TO_THE_LAST).replayedText())
        .containsExactly("one", "two", "three", "four");
  }

  @Test
  void whatThereIsNoRoomForIsLostWithTheProcessAndNothingElse() {
    bench.start(TO_THE_LAST);
    bench.write("one");
    bench.settle();
    bench.disk.leaveRoom(10);
    bench.write("two");
    tick();

    bench.disk = bench.disk.afterKill();

    assertThat(bench.start(TO_THE_LAST).replayedText()).containsExactly("one");
    assertThat(bench.report.tornTail()).isNull();
  }

  @Test
  void aReserveIsLeftAndWhatIsWrittenAllTheSameTakesOfIt() {
    bench.start(RESERVING);
    bench.disk.leaveRoom(1030);
    assertThat(bench.log.hasRoom()).isTrue();
    tick();
    bench.write("a record that is longer than what is left beside the reserve");
    assertThat(bench.log.hasRoom()).isFalse();

    bench.write("from the reserve");
    bench.settle();

    assertThat(bench.log.safePosition()).isEqualTo(2);
    assertThat(bench.failures).isEmpty();
  }

  @Test
  void roomIsThereAgainOnceThereIsALittleMoreThanTheReserve() {
    bench.start(RESERVING);
    bench.disk.leaveRoom(999);
    tick();
    assertThat(bench.log.hasRoom()).isFalse();
    bench.disk.leaveRoom(1100);
    tick();
    assertThat(bench.log.hasRoom()).isFalse();

    bench.disk.leaveRoom(1250);
    tick();

    assertThat(bench.log.hasRoom()).isTrue();
    assertThat(bench.rooms).containsExactly(false, true);
  }

  @Test
  void theReserveMayBeChanged() {
    bench.start(RESERVING);
    bench.disk.leaveRoom(500);
    tick();
    assertThat(bench.log.hasRoom()).isFalse();

    bench.log.reserve(100);

    assertThat(bench.log.hasRoom()).isTrue();
  }

  @Test
  void aFullFileIsNotFollowedByAnotherForWhichThereIsNoRoom() {
    LogSettings small = new LogSettings(Durability.ALWAYS, 100, 64, 0);
    bench.start(small);
    bench.disk.leaveRoom(500);

    for (int i = 0; i < 10; i++) {
      bench.write("a record of some length");
      bench.settle();
    }

    assertThat(bench.disk.list()).hasSize(1);
    assertThat(bench.failures).isEmpty();
    assertThat(bench.log.safePosition()).isEqualTo(10);
  }

  @Test
  void recordsThatHaveNoRoomAtTheEndAreToldOf() {
    bench.start(TO_THE_LAST);
    bench.disk.leaveRoom(10);
    bench.write("one");

    bench.log.close();

    assertThat(bench.failures).singleElement().asString().contains("no room");
    assertThat(bench.log.safePosition()).isZero();
  }

  @Test
  void noSnapshotIsBegunWhileRecordsHaveNoRoom() {
    bench.start(TO_THE_LAST);
    bench.disk.leaveRoom(10);
    bench.write("one");

    assertThatThrownBy(() -> bench.log.snapshot())
        .isInstanceOf(WorldFailure.class)
        .hasMessageContaining("no room");
  }
}
