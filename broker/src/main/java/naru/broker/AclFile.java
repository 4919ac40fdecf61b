package naru.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.acl.AccessControl;
import naru.world.WorldFailure;
import naru.world.real.WholeFile;

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

  @Override
  public void replace(List<Bytes> lines) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (Bytes line : lines) {
      content.write(line.array(), line.offset(), line.length());
      content.write('\n');
    }
    try {
      WholeFile.replace(file, content.toByteArray());
    } catch (IOException failure) {
      throw new WorldFailure("write " + file, failure);
    }
  }
}
