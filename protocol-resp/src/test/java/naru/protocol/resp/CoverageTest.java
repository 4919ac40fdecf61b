package naru.protocol.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import naru.protocol.resp.verb.Commands.Command;
import org.junit.jupiter.api.Test;

/// The commands of the newest Redis, those of its former modules included: each is here, or it is
/// said why not.
class CoverageTest {
  private static Set<String> ofRedis() throws IOException {
    try (InputStream in = CoverageTest.class.getResourceAsStream("redis-8.10-commands.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> here() {
    return Catalog.commands()
        .withSubcommands()
        .map(Command::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> saidToBeAbsent() {
    return NotHere.absences().stream()
        .flatMap(absence -> absence.commands().stream())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .toList();
  }

  @Test
  void everyCommandOfRedisIsHereOrItIsSaidWhyNot() throws IOException {
    Set<String> missing = ofRedis();
    assertThat(missing).hasSizeGreaterThan(500).contains("get", "json.set", "cluster|slots");
    missing.removeAll(here());
    missing.removeAll(saidToBeAbsent());
    assertThat(missing).isEmpty();
  }

  @Test
  void whatIsSaidToBeAbsentIsACommandOfRedis() throws IOException {
    assertThat(ofRedis()).containsAll(saidToBeAbsent());
    assertThat(saidToBeAbsent()).doesNotHaveDuplicates();
  }

  @Test
  void whatRedisHasNotBearsAnotherName() throws IOException {
    Set<String> ours = here();
    ours.removeAll(ofRedis());
    ours.removeIf(name -> Catalog.commands().all().stream().anyMatch(isContainer(name)));
    ours.remove("himport|help");
    ours.remove("script|show"); // Valkey's
    assertThat(ours).allMatch(name -> name.startsWith("naru."));
  }

  /// A container without a command of its own is not in Redis' list.
  private static Predicate<Command> isContainer(String name) {
    return command -> command.name().equals(name) && command.verb() == null;
  }
}
