package naru.broker;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import naru.protocol.resp.setting.ConfigFile;
import naru.world.WorldFailure;
import naru.world.real.WholeFile;

/// The file that `--config` names.
final class SettingsFile implements ConfigFile.Lines {
  private final Path file;

  SettingsFile(Path file) {
    this.file = file;
  }

  @Override
  public List<String> read() {
    try {
      return Files.readAllLines(file);
    } catch (IOException failure) {
      throw new WorldFailure("cannot read " + file + ": " + words(failure));
    }
  }

  private static String words(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      case CharacterCodingException _ -> "it is not text in UTF-8";
      default -> "" + failure.getMessage();
    };
  }

  @Override
  public void replace(List<String> lines) {
    String content = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    try {
      WholeFile.replace(file, content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new WorldFailure("write " + file, failure);
    }
  }
}
