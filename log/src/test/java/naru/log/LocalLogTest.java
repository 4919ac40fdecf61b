package naru.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalLogTest {
  private static final LogSettings ALWAYS = LogSettings.DEFAULTS;
  private static final long SECOND_NS = 1_000_000_000;

  private final LogBench bench = new LogBench(1);

  @Test
  void aNewLogIsEmpty() {
    bench.start(ALWAYS);

    assertThat(bench.log.position()).isZero();
    assertThat(bench.log.safePosition()).isZero();
    assertThat(bench.report.files()).isZero();
    assertThat(bench.disk.list()).containsExactly("log-00000000000000000001.naru");
  }

  @Test
  void theOpenRecordHasAPositionOnceSomethingIsInIt() {
    bench.start(ALWAYS);
    bench.log.seal();
    assertThat(bench.log.position()).isZero();

    bench.log.record().writeByte(7);

    assertThat(bench.log.position()).isEqualTo(1);
  }

  @Test
  void alwaysIsSafeWhenItsSyncHasEnded() {
    bench.start(ALWAYS);
    bench.write("one");
    assertThat(bench.log.safePosition()).isZero();

    bench.disk.endSync();
    assertThat(bench.log.safePosition()).isZero();
    bench.readMail();

    assertThat(bench.log.safePosition()).isEqualTo(1);
    assertThat(bench.safePositions).containsExactly(1L);
  }

  @Test
  void manySealsShareASync() {
    bench.start(ALWAYS);
    int before = bench.disk.syncs();
    for (int i = 0; i < 1000; i++) {
      bench.write("record " + i);
    }

    bench.settle();

    assertThat(bench.log.safePosition()).isEqualTo(1000);
    assertThat(bench.disk.syncs() - before).isEqualTo(2);
    assertThat(bench.safePositions).containsExactly(1L, 1000L);
  }

  @Test
  void aRecordSealedDuringASyncWaitsForTheNext() {
    bench.start(ALWAYS);
    bench.write("one");
    bench.write("two");
    bench.disk.endSync();
    bench.readMail();
    assertThat(bench.log.safePosition()).isEqualTo(1);

    bench.settle();

    assertThat(bench.log.safePosition()).isEqualTo(2);
  }

  @Test
  void everySecondIsSafeAtOnceAndSyncsOnceASecond() {
    bench.start(ALWAYS.with(Durability.EVERYSEC));
    bench.log.tick(5 * SECOND_NS);
    bench.write("one");
    assertThat(bench.log.safePosition()).isEqualTo(1);
    bench.log.tick(5 * SECOND_NS + SECOND_NS / 2);
    assertThat(bench.disk.syncsUnderWay()).isZero();

    bench.log.tick(6 * SECOND_NS);
    bench.settle();

    assertThat(bench.log.syncedPosition()).isEqualTo(1);
    bench.log.tick(8 * SECOND_NS);
    assertThat(bench.disk.syncsUnderWay()).isZero();
  }

  @Test
  void noSyncsOnlyWhenAFileIsFullAndAtTheEnd() {
    bench.start(new LogSettings(Durability.NO, 500, 64, 0));
    int before = bench.disk.syncs();
    bench.write("x".repeat(400));
    bench.log.tick(9 * SECOND_NS);
    bench.settle();
    assertThat(bench.log.syncedPosition()).isZero();
    assertThat(bench.log.safePosition()).isEqualTo(1);

    bench.write("y".repeat(400));
    bench.settle();
    bench.write("z");
    assertThat(bench.disk.list()).hasSize(2);
    assertThat(bench.log.syncedPosition()).isEqualTo(2);

    bench.log.close();
    assertThat(bench.log.syncedPosition()).isEqualTo(3);
    assertThat(bench.disk.syncs() - before).isLessThanOrEqualTo(4);
  }

  @Test
  void anotherDurabilityHoldsFromTheNextRecordOn() {
    bench.start(ALWAYS.with(Durability.NO));
    bench.write("one");
    bench.log.durability(Durability.ALWAYS);
    bench.write("two");
    assertThat(bench.log.safePosition()).isEqualTo(1);
    bench.settle();
    assertThat(bench.log.safePosition()).isEqualTo(2);

    bench.log.durability(Durability.EVERYSEC);
    bench.write("three");

    assertThat(bench.log.safePosition()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void manyFilesAreReadInOrder(Durability durability) {
    LogSettings settings = new LogSettings(durability, 1000, 64, 0);
    bench.start(settings);
    for (int i = 1; i <= 500; i++) {
      bench.write("record " + i);
      if (i % 7 == 0) {
        bench.settle();
      }
    }
    bench.log.close();
    assertThat(bench.disk.list()).hasSizeGreaterThan(10);

    bench.start(settings);

    assertThat(bench.replayedText()).hasSize(500).startsWith("record 1").endsWith("record 500");
    assertThat(bench.report.records()).isEqualTo(500);
    assertThat(bench.report.bytes())
        .isEqualTo(bench.disk.list().stream().mapToLong(n -> bench.disk.content(n).length).sum());
  }

  @Test
  void aRestartGoesOnInTheLastFile() {
    bench.start(ALWAYS);
    bench.write("one");
    bench.log.close();
    bench.start(ALWAYS);
    bench.write("two");
    bench.log.close();

    bench.start(ALWAYS);

    assertThat(bench.replayedText()).containsExactly("one", "two");
    assertThat(bench.disk.list()).hasSize(1);
  }

  @Test
  void aLargeRecordIsKeptWholeAndItsBufferGivenBack() {
    bench.start(new LogSettings(Durability.ALWAYS, 1 << 20, 1024, 0));
    byte[] large = new byte[40 << 20];
    new SplittableRandom(1).nextBytes(large);
    bench.write("small");
    bench.settle();
    bench.write(large);
    assertThat(bench.log.record().capacity()).isEqualTo(1024);
    bench.settle();
    bench.write("after");
    bench.log.close();

    bench.start(ALWAYS);

    assertThat(bench.replayed).hasSize(3);
    assertThat(Arrays.equals(bench.replayed.get(1), large)).isTrue();
    assertThat(bench.disk.list()).hasSize(3);
  }

  @Test
  void afterAFailedWriteNothingIsWrittenAndNothingBecomesSafe() {
    bench.start(ALWAYS);
    bench.write("one");
    bench.settle();
    bench.disk.refuseAfter(0);
    bench.write("two");
    long size = bench.disk.content(LogNames.log(1)).length;

    bench.write("three");
    bench.log.tick(SECOND_NS);
    bench.settle();
    bench.log.close();

    assertThat(bench.log.position()).isEqualTo(3);
    assertThat(bench.log.safePosition()).isEqualTo(1);
    assertThat(bench.failures).singleElement().asString().contains("append");
    assertThat(bench.disk.content(LogNames.log(1))).hasSize((int) size);
  }

  @Test
  void aSyncUnderWayDuringAFailedWriteMakesNothingSafe() {
    bench.start(ALWAYS);
    bench.write("one");
    bench.disk.refuseAfter(0);
    bench.write("two");

    bench.settle();

    assertThat(bench.log.safePosition()).isZero();
    assertThat(bench.safePositions).isEmpty();
  }

  @Test
  void afterAFailedSyncNothingBecomesSafe() {
    bench.start(ALWAYS);
    bench.write("one");
    bench.settle();
    bench.write("two");
    bench.disk.refuseAfter(0);
    bench.settle();
    int syncs = bench.disk.syncs();

    bench.write("three");
    bench.settle();
    bench.log.close();

    assertThat(bench.log.safePosition()).isEqualTo(1);
    assertThat(bench.log.syncedPosition()).isEqualTo(1);
    assertThat(bench.disk.syncs()).isEqualTo(syncs);
    assertThat(bench.failures).singleElement().asString().contains("sync");
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void aFailureInAnyStepStopsAcknowledging(Durability durability) {
    LogSettings settings = new LogSettings(durability, 300, 64, 0);
    for (int step = 0; step < 40; step++) {
      LogBench each = new LogBench(step).start(settings);
      each.disk.refuseAfter(step);
      for (int i = 1; each.failures.isEmpty(); i++) {
        each.write("record number " + i);
        each.log.tick(i * SECOND_NS);
        each.settle();
      }
      long safe = each.log.safePosition();
      each.write("more");
      each.settle();
      each.log.close();
      assertThat(each.log.safePosition()).isEqualTo(safe).isLessThan(each.log.position());
      assertThat(each.failures).hasSize(1);

      each.disk = each.disk.afterKill();
      each.start(settings);
      int found = each.replayed.size();
      assertThat(found).isBetween((int) safe, (int) safe + 2);

      // What the refused sync has lost is still read, and was never on the disk.
      each.write("later");
      each.log.close();
      each.disk = each.disk.afterPowerLoss();
      each.start(settings);
      assertThat(each.replayed).hasSize(found + 1);
    }
  }

  @Test
  void aFailureAtTheEndIsTold() {
    bench.start(ALWAYS.with(Durability.NO));
    bench.write("one");
    bench.disk.refuseAfter(0);

    bench.log.close();

    assertThat(bench.failures).hasSize(1);
    assertThat(bench.log.syncedPosition()).isZero();
  }

  @Test
  void aSyncThatEndsAfterTheCloseChangesNothing() {
    bench.start(ALWAYS);
    bench.write("one");
    bench.log.close();
    assertThat(bench.log.safePosition()).isEqualTo(1);

    bench.settle();

    assertThat(bench.safePositions).isEmpty();
    assertThat(bench.failures).isEqualTo(List.of());
  }

  @Test
  void noLogKeepsNothingAndIsAlwaysSafe() {
    try (NoLog log = new NoLog()) {
      log.record().writeAscii("one");
      assertThat(log.position()).isEqualTo(1);
      assertThat(log.safePosition()).isEqualTo(1);
      log.seal();
      log.seal();
      log.record().writeAscii("two");

      assertThat(log.position()).isEqualTo(2);
      assertThat(log.record().length()).isEqualTo(3);
    }
  }

  @Test
  void theCallerWaitsForSyncsWhileTheyAreQuick() {
    bench.start(ALWAYS.withQuickSyncs(1_000));
    bench.write("beside");
    assertThat(bench.disk.syncsUnderWay()).isEqualTo(1);
    bench.settle();
    bench.write("waited for");
    assertThat(bench.disk.syncsUnderWay()).isZero();
    assertThat(bench.log.safePosition()).isEqualTo(2);
    assertThat(bench.log.syncedPosition()).isEqualTo(2);
    bench.disk = bench.disk.afterPowerLoss();
    bench.start(ALWAYS);
    assertThat(bench.replayedText()).containsExactly("beside", "waited for");
  }

  @Test
  void aQuickSyncThatFailsLetsNothingBecomeSafe() {
    bench.start(ALWAYS.withQuickSyncs(1_000));
    bench.write("one");
    bench.settle();
    bench.disk.refuseAfter(1);
    bench.write("two");
    bench.settle();
    assertThat(bench.failures).hasSize(1);
    assertThat(bench.log.safePosition()).isEqualTo(1);
  }
}
