package naru.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One Java file of the project, named by its path from the top folder.
record Source(Path path, List<String> lines) {

  /// All Java files of all modules, tests and this one included.
  static List<Source> all() {
    Path top = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> modules = Files.list(top)) {
      return modules
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(Source::javaFiles)
          .map(file -> read(top, file))
          .sorted((a, b) -> a.path.compareTo(b.path))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path top, Path file) {
    try {
      return new Source(top.relativize(file), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `path:line: text` of each line that the rule finds fault with; line comments are left out.
  List<String> offences(Predicate<String> rule) {
    return java.util.stream.IntStream.range(0, lines.size())
        .filter(i -> rule.test(lines.get(i)))
        .mapToObj(i -> path + ":" + (i + 1) + ": " + lines.get(i).strip())
        .toList();
  }

  boolean isProduction() {
    return path.getName(2).toString().equals("main");
  }

  String fileName() {
    return path.getFileName().toString();
  }

  Path folder() {
    return path.getParent();
  }

  /// The package by its place, such as `naru.world.real`; empty for `module-info.java`.
  String packageName() {
    int count = path.getNameCount();
    return count <= 5 ? "" : path.subpath(4, count - 1).toString().replace('/', '.');
  }
}
