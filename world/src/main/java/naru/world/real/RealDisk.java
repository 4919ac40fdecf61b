package naru.world.real;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// A directory of the file system, locked for this broker. Two threads of its own do the syncs that
/// run beside the caller: those of a snapshot must not hold up those of the log. A third does all
/// else beside the caller, in the order in which it is handed over.
///
/// Used by one thread, as are its files. That thread must not be interrupted during a call: the
/// system's channels answer an interrupt by closing the file.
public final class RealDisk implements Disk {
  /// The file that keeps a directory for one broker. It is not listed.
  public static final String LOCK = DirectoryLock.NAME;

  static final int BUFFER_BYTES = 1 << 20;
  private static final int WRITES_BUFFER_BYTES = 128 << 10;

  private final Path directory;
  private final FileStore store;
  private final DirectoryLock lock;
  private final ExecutorService syncs;
  private final ExecutorService writes;
  private @Nullable ByteBuffer buffer;

  /// Of the thread of the writes alone.
  private @Nullable ByteBuffer writesBuffer;

  private RealDisk(Path directory, FileStore store, DirectoryLock lock) {
    this.directory = directory;
    this.store = store;
    this.lock = lock;
    syncs =
        Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("naru-disk-sync").factory());
    writes =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("naru-disk-write").factory());
  }

  /// Opens `directory`, created if it is missing. Throws [DiskInUse] when another broker has it.
  public static RealDisk open(Path directory) {
    FileStore store;
    try {
      if (!Files.isDirectory(directory)) {
        Permissions.createDirectories(directory);
        @Nullable Path parent = directory.toRealPath().getParent();
        if (parent != null) {
          syncDirectory(parent);
        }
      }
      store = Files.getFileStore(directory);
    } catch (IOException refused) {
      throw Refusal.of("cannot create the directory " + directory, refused);
    }
    return new RealDisk(directory, store, DirectoryLock.take(directory));
  }

  @Override
  public String location() {
    return directory.toAbsolutePath().normalize().toString();
  }

  @Override
  public long roomBytes() {
    return Refusal.roomBytes(store);
  }

  @Override
  public List<String> list() {
    return list(directory);
  }

  static List<String> list(Path directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (Files.isRegularFile(entry) && !name.equals(DirectoryLock.NAME)) {
          names.add(name);
        }
      }
    } catch (IOException refused) {
      throw Refusal.of("cannot list " + directory, refused);
    } catch (DirectoryIteratorException refused) {
      throw new WorldFailure("cannot list " + directory, refused);
    }
    names.sort(null);
    return names;
  }

  @Override
  public DiskFile create(String name) {
    return openWith(name, StandardOpenOption.CREATE_NEW);
  }

  @Override
  public DiskFile open(String name) {
    return openWith(name);
  }

  private DiskFile openWith(String name, OpenOption... how) {
    Path file = directory.resolve(name);
    try {
      return new RealDiskFile(file, Permissions.openOwned(file, how), this);
    } catch (IOException refused) {
      throw Refusal.ofWrite("cannot open " + file, refused, store);
    }
  }

  FileStore store() {
    return store;
  }

  ExecutorService syncs() {
    return syncs;
  }

  ExecutorService writes() {
    return writes;
  }

  /// For the length of a call on the thread of [#writes].
  ByteBuffer writesBuffer() {
    ByteBuffer present = writesBuffer;
    if (present == null) {
      present = ByteBuffer.allocateDirect(WRITES_BUFFER_BYTES);
      writesBuffer = present;
    }
    return present.clear();
  }

  /// For the length of a call on the caller's thread.
  ByteBuffer buffer() {
    ByteBuffer present = buffer;
    if (present == null) {
      present = ByteBuffer.allocateDirect(BUFFER_BYTES);
      buffer = present;
    }
    return present.clear();
  }

  @Override
  public void rename(String from, String to) {
    try {
      Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      throw Refusal.of("cannot rename " + directory.resolve(from) + " to " + to, refused);
    }
  }

  @Override
  public void delete(String name) {
    try {
      Files.delete(directory.resolve(name));
    } catch (IOException refused) {
      throw Refusal.of("cannot delete " + directory.resolve(name), refused);
    }
  }

  @Override
  public void sync() {
    try {
      syncDirectory(directory);
    } catch (IOException refused) {
      throw Refusal.of("cannot sync " + directory, refused);
    }
  }

  @Override
  public void syncThen(DiskFile.SyncListener done) {
    beside(this::sync, done);
  }

  @Override
  public void deleteThen(String name, DiskFile.SyncListener done) {
    beside(() -> delete(name), done);
  }

  private void beside(Runnable task, DiskFile.SyncListener done) {
    writes.execute(() -> done.synced(Disk.refusalOf(task)));
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    writes.close();
    syncs.close();
    lock.close();
  }
}
