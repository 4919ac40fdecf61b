package naru.world.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps a directory for one broker: an exclusive lock on the file `naru.lock` in it, which holds
/// the process id as text. The system lets go of it when the process ends, however it ends.
final class DirectoryLock implements AutoCloseable {
  static final String NAME = "naru.lock";

  /// Where Linux shows all locks: `1: POSIX  ADVISORY  WRITE 4711 08:01:1234567 0 EOF`.
  private static final Path LOCKS = Path.of("/proc/locks");

  // POSIX gives a process's lock up when it closes *any* descriptor of the file, so a second try
  // within this process must be refused before the file is opened.
  private static final Set<Path> heldHere = new HashSet<>();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// Throws [DiskInUse] when another broker has the directory.
  static DirectoryLock take(Path directory) {
    Path real = real(directory);
    synchronized (heldHere) {
      if (!heldHere.add(real)) {
        throw new DiskInUse(directory.toString(), ProcessHandle.current().pid());
      }
    }
    @Nullable FileChannel locked = null;
    try {
      locked = lock(real);
    } finally {
      if (locked == null) {
        letGo(real);
      }
    }
    return new DirectoryLock(real, locked);
  }

  /// The process that holds the lock of a directory, found out without touching it; 0 if there is
  /// none, or the system does not say.
  static long holder(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      long processId = readProcessId(file);
      Object inode = Files.getAttribute(file, "unix:ino");
      Pattern lock = Pattern.compile(".* WRITE " + processId + " [^ ]*:" + inode + " .*");
      try (Stream<String> locks = Files.lines(LOCKS)) {
        return locks.anyMatch(line -> lock.matcher(line).matches()) ? processId : 0;
      }
    } catch (IOException | UncheckedIOException | UnsupportedOperationException unknown) {
      return 0;
    }
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException refused) {
      throw Refusal.of("cannot find " + directory, refused);
    }
  }

  private static void letGo(Path directory) {
    synchronized (heldHere) {
      heldHere.remove(directory);
    }
  }

  private static FileChannel lock(Path directory) {
    Path file = directory.resolve(NAME);
    try {
      FileChannel channel = Permissions.openOwned(file, StandardOpenOption.CREATE);
      try {
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
          throw new DiskInUse(directory.toString(), readProcessId(file));
        }
        writeProcessId(channel);
        return channel;
      } catch (IOException | RuntimeException refused) {
        channel.close();
        throw refused;
      }
    } catch (OverlappingFileLockException held) {
      throw new DiskInUse(directory.toString(), ProcessHandle.current().pid());
    } catch (IOException refused) {
      throw Refusal.of("cannot lock " + file, refused);
    }
  }

  private static void writeProcessId(FileChannel channel) throws IOException {
    String text = ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static long readProcessId(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException refused) {
      throw Refusal.of("cannot close " + directory.resolve(NAME), refused);
    } finally {
      letGo(directory);
    }
  }
}
