package naru.world.real;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.WorldFailure;

/// A directory in which nothing is written, nothing is created and nothing is locked: it may be
/// that of a running broker. What would change something is a [WorldFailure].
public final class ReadOnlyDisk implements Disk {
  private final Path directory;

  private ReadOnlyDisk(Path directory) {
    this.directory = directory;
  }

  /// Throws [WorldFailure] if there is no such directory.
  public static ReadOnlyDisk open(Path directory) {
    if (!Files.exists(directory)) {
      throw new WorldFailure("cannot read " + directory + ": there is no such directory");
    }
    if (!Files.isDirectory(directory)) {
      throw new WorldFailure("cannot read " + directory + ": it is no directory");
    }
    return new ReadOnlyDisk(directory);
  }

  /// The process of the broker that has this directory now; 0 if there is none, or the system does
  /// not say.
  public long brokerProcess() {
    return DirectoryLock.holder(directory);
  }

  @Override
  public String location() {
    return directory.toAbsolutePath().normalize().toString();
  }

  @Override
  public long roomBytes() {
    return 0;
  }

  @Override
  public List<String> list() {
    return RealDisk.list(directory);
  }

  @Override
  public DiskFile open(String name) {
    Path path = directory.resolve(name);
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new ReadOnlyFile(path, channel, channel.size());
    } catch (IOException refused) {
      throw Refusal.of("cannot open " + path, refused);
    }
  }

  /// As large as when it was opened, though somebody may append to it.
  private record ReadOnlyFile(Path path, FileChannel channel, long sizeBytes) implements DiskFile {
    @Override
    public String name() {
      return path.getFileName().toString();
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) {
      int wanted = Math.clamp(sizeBytes - position, 0, count);
      try {
        int got = wanted == 0 ? 0 : channel.read(ByteBuffer.wrap(into, offset, wanted), position);
        return Math.max(0, got);
      } catch (IOException refused) {
        throw Refusal.of("cannot read " + path + " at " + position, refused);
      }
    }

    @Override
    public void append(byte[] from, int offset, int count) {
      throw readOnly("append to " + path);
    }

    @Override
    public void truncate(long newSizeBytes) {
      throw readOnly("cut " + path);
    }

    @Override
    public void writeAgain(long from) {
      throw readOnly("write to " + path);
    }

    @Override
    public void sync() {
      throw readOnly("sync " + path);
    }

    @Override
    public void syncThen(SyncListener done) {
      throw readOnly("sync " + path);
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException refused) {
        throw Refusal.of("cannot close " + path, refused);
      }
    }
  }

  private static WorldFailure readOnly(String what) {
    return new WorldFailure("cannot " + what + ": opened for reading only");
  }

  @Override
  public DiskFile create(String name) {
    throw readOnly("create " + name);
  }

  @Override
  public void rename(String from, String to) {
    throw readOnly("rename " + from);
  }

  @Override
  public void delete(String name) {
    throw readOnly("delete " + name);
  }

  @Override
  public void sync() {
    throw readOnly("sync " + directory);
  }

  @Override
  public void close() {}
}
