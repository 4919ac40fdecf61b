package naru.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.acl.AccessControl;
import naru.world.WorldFailure;

/// The file that `aclfile` names.
final class AclFile implements AccessControl.UsersFile {
  private final Path file;

  AclFile(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Bytes read() {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (NoSuchFileException missing) {
      throw new WorldFailure("opening file '" + file + "': No such file or directory");
    } catch (IOException failure) {
      throw new WorldFailure("opening file '" + file + "': " + failure.getMessage());
    }
  }

  /// Writes beside the file, syncs, then puts it in its place, so that there is always a whole one.
  @Override
  public void replace(List<Bytes> lines) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (Bytes line : lines) {
      content.write(line.array(), line.offset(), line.length());
      content.write('\n');
    }
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      write(beside, ByteBuffer.wrap(content.toByteArray()));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new WorldFailure("write " + file, failure);
    }
  }

  private static void write(Path to, ByteBuffer content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            to,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (content.hasRemaining()) {
        var _ = channel.write(content);
      }
      channel.force(true);
    }
  }
}
