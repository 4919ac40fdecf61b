package naru.world.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
  @TempDir private Path folder;

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aFileKeepsItsPermissions() throws IOException {
    Path file = Files.writeString(folder.resolve("naru.conf"), "requirepass old\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    WholeFile.replace(file, "requirepass new\n".getBytes());
    assertThat(file).hasContent("requirepass new\n");
    assertThat(permissions(file)).isEqualTo("rw-r-----");
    assertThat(folder.resolve("naru.conf.new")).doesNotExist();
  }

  @Test
  void aNewFileIsItsOwnersOnly() throws IOException {
    Path file = folder.resolve("users.acl");
    WholeFile.replace(file, new byte[] {1});
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void whatABrokenOffWriteLeftIsNoHindrance() throws IOException {
    Path file = folder.resolve("users.acl");
    Files.writeString(folder.resolve("users.acl.new"), "half and much longer than the rest");
    WholeFile.replace(file, "whole".getBytes());
    assertThat(file).hasContent("whole");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    Path file = folder.resolve("nowhere").resolve("users.acl");
    assertThatThrownBy(() -> WholeFile.replace(file, new byte[0])).isInstanceOf(IOException.class);
  }
}
