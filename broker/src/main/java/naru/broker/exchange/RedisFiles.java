package naru.broker.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import naru.rdb.aof.AofManifest;

/// Finds what is to be read: a file, those that a manifest names, or what Redis would read in a
/// directory of its own.
final class RedisFiles {
  private static final String MANIFEST = ".manifest";
  private static final List<String> NAMES = List.of("appendonly.aof", "dump.rdb");

  private RedisFiles() {}

  /// The files, in the order in which they are to be read.
  static List<Path> of(Path named) {
    if (!Files.exists(named)) {
      throw new RefusedFile(named + ": there is no such file");
    }
    if (!Files.isDirectory(named)) {
      return named.toString().endsWith(MANIFEST) ? parts(named) : List.of(named);
    }
    for (Path directory : List.of(named, named.resolve("appendonlydir"))) {
      List<Path> manifests = manifests(directory);
      if (manifests.size() > 1) {
        throw new RefusedFile(directory + " has several manifests: name one of them");
      }
      if (!manifests.isEmpty()) {
        return parts(manifests.getFirst());
      }
    }
    for (String name : NAMES) {
      if (Files.isRegularFile(named.resolve(name))) {
        return List.of(named.resolve(name));
      }
    }
    throw new RefusedFile(
        named + " has neither a manifest of append-only files, nor " + String.join(", ", NAMES));
  }

  private static List<Path> manifests(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(MANIFEST)).sorted().toList();
    } catch (IOException refused) {
      throw unreadable(directory, refused);
    }
  }

  private static List<Path> parts(Path file) {
    AofManifest manifest;
    try {
      manifest = AofManifest.of(Files.readAllLines(file));
    } catch (AofManifest.Malformed malformed) {
      throw new RefusedFile(file + ": " + malformed.getMessage());
    } catch (IOException refused) {
      throw unreadable(file, refused);
    }
    List<Path> parts = new ArrayList<>();
    if (manifest.base() != null) {
      parts.add(file.resolveSibling(manifest.base()));
    }
    manifest.increments().forEach(name -> parts.add(file.resolveSibling(name)));
    for (Path part : parts) {
      if (!Files.isRegularFile(part)) {
        throw new RefusedFile(part + ": the manifest names this file, and it is not there");
      }
    }
    return parts;
  }

  static RefusedFile unreadable(Path file, IOException refused) {
    return new RefusedFile("cannot read " + file + ": " + refused.getMessage());
  }
}
