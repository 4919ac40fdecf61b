package naru.world.real;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file outside the data directory that is written as a whole: settings, users.
public final class WholeFile {
  private WholeFile() {}

  /// Puts `content` in the place of what `file` holds. Whoever reads it, and whoever starts after a
  /// loss of power, finds the old content or the new. It keeps its permissions; a file that was not
  /// there is its owner's only.
  public static void replace(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Set<PosixFilePermission> permissions = permissions(file);
    Files.deleteIfExists(beside);
    try (FileChannel channel = Permissions.openOwned(beside, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        var _ = channel.write(rest);
      }
      channel.force(true);
    }
    if (permissions != null) {
      Files.setPosixFilePermissions(beside, permissions);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolderOf(file);
  }

  private static @Nullable Set<PosixFilePermission> permissions(Path file) throws IOException {
    boolean known = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return known && Files.exists(file) ? Files.getPosixFilePermissions(file) : null;
  }

  /// Until then a loss of power may bring the old name back.
  private static void syncFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
