package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import naru.compatibility.OneBroker;
import naru.compatibility.Repository;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Dialogues of several connections, written by hand, of which each connection sees the same as
/// with redis-server: replies, pushes, what a monitor shows.
///
/// A line is `1> SET k v`: a command on connection 1. Whatever differs by nature (times, ports, ids
/// of clients) is left out of the comparison. `id:2` stands for the id of connection 2, once it has
/// spoken.
final class DialogueTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @TempDir static Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("dialogues")
  @Timeout(60)
  void eachConnectionSeesTheSame(String name) throws IOException {
    assumeTrue(RedisServer.isInstalled());
    List<String> lines = Files.readAllLines(files().resolve(name));
    try (RedisServer redis = RedisServer.start(folder)) {
      assertThat(seen(shared.port(), lines)).isEqualTo(seen(redis.port(), lines));
    }
  }

  private static Path files() {
    return Repository.tests().resolve("resources").resolve("dialogues");
  }

  static List<String> dialogues() throws IOException {
    try (Stream<Path> files = Files.list(files())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> seen(int port, List<String> lines) throws IOException {
    Map<String, Wire> wires = new TreeMap<>();
    Map<String, String> ids = new TreeMap<>();
    Map<String, List<String>> seen = new TreeMap<>();
    try (Wire first = Wire.open(port)) {
      first.ask("FLUSHALL");
      first.ask("FUNCTION", "FLUSH");
    }
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String connection = line.substring(0, line.indexOf('>'));
      Wire wire = wires.get(connection);
      if (wire == null) {
        wire = Wire.open(port);
        wire.patience(5000);
        wires.put(connection, wire);
        ids.put("id:" + connection, wire.ask("CLIENT", "ID").text());
      }
      List<String> words =
          Quoted.words(line.substring(line.indexOf('>') + 2)).stream()
              .map(word -> ids.getOrDefault(word, word))
              .toList();
      Command command = Command.of(0, words);
      wire.send(List.of(command));
      List<String> frames = seen.computeIfAbsent(connection, _ -> new ArrayList<>());
      frames.add(line);
      List<Reply> replies = new ArrayList<>();
      do {
        replies.addAll(wire.receive(command));
      } while (isBeforeTheReply(replies.getLast(), command));
      String received = text(replies);
      frames.add(command.name().equals("hello") ? "" : received);
    }
    wires.forEach(
        (connection, wire) -> {
          Command last = Command.of(0, List.of("NO-SUCH-COMMAND"));
          wire.send(List.of(last));
          List<Reply> rest = new ArrayList<>();
          do {
            rest.addAll(wire.receive(last));
          } while (!rest.getLast().wire().contains("NO-SUCH-COMMAND")
              && !(rest.getLast() instanceof Reply.Broken));
          seen.getOrDefault(connection, new ArrayList<>()).add(text(rest));
          wire.close();
        });
    return seen.values().stream().flatMap(List::stream).toList();
  }

  /// A push; or what a monitor is shown, before it is told that it is none any more.
  private static boolean isBeforeTheReply(Reply last, Command command) {
    return last instanceof Reply.Group(char type, _) && type == '>'
        || command.name().equals("reset") && !last.wire().startsWith("+RESET");
  }

  private static String text(List<Reply> replies) {
    StringBuilder out = new StringBuilder();
    replies.forEach(reply -> out.append(reply.wire()));
    return out.toString()
        .replaceAll("\\d{10}\\.\\d{6} \\[(\\d+) 127\\.0\\.0\\.1:\\d+\\]", "TIME [$1 ADDRESS]")
        .replaceAll("\\d{10}\\.\\d{6} \\[", "TIME [")
        .replaceAll("redirect\r\n:[1-9]\\d*", "redirect\r\n:ID");
  }
}
