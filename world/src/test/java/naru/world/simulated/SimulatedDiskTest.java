package naru.world.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import naru.world.DiskFile;
import naru.world.WorldFailure;
import naru.world.simulated.SimulatedDisk.PowerLoss;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
  private static final int SEEDS = 200;

  private SimulatedDisk disk = new SimulatedDisk(1);

  @Test
  void whatIsSyncedSurvivesTheLossOfPower() {
    for (int seed = 0; seed < SEEDS; seed++) {
      disk = new SimulatedDisk(seed);
      DiskFile file = syncedFile("kept");
      append(file, "lost, whole or in part");

      assertThat(textAfterPowerLoss()).startsWith("kept");
    }
  }

  @Test
  void whatIsNotSyncedIsLostWhollyOrInPartOrNotAtAll() {
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      disk = new SimulatedDisk(seed);
      append(syncedFile("kept"), "12");
      outcomes.add(textAfterPowerLoss());
    }
    assertThat(outcomes).contains("kept", "kept1", "kept12");
  }

  @Test
  void aKillLosesNothing() {
    append(syncedFile("kept"), " all");

    SimulatedDisk next = disk.afterKill();

    assertThat(text(next)).isEqualTo("kept all");
  }

  @Test
  void whatAKillLeftUnsyncedMayBeLostWithThePowerLater() {
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      disk = new SimulatedDisk(seed);
      append(syncedFile("kept"), "+");
      disk = disk.afterKill();
      outcomes.add(textAfterPowerLoss());
    }
    String sizeWithoutBytes = "kept\0";
    assertThat(outcomes).containsExactlyInAnyOrder("kept", "kept+", sizeWithoutBytes);
  }

  @Test
  void aFileIsLostUnlessItsDirectoryWasSynced() {
    Set<Integer> found = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      disk = new SimulatedDisk(seed);
      append(disk.create("file"), "x");
      disk.open("file").sync();
      found.add(disk.afterPowerLoss().list().size());
    }
    assertThat(found).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void aSyncBesideTheCallerCoversWhatWasThereWhenItBegan() {
    DiskFile file = syncedFile("");
    append(file, "before");
    file.syncThen(failure -> assertThat(failure).isNull());
    append(file, "after");

    disk.endSync();

    assertThat(textAfterPowerLoss()).startsWith("before");
    assertThatThrownBy(disk::list).isInstanceOf(PowerLoss.class);
  }

  @Test
  void aLiarKeepsNothing() {
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      disk = new SimulatedDisk(seed);
      DiskFile file = syncedFile("kept");
      disk.lieAboutSyncs();
      append(file, "+");
      file.sync();
      outcomes.add(textAfterPowerLoss());
    }
    assertThat(outcomes).contains("kept");
  }

  @Test
  void aRefusedStepIsRefusedOnce() {
    DiskFile file = syncedFile("kept");
    disk.refuseAfter(0);

    assertThatThrownBy(file::sync).isInstanceOf(WorldFailure.class);

    file.sync();
  }

  @Test
  void whatARefusedSyncHasLostNoOtherKeeps() {
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      disk = new SimulatedDisk(seed);
      DiskFile file = syncedFile("kept");
      append(file, "+");
      disk.refuseAfter(0);
      assertThatThrownBy(file::sync).isInstanceOf(WorldFailure.class);
      file.sync();
      assertThat(text(disk)).isEqualTo("kept+");
      outcomes.add(textAfterPowerLoss());
    }
    assertThat(outcomes).containsExactlyInAnyOrder("kept+", "kept\0");
  }

  @Test
  void whatIsWrittenBesideWhatARefusedSyncHasLostIsKept() {
    for (int seed = 0; seed < SEEDS; seed++) {
      disk = new SimulatedDisk(seed);
      DiskFile file = syncedFile("kept");
      append(file, "+");
      disk.refuseAfter(0);
      assertThatThrownBy(file::sync).isInstanceOf(WorldFailure.class);
      append(file, "+");
      file.sync();
      assertThat(textAfterPowerLoss()).isEqualTo("kept++");
    }
  }

  @Test
  void powerIsLostInTheStepThatWasSaid() {
    DiskFile file = syncedFile("kept");
    disk.losePowerAfter(1);
    file.sync();

    assertThatThrownBy(file::sync).isInstanceOf(PowerLoss.class);
  }

  private DiskFile syncedFile(String text) {
    DiskFile file = disk.create("file");
    append(file, text);
    file.sync();
    disk.sync();
    return file;
  }

  private static void append(DiskFile file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    file.append(bytes, 0, bytes.length);
  }

  private String textAfterPowerLoss() {
    return text(disk.afterPowerLoss());
  }

  private static String text(SimulatedDisk disk) {
    return new String(disk.content("file"), StandardCharsets.US_ASCII);
  }

  @Test
  void aFullDiskTakesWhatItHasRoomForAndRefusesTheRest() {
    DiskFile file = syncedFile("kept");
    disk.leaveRoom(3);

    assertThatThrownBy(() -> append(file, "12345"))
        .isInstanceOfSatisfying(
            WorldFailure.class, failure -> assertThat(failure.isNoRoom()).isTrue());
    assertThat(disk.roomBytes()).isZero();
    assertThat(new String(disk.content("file"), StandardCharsets.US_ASCII)).isEqualTo("kept123");

    file.truncate(4);
    assertThat(disk.roomBytes()).isEqualTo(3);
    disk.leaveRoom(Long.MAX_VALUE);
    append(file, "12345");
    assertThat(new String(disk.content("file"), StandardCharsets.US_ASCII)).isEqualTo("kept12345");
  }
}
