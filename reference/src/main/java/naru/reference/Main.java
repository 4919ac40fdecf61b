package naru.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the reference pages into a folder: `commands.md`, `settings.md`.
public final class Main {
  private Main() {}

  /// The folder is the one argument; it is made if missing.
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("commands.md"), CommandsPage.text());
    Files.writeString(folder.resolve("settings.md"), SettingsPage.text());
  }
}
