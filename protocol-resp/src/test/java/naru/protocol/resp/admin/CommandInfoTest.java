package naru.protocol.resp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import naru.protocol.resp.Bench;
import naru.protocol.resp.ReplyTree;
import org.junit.jupiter.api.Test;

/// What Redis 7.0 says of its commands, against what follows from our usage lines.
///
/// A line of the table: name, arity, `first,last,step`, flags, categories, key specifications
/// (`begin:its numbers:range:its numbers:access`), tips, `-` for none.
class CommandInfoTest {
  /// Newer versions differ from 7.0 here, or more is told than the table of 7.0 has words for.
  private static final Set<String> DIFFERENT =
      Set.of(
          // Allowed in scripts since 7.2.
          "blmove",
          "blmpop",
          "blpop",
          "brpop",
          "brpoplpush",
          "bzmpop",
          "bzpopmax",
          "bzpopmin",
          // May be asked about a command without arguments since 7.2.
          "command|getkeys",
          "command|getkeysandflags",
          // Marked as touching any key since 7.2.
          "keys",
          "randomkey",
          "scan",
          // Described as deleting since 7.2.
          "move",
          "xautoclaim",
          // WITHSCORE is new in 7.2.
          "zrank",
          "zrevrank",
          // No longer forbidden in scripts, and blocks.
          "wait");

  private final Bench bench = new Bench();
  private final Map<String, String> redis = table();
  private final Map<String, String> naru = new TreeMap<>();

  CommandInfoTest() {
    Bench.Connection connection = bench.connect();
    connection.send("COMMAND");
    ReplyTree.items(ReplyTree.of(connection.receiveRaw())).forEach(this::take);
  }

  private static Map<String, String> table() {
    Map<String, String> table = new TreeMap<>();
    String path = "/naru/protocol/resp/redis-7.0-commands.txt";
    try (InputStream in = CommandInfoTest.class.getResourceAsStream(path)) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      text.lines().forEach(line -> table.put(line.split(" ")[0], line));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
    return table;
  }

  private void take(Object command) {
    List<Object> parts = ReplyTree.items(command);
    String line =
        String.join(
            " ",
            parts.get(0).toString(),
            parts.get(1).toString(),
            parts.get(3) + "," + parts.get(4) + "," + parts.get(5),
            sorted(parts.get(2)),
            sorted(parts.get(6)),
            specifications(parts.get(8)),
            sorted(parts.get(7)));
    naru.put(parts.get(0).toString(), line);
    ReplyTree.items(parts.get(9)).forEach(this::take);
  }

  private static String sorted(Object words) {
    List<String> sorted = ReplyTree.items(words).stream().map(Object::toString).sorted().toList();
    return sorted.isEmpty() ? "-" : String.join("+", sorted);
  }

  private static String specifications(Object specifications) {
    List<Object> all = ReplyTree.items(specifications);
    return all.isEmpty()
        ? "-"
        : all.stream().map(CommandInfoTest::specification).collect(Collectors.joining(";"));
  }

  /// `[flags, f, begin_search, [type, t, spec, numbers], find_keys, [type, t, spec, numbers]]`,
  /// after the notes if there are any.
  private static String specification(Object specification) {
    List<Object> parts = ReplyTree.items(specification);
    int from = parts.indexOf("flags");
    String flags =
        ReplyTree.items(parts.get(from + 1)).stream()
            .map(Object::toString)
            .collect(Collectors.joining("+"));
    return search(parts.get(from + 3)) + ":" + search(parts.get(from + 5)) + ":" + flags;
  }

  private static String search(Object search) {
    List<Object> parts = ReplyTree.items(search);
    List<Object> numbers = ReplyTree.items(parts.get(3));
    List<String> values = new ArrayList<>();
    for (int i = 1; i < numbers.size(); i += 2) {
      values.add(numbers.get(i).toString());
    }
    return parts.get(1) + ":" + String.join("/", values);
  }

  @Test
  void everyCommandIsDescribedAsRedisDescribesIt() {
    Set<String> known = new TreeSet<>(redis.keySet());
    known.retainAll(naru.keySet());
    known.removeAll(DIFFERENT);
    assertThat(known).hasSizeGreaterThan(100);
    assertThat(known).allSatisfy(name -> assertThat(naru.get(name)).isEqualTo(redis.get(name)));
  }

  @Test
  void arityAndPlacesOfKeysAreRedisAlsoWhereTheRestDiffers() {
    Set<String> changed = Set.of("command|getkeys", "command|getkeysandflags", "zrank", "zrevrank");
    for (String name : new TreeSet<>(DIFFERENT)) {
      if (naru.containsKey(name) && redis.containsKey(name) && !changed.contains(name)) {
        assertThat(start(naru.get(name))).isEqualTo(start(redis.get(name)));
      }
    }
  }

  /// Name, arity, first, last and step.
  private static List<String> start(String line) {
    return List.of(line.split(" ")).subList(0, 3);
  }

  @Test
  void infoOfNamedCommandsKeepsTheirOrderAndHasNullForUnknownOnes() {
    Bench.Connection connection = bench.connect();
    connection.send("COMMAND", "INFO", "get", "nosuch", "client|list");
    List<Object> reply = ReplyTree.items(ReplyTree.of(connection.receiveRaw()));
    assertThat(reply).hasSize(3);
    assertThat(ReplyTree.items(reply.get(0)).getFirst()).isEqualTo("get");
    assertThat(reply.get(1)).isEqualTo("nil");
    assertThat(ReplyTree.items(reply.get(2)).getFirst()).isEqualTo("client|list");
  }

  @Test
  void countIsTheNumberOfCommandsWithoutSubcommands() {
    long commands = naru.keySet().stream().filter(name -> name.indexOf('|') < 0).count();
    assertThat(bench.run("COMMAND COUNT")).isEqualTo(":" + commands);
  }

  @Test
  void listCanBeFiltered() {
    assertThat(bench.run("COMMAND LIST FILTERBY PATTERN xgroup*"))
        .contains("\"xgroup\"", "\"xgroup|create\"")
        .doesNotContain("\"get\"");
    assertThat(bench.run("COMMAND LIST FILTERBY ACLCAT transaction"))
        .contains("\"multi\"", "\"exec\"")
        .doesNotContain("\"get\"");
    assertThat(bench.run("COMMAND LIST FILTERBY MODULE json")).isEqualTo("[]");
    assertThat(bench.run("COMMAND LIST FILTERBY NOSUCH x")).isEqualTo("-ERR syntax error");
    assertThat(bench.run("COMMAND LIST FILTERBY")).isEqualTo("-ERR syntax error");
  }

  @Test
  void keysOfACallAreFound() {
    assertThat(keysOf("MSET a 1 b 2")).isEqualTo("[\"a\", \"b\"]");
    assertThat(keysOf("XREAD COUNT 2 STREAMS x y 0 0")).isEqualTo("[\"x\", \"y\"]");
    assertThat(keysOf("LMPOP 2 a b LEFT")).isEqualTo("[\"a\", \"b\"]");
    assertThat(keysOf("BLPOP a b 0")).isEqualTo("[\"a\", \"b\"]");
    assertThat(keysOf("EVAL s 2 a b c")).isEqualTo("[\"a\", \"b\"]");
    assertThat(keysOf("XGROUP CREATE x g $")).isEqualTo("[\"x\"]");
    assertThat(keysOf("SORT a STORE b")).isEqualTo("[\"a\", \"b\"]");
    assertThat(bench.run("COMMAND GETKEYSANDFLAGS LMOVE a b LEFT RIGHT"))
        .isEqualTo("[[\"a\", [RW, access, delete]], [\"b\", [RW, insert]]]");
  }

  @Test
  void keysThatAreCountedInexactlyAreFound() {
    assertThat(keysOf("ZUNIONSTORE d 1.5 a")).isEqualTo("[\"a\", \"d\"]");
    assertThat(keysOf("LMPOP 2x a b LEFT")).isEqualTo("[\"a\", \"b\"]");
    assertThat(keysOf("ZUNIONSTORE d 2 a")).startsWith("-ERR Invalid arguments");
  }

  @Test
  void theLastPlaceToStoreCounts() {
    assertThat(keysOf("SORT z STORE a STORE b")).isEqualTo("[\"z\", \"b\"]");
    assertThat(keysOf("SORT z STORE STORE STORE x")).isEqualTo("[\"z\", \"x\"]");
    assertThat(keysOf("SORT z STORE STORE")).isEqualTo("[\"z\", \"STORE\"]");
    assertThat(keysOf("SORT z STORE")).isEqualTo("[\"z\"]");
  }

  @Test
  void scriptsNeedNotHaveKeys() {
    assertThat(keysOf("EVAL s 0 a")).isEqualTo("[]");
    assertThat(keysOf("EVAL s 2 a")).isEqualTo("[]");
  }

  private String keysOf(String call) {
    return bench.run("COMMAND GETKEYS " + call);
  }

  @Test
  void keysOfWhatIsNoCallAreRefused() {
    assertThat(keysOf("nosuch a")).isEqualTo("-ERR Invalid command specified");
    assertThat(keysOf("GET a b"))
        .isEqualTo("-ERR Invalid number of arguments specified for command");
    assertThat(keysOf("PING a")).isEqualTo("-ERR The command has no key arguments");
    assertThat(keysOf("LMPOP x a LEFT")).isEqualTo("-ERR Invalid arguments specified for command");
    assertThat(keysOf("SPUBLISH a b")).isEqualTo("-ERR The command has no key arguments");
  }

  @Test
  void docsDescribeArguments() {
    assertThat(bench.run("COMMAND DOCS GET"))
        .isEqualTo(
            "[\"get\", [\"summary\", \"Returns the string value of a key.\", \"since\", \"1.0.0\","
                + " \"group\", \"string\", \"complexity\", \"O(1)\", \"arguments\","
                + " [[\"name\", \"key\", \"type\", \"key\", \"display_text\", \"key\","
                + " \"key_spec_index\", :0]]]]");
    assertThat(bench.run("COMMAND DOCS LTRIM SLAVEOF"))
        .contains("[\"name\", \"start\", \"type\", \"integer\", \"display_text\", \"start\"]")
        .contains("\"doc_flags\", [deprecated], \"deprecated_since\", \"5.0.0\"");
    assertThat(bench.run("COMMAND DOCS nosuch")).isEqualTo("[]");
    assertThat(bench.run("COMMAND DOCS")).contains("\"xgroup|create\"", "\"client|list\"");
  }
}
