package naru.broker.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import naru.world.Disk;
import naru.world.WorldFailure;
import naru.world.real.RealDisk;

/// A directory that appears with all that is in it, or not at all: until then it is called
/// `NAME.partial`.
final class NewDirectory {
  private NewDirectory() {}

  /// Throws [WorldFailure] if the name is taken, or a system refuses; then there is nothing left.
  static void create(Path directory, Consumer<Disk> fill) {
    Path absolute = directory.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new WorldFailure(absolute + " cannot be a new directory");
    }
    Path partial = parent.resolve(absolute.getFileName() + ".partial");
    check(absolute);
    check(partial);
    boolean isDone = false;
    try {
      try (Disk disk = RealDisk.open(partial)) {
        fill.accept(disk);
        disk.sync();
      }
      Files.deleteIfExists(partial.resolve(RealDisk.LOCK));
      Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
      sync(parent);
      isDone = true;
    } catch (IOException refused) {
      throw new WorldFailure("cannot name the directory " + absolute, refused);
    } finally {
      if (!isDone) {
        delete(partial);
      }
    }
  }

  private static void check(Path path) {
    if (Files.exists(path)) {
      throw new WorldFailure(path + " is there already: name a directory that is not");
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// What was made here, flat as it is.
  private static void delete(Path partial) {
    try (var files = Files.newDirectoryStream(partial)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(partial);
    } catch (IOException refused) {
      System.err.println("naru: what was written stays in " + partial);
    }
  }
}
