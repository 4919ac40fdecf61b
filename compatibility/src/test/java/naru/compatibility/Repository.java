package naru.compatibility;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the project's own files are, from whichever folder the tests run.
public final class Repository {
  private Repository() {}

  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("naru")) || !Files.isDirectory(tests(folder))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException(
            "not inside the repository: " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }

  /// The folder with the sources of the tests that are not Java.
  public static Path tests() {
    return tests(root());
  }

  private static Path tests(Path root) {
    return root.resolve("compatibility/src/test");
  }
}
