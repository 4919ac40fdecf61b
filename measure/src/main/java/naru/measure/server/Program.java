package naru.measure.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A server that can be started beside another.
///
/// @param name as tables have it
/// @param version as it says itself
public record Program(String name, String version, Start start) {
  /// The name of the server that does nothing.
  public static final String FLOOR = "floor";

  /// The words of its command line.
  public interface Start {
    List<String> words(int port, Path directory, Setup setup);
  }

  /// @param command what starts the broker, up to and with the word `server`
  public static Program naru(List<String> command, String version, String transport) {
    return new Program(
        "naru",
        "naru " + version,
        (port, directory, setup) -> {
          boolean isRedis = setup.wire() == Setup.Wire.REDIS;
          List<String> words = new ArrayList<>(command);
          words.addAll(List.of("--bind", "127.0.0.1", "--dir", directory.toString()));
          words.addAll(List.of("--resp-port", isRedis ? "" + port : "0"));
          words.addAll(List.of("--memcached-port", isRedis ? "0" : "" + port));
          words.addAll(List.of("--kafka-port", "0", "--amqp-port", "0", "--admin-port", "0"));
          words.addAll(List.of("--fsync", setup.fsync(), "--transport", transport));
          words.addAll(List.of("--log", setup.keepsLog() ? "on" : "off"));
          return words;
        });
  }

  /// @param executable a redis-server, or what takes the same options
  public static Program redis(Path executable) throws IOException {
    return new Program(
        "redis",
        version(executable, "--version"),
        (port, directory, setup) -> {
          List<String> words = new ArrayList<>(List.of(executable.toString()));
          words.addAll(List.of("--bind", "127.0.0.1", "--port", "" + port));
          words.addAll(List.of("--dir", directory.toString(), "--save", ""));
          words.addAll(List.of("--appendonly", setup.keepsLog() ? "yes" : "no"));
          words.addAll(List.of("--appendfsync", setup.fsync()));
          return words;
        });
  }

  /// With one thread that serves, as the others have.
  public static Program memcached(Path executable) throws IOException {
    return new Program(
        "memcached",
        version(executable, "-V"),
        (port, _, _) -> {
          List<String> words = new ArrayList<>(List.of(executable.toString()));
          words.addAll(List.of("-l", "127.0.0.1", "-U", "0", "-p", "" + port));
          words.addAll(List.of("-m", "2048", "-t", "1", "-c", "10000"));
          if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("-u", "nobody"));
          }
          return words;
        });
  }

  /// @param command what starts [FloorServer]
  public static Program floor(List<String> command, String transport) {
    return new Program(
        FLOOR,
        "answers +PONG and does nothing else",
        (port, _, _) -> {
          List<String> words = new ArrayList<>(command);
          words.addAll(List.of(transport, "" + port));
          return words;
        });
  }

  public boolean isFloor() {
    return name.equals(FLOOR);
  }

  /// The program of that name on the PATH, or of that path.
  public static Optional<Path> find(String name) {
    if (name.contains(File.separator)) {
      return Optional.of(Path.of(name)).filter(Files::isExecutable);
    }
    String folders = System.getenv().getOrDefault("PATH", "");
    for (String folder : folders.split(File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isExecutable(file) && Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /// The first numbers with a point between in what it says: `7.0.15`.
  private static String version(Path executable, String option) throws IOException {
    Process process =
        new ProcessBuilder(executable.toString(), option).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (String word : said.split("[\\s=]+", -1)) {
      if (word.matches("[0-9]+(\\.[0-9]+)+.*")) {
        return executable.getFileName() + " " + word;
      }
    }
    return executable.getFileName().toString();
  }
}
