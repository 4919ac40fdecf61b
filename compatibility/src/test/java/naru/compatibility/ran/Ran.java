package naru.compatibility.ran;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import naru.compatibility.Broker;
import naru.compatibility.Repository;

/// Notes in `compatibility/target/ran.tsv` what was seen to run: client, version, area, sentence.
/// `tools/CompatibilityTable.java` makes the tables of it.
public final class Ran {
  /// The names of tests in the output of unittest, minitest and node's runner.
  private static final List<Pattern> NAMES =
      List.of(
          Pattern.compile("(?m)^test_(\\w+) \\("),
          Pattern.compile("(?m)^\\w+#test_(\\w+) ="),
          Pattern.compile("(?m)^ok \\d+ - (.*?)(?: \\(RESP\\d\\))?$"));

  private Ran() {}

  /// The tests of a script that ended well.
  public static void script(Client client, String area, String output) {
    List<String> names =
        NAMES.stream()
            .flatMap(pattern -> pattern.matcher(output).results())
            .map((MatchResult match) -> match.group(1).replace('_', ' '))
            .distinct()
            .toList();
    if (names.isEmpty()) {
      throw new AssertionError("no test is named in:\n" + output);
    }
    names.forEach(name -> note(client, area, name));
  }

  /// `aLockIsKept` is a lock is kept.
  static void method(Client client, String area, String name) {
    note(client, area, name.replaceAll("([A-Z]|(?<=[a-z])\\d+)", " $1").toLowerCase(Locale.ROOT));
  }

  private static void note(Client client, String area, String sentence) {
    if (Broker.isPeer()) {
      return;
    }
    Path file = Repository.root().resolve("compatibility/target/ran.tsv");
    String line = String.join("\t", client.itsName(), client.version(), area, sentence) + "\n";
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, line, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
