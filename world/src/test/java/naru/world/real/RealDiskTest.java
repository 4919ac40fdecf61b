package naru.world.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import naru.world.DiskFile;
import naru.world.WorldFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
  @TempDir Path temporary;

  @Test
  void aMissingDirectoryIsCreatedForTheOwnerOnly() throws IOException {
    Path directory = temporary.resolve("a/b");

    try (RealDisk disk = RealDisk.open(directory)) {
      disk.create("file").close();

      assertThat(permissions(directory)).isEqualTo("rwx------");
      assertThat(permissions(directory.resolve("file"))).isEqualTo("rw-------");
      assertThat(permissions(directory.resolve("naru.lock"))).isEqualTo("rw-------");
      assertThat(disk.location()).isEqualTo(directory.toString());
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /// Linux has a file on which there is never room.
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldFromAnyOtherFailure() throws IOException {
    Path full = Path.of("/dev/full");
    try (RealDisk disk = RealDisk.open(temporary);
        FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
      RealDiskFile file = new RealDiskFile(full, channel, disk);

      assertThatThrownBy(() -> file.append(new byte[10], 0, 10))
          .isInstanceOfSatisfying(
              WorldFailure.class, failure -> assertThat(failure.isNoRoom()).isTrue());

      CompletableFuture<Optional<WorldFailure>> ended = new CompletableFuture<>();
      file.appendThen(new byte[10], 0, 10, failure -> ended.complete(Optional.ofNullable(failure)));

      assertThat(ended.join().orElseThrow().isNoRoom()).isTrue();
      assertThatThrownBy(file::sync)
          .as("what was not written cannot be safe")
          .isInstanceOf(WorldFailure.class);
    }
  }

  @Test
  void whatIsAppendedBesideTheCallerStandsInTheOrderOfTheCalls() {
    byte[] bytes = new byte[1_000_000];
    new SplittableRandom(1).nextBytes(bytes);
    try (RealDisk disk = RealDisk.open(temporary)) {
      DiskFile file = disk.create("file");
      for (int at = 0; at < bytes.length; at += 250_000) {
        if (at == 250_000) {
          file.append(bytes, at, 250_000);
        } else {
          file.appendThen(bytes, at, 250_000, _ -> {});
        }
      }
      assertThat(file.sizeBytes()).isEqualTo(bytes.length);
      file.sync();

      byte[] read = new byte[bytes.length];
      assertThat(file.read(0, read, 0, read.length)).isEqualTo(read.length);
      assertThat(read).isEqualTo(bytes);
      file.close();
    }
  }

  @Test
  void writingAgainChangesNothing() throws IOException {
    byte[] content = new byte[3 * RealDisk.BUFFER_BYTES + 77];
    new SplittableRandom(1).nextBytes(content);
    try (RealDisk disk = RealDisk.open(temporary);
        DiskFile file = disk.create("file")) {
      file.append(content, 0, content.length);
      for (long from : new long[] {0, 1000, content.length}) {
        file.writeAgain(from);
      }
      file.append(content, 0, 10);
      file.sync();
    }
    assertThat(Files.readAllBytes(temporary.resolve("file")))
        .startsWith(content)
        .hasSize(content.length + 10);
  }

  @Test
  void theRoomOfADiskIsTold() throws IOException {
    try (RealDisk disk = RealDisk.open(temporary)) {
      assertThat(disk.roomBytes())
          .isPositive()
          .isLessThanOrEqualTo(Files.getFileStore(temporary).getTotalSpace());
    }
  }

  @Test
  void appendedBytesAreReadAnywhere() {
    byte[] bytes = new byte[3_500_000];
    new SplittableRandom(1).nextBytes(bytes);
    try (RealDisk disk = RealDisk.open(temporary)) {
      DiskFile file = disk.create("file");
      file.append(bytes, 0, 10);
      file.append(bytes, 10, bytes.length - 10);
      file.sync();
      assertThat(file.sizeBytes()).isEqualTo(bytes.length);

      byte[] read = new byte[3_000_002];
      int got = file.read(500_000, read, 1, 3_000_001);

      assertThat(got).isEqualTo(3_000_000);
      assertThat(read).startsWith(0).endsWith(0);
      assertThat(Arrays.equals(read, 1, 3_000_001, bytes, 500_000, 3_500_000)).isTrue();
      assertThat(file.read(bytes.length, read, 0, 1)).isZero();
      file.close();
    }
  }

  @Test
  void aFileIsReopenedAndWrittenAtItsEnd() {
    try (RealDisk disk = RealDisk.open(temporary)) {
      write(disk, "file", "hello, world");
      DiskFile file = disk.open("file");
      file.truncate(5);
      file.append("!".getBytes(StandardCharsets.US_ASCII), 0, 1);
      file.close();
    }
    assertThat(temporary.resolve("file")).hasContent("hello!");
  }

  @Test
  void filesAreListedSortedAndTheLockIsNotAmongThem() throws IOException {
    Files.createDirectory(temporary.resolve("folder"));
    try (RealDisk disk = RealDisk.open(temporary)) {
      write(disk, "b", "1");
      write(disk, "c", "2");
      disk.rename("c", "a");
      disk.sync();
      assertThat(disk.list()).containsExactly("a", "b");

      disk.delete("b");

      assertThat(disk.list()).containsExactly("a");
    }
  }

  @Test
  void refusalsSayWhatWasTriedAndWhy() throws IOException {
    Files.writeString(temporary.resolve("plain"), "");
    try (RealDisk disk = RealDisk.open(temporary)) {
      write(disk, "taken", "1");

      assertThatThrownBy(() -> disk.create("taken"))
          .isInstanceOf(WorldFailure.class)
          .hasMessage("cannot open " + temporary.resolve("taken") + ": the name is taken");
      assertThatThrownBy(() -> disk.open("missing"))
          .isInstanceOf(WorldFailure.class)
          .hasMessageContaining("there is no such file");
      assertThatThrownBy(() -> RealDisk.open(temporary.resolve("plain")))
          .isInstanceOf(WorldFailure.class)
          .hasMessageContaining("cannot create the directory");
    }
  }

  @Test
  void aSyncBesideTheCallerEndsOnAnotherThread() throws Exception {
    try (RealDisk disk = RealDisk.open(temporary)) {
      DiskFile file = disk.create("file");
      file.append(new byte[100], 0, 100);
      CompletableFuture<String> thread = new CompletableFuture<>();
      CompletableFuture<Optional<WorldFailure>> outcome = new CompletableFuture<>();

      file.syncThen(
          failure -> {
            thread.complete(Thread.currentThread().getName());
            outcome.complete(Optional.ofNullable(failure));
          });
      file.close();

      assertThat(outcome.get(10, TimeUnit.SECONDS)).isEmpty();
      assertThat(thread.get()).isEqualTo("naru-disk-sync");
    }
  }

  @Test
  void aFailedSyncIsTold() throws Exception {
    try (RealDisk disk = RealDisk.open(temporary)) {
      DiskFile file = disk.create("file");
      file.close();
      CompletableFuture<Optional<WorldFailure>> outcome = new CompletableFuture<>();

      file.syncThen(failure -> outcome.complete(Optional.ofNullable(failure)));

      assertThat(outcome.get(10, TimeUnit.SECONDS)).isPresent();
    }
  }

  @Test
  void aDirectoryInUseIsRefusedWithinTheProcess() {
    long self = ProcessHandle.current().pid();
    try (RealDisk disk = RealDisk.open(temporary)) {
      assertThat(disk.list()).isEmpty();
      DiskInUse inUse =
          catchThrowableOfType(DiskInUse.class, () -> RealDisk.open(temporary.resolve(".")));

      assertThat(inUse.processId()).isEqualTo(self);
    }
    RealDisk.open(temporary).close();
  }

  @Test
  void aDirectoryOfAnotherProcessIsRefusedAndNamed() throws Exception {
    Process other = lockElsewhere();
    try (BufferedReader output = other.inputReader()) {
      assertThat(output.readLine()).isEqualTo("locked");

      DiskInUse inUse = catchThrowableOfType(DiskInUse.class, () -> RealDisk.open(temporary));

      assertThat(inUse.processId()).isEqualTo(other.pid());
      assertThat(inUse)
          .hasMessage(temporary + " is in use by another broker (process " + other.pid() + ")");
    } finally {
      other.destroyForcibly().waitFor();
    }
    RealDisk.open(temporary).close();
  }

  @Test
  void aRefusedSecondTryDoesNotGiveTheLockAway() throws Exception {
    try (RealDisk disk = RealDisk.open(temporary)) {
      assertThat(disk.list()).isEmpty();
      assertThatThrownBy(() -> RealDisk.open(temporary)).isInstanceOf(DiskInUse.class);

      Process other = lockElsewhere();
      try (BufferedReader output = other.inputReader()) {
        assertThat(output.readLine()).isEqualTo("refused");
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
  }

  /// Another process that tries to lock the directory, says how that went, and waits.
  private Process lockElsewhere() throws IOException {
    Path program = temporary.resolve("Locker.java");
    Files.writeString(
        program,
"""
        import java.nio.ByteBuffer;
        import java.nio.channels.FileChannel;
        import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
        import java.nio.file.StandardOpenOption;

        class Locker {
          public static void main(String[] arguments) throws Exception {
            var channel =
                FileChannel.open(
                    Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean locked = channel.tryLock() != null;
            if (locked) {
              channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\\n").getBytes()));
            }
            System.out.println(locked ? "locked" : "refused");
            System.in.read();
          }
        }
""");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            program.toString(),
            temporary.resolve("naru.lock").toString())
        .start();
  }

  private static void write(RealDisk disk, String name, String text) {
    DiskFile file = disk.create(name);
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    file.append(bytes, 0, bytes.length);
    file.sync();
    file.close();
  }
}
