package naru.compatibility.differential;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import naru.compatibility.OneBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// `COMMAND DOCS` says of each command what redis-server 7.0 says of it, sentences apart, and
/// `redis-cli` makes the same hints of it.
@Timeout(120)
final class CommandDocsTest {
  /// Where newer versions take more arguments than 7.0: what it takes is there, in its order.
  private static final Set<String> MORE_ARGUMENTS =
      Set.of(
          "command|getkeys",
          "command|getkeysandflags",
          "debug",
          "hscan",
          "replconf",
          "set",
          "xadd",
          "xread",
          "xreadgroup",
          "xtrim",
          "zinter",
          "zinterstore",
          "zrank",
          "zrevrank",
          "zunion",
          "zunionstore");

  /// Where the arguments are described in another way, each with the reason.
  private static final Map<String, String> OTHER_ARGUMENTS =
      Map.ofEntries(
          entry("bitop", "since 7.2 its operations are told one by one"),
          entry("client|kill", "options instead of a choice that may be repeated; no SLAVE"),
          entry("client|list", "ID and its numbers are one argument, as in CLIENT KILL"),
          entry("config|get", "a block of one argument is that argument"),
          entry("module|loadex", "a block of one argument is that argument"),
          entry("psubscribe", "a block of one argument is that argument"),
          entry("geohash", "since 7.2 no member needs to be named"),
          entry("geopos", "since 7.2 no member needs to be named"),
          entry("pfmerge", "since 7.2 no source needs to be named"),
          entry("georadius", "since 7.2 STORE and STOREDIST are told as a choice"),
          entry("georadiusbymember", "since 7.2 STORE and STOREDIST are told as a choice"),
          entry("lcs", "since 7.2 MINMATCHLEN's argument has another name than LEN"));

  /// `CLIENT PAUSE timeout [WRITE|ALL]`, the name bright and the rest grey.
  private static final Pattern HINT =
      Pattern.compile("\u001b\\[1m(.*?)\u001b\\[0m \u001b\\[90m(.*?)\u001b\\[0m");

  @RegisterExtension static final OneBroker shared = new OneBroker();

  @TempDir private static Path folder;
  private static RedisServer redis;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(RedisServer.isInstalled(), "there is no redis-server to compare with");
    redis = RedisServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (redis != null) {
      redis.close();
    }
  }

  /// What a server says of its commands, subcommands among them: fields by name.
  private static Map<String, Map<String, Reply>> docs(int port) throws IOException {
    Map<String, Map<String, Reply>> docs = new TreeMap<>();
    try (Wire wire = Wire.open(port)) {
      wire.patience(10_000);
      take(wire.ask("COMMAND", "DOCS"), docs);
    }
    return docs;
  }

  private static void take(Reply commands, Map<String, Map<String, Reply>> docs) {
    fields(commands)
        .forEach(
            (name, said) -> {
              Map<String, Reply> command = fields(said);
              docs.put(name, command);
              if (command.containsKey("subcommands")) {
                take(command.get("subcommands"), docs);
              }
            });
  }

  private static Map<String, Reply> fields(Reply map) {
    Map<String, Reply> fields = new TreeMap<>();
    for (int i = 0; i + 1 < map.items().size(); i += 2) {
      fields.put(map.items().get(i).text(), map.items().get(i + 1));
    }
    return fields;
  }

  /// A command's arguments, a line each; what they consist of is indented.
  private static List<String> arguments(Map<String, Reply> command) {
    List<String> lines = new ArrayList<>();
    if (command.containsKey("arguments")) {
      describe(command.get("arguments"), "", lines);
    }
    return lines;
  }

  private static void describe(Reply arguments, String indentation, List<String> lines) {
    for (Reply argument : arguments.items()) {
      Map<String, Reply> fields = fields(argument);
      StringBuilder line = new StringBuilder(indentation);
      for (String field : List.of("name", "type", "token", "key_spec_index")) {
        line.append(text(fields.get(field))).append(' ');
      }
      lines.add(line.append(texts(fields.get("flags"))).toString());
      if (fields.containsKey("arguments")) {
        describe(fields.get("arguments"), indentation + "  ", lines);
      }
    }
  }

  private static String text(Reply reply) {
    return reply == null ? "-" : reply.text();
  }

  private static Set<String> texts(Reply reply) {
    Set<String> texts = new TreeSet<>();
    if (reply != null) {
      reply.items().forEach(item -> texts.add(item.text()));
    }
    return texts;
  }

  @Test
  void argumentsAreDescribedAsInRedis() throws IOException {
    Map<String, Map<String, Reply>> theirs = docs(redis.port());
    Map<String, Map<String, Reply>> ours = docs(shared.port());
    Set<String> both = new TreeSet<>(theirs.keySet());
    both.retainAll(ours.keySet());
    assertThat(both).hasSizeGreaterThan(350);
    Map<String, String> differences = new TreeMap<>();
    for (String name : both) {
      List<String> expected = arguments(theirs.get(name));
      List<String> found = arguments(ours.get(name));
      boolean differs = OTHER_ARGUMENTS.containsKey(name);
      boolean more = MORE_ARGUMENTS.contains(name) && !differs;
      boolean asListed =
          more
              ? found.size() > expected.size() && isWithin(expected, found)
              : found.equals(expected);
      if (asListed == differs) {
        differences.put(name, expected + "\n  but Naru: " + found);
      }
    }
    assertThat(differences).isEmpty();
  }

  private static boolean isWithin(List<String> some, List<String> all) {
    int at = 0;
    for (String each : all) {
      at += at < some.size() && some.get(at).equals(each) ? 1 : 0;
    }
    return at == some.size();
  }

  @Test
  void originGroupAndAgeAreToldAsInRedis() throws IOException {
    Map<String, Map<String, Reply>> theirs = docs(redis.port());
    Map<String, Map<String, Reply>> ours = docs(shared.port());
    Map<String, String> differences = new TreeMap<>();
    theirs.forEach(
        (name, their) -> {
          Map<String, Reply> our = ours.get(name);
          if (our == null) {
            return;
          }
          for (String field : List.of("since", "group", "deprecated_since", "replaced_by")) {
            compare(name + " " + field, text(their.get(field)), text(our.get(field)), differences);
          }
          compare(
              name + " doc_flags",
              texts(their.get("doc_flags")).toString(),
              texts(our.get("doc_flags")).toString(),
              differences);
          for (String field : List.of("summary", "complexity")) {
            if (their.containsKey(field) && text(our.get(field)).length() < 3) {
              differences.put(name, "no " + field);
            }
          }
        });
    assertThat(differences).isEmpty();
  }

  private static void compare(
      String what, String expected, String found, Map<String, String> differences) {
    if (!expected.equals(found)) {
      differences.put(what, expected + ", but Naru: " + found);
    }
  }

  @Test
  void commandsOfRedisAreAllThereButForThoseThatAreKnownToBeAbsent() throws IOException {
    Map<String, Map<String, Reply>> theirs = docs(redis.port());
    Map<String, Map<String, Reply>> ours = docs(shared.port());
    Set<String> missing = new TreeSet<>(theirs.keySet());
    missing.removeAll(ours.keySet());
    assertThat(missing).isSubsetOf("failover", "migrate");
  }

  @Test
  void redisCliMakesTheSameHints() throws IOException {
    Map<String, String> theirs = hints(redis.port());
    Map<String, String> ours = hints(shared.port());
    assertThat(ours).hasSizeGreaterThan(350);
    Set<String> listed = new TreeSet<>();
    MORE_ARGUMENTS.forEach(name -> listed.add(asTyped(name)));
    OTHER_ARGUMENTS.keySet().forEach(name -> listed.add(asTyped(name)));
    Map<String, String> differences = new TreeMap<>();
    theirs.forEach(
        (name, hint) -> {
          if (ours.containsKey(name) && !listed.contains(name)) {
            compare(name, hint, ours.get(name), differences);
          }
        });
    assertThat(differences).isEmpty();
    assertThat(ours)
        .containsEntry(
            "LMOVEM",
            "source destination LEFT|RIGHT LEFT|RIGHT" + " [COUNT count|EXACTLY exactly OBO|BULK]");
  }

  private static String asTyped(String name) {
    return name.replace('|', ' ').toUpperCase(Locale.ROOT);
  }

  /// What `redis-cli` says of the words of each command, from what the server told it.
  private static Map<String, String> hints(int port) throws IOException {
    Map<String, String> hints = new TreeMap<>();
    Set<String> groups = new TreeSet<>();
    docs(port).values().forEach(command -> groups.add(text(command.get("group"))));
    for (String group : groups) {
      Process process =
          new ProcessBuilder("redis-cli", "-p", Integer.toString(port), "help", "@" + group)
              .redirectErrorStream(true)
              .start();
      try (BufferedReader lines = process.inputReader()) {
        HINT.matcher(String.join("\n", lines.lines().toList()))
            .results()
            .forEach(hint -> hints.put(hint.group(1), hint.group(2)));
      }
    }
    return hints;
  }
}
