package naru.protocol.resp.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import naru.protocol.resp.verb.Commands.Command;

/// Makes calls from the usage lines of commands, most of them right ones, for keys that hold what
/// fits.
final class CallMaker {
  /// Names of keys by the group of commands that fit them.
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "string", List.of("str1", "str2", "num1"),
          "bitmap", List.of("str1", "str2"),
          "hyperloglog", List.of("pf1", "pf2"),
          "list", List.of("list1", "list2"),
          "hash", List.of("hash1", "hash2"),
          "set", List.of("set1", "set2"),
          "sorted-set", List.of("zset1", "zset2"),
          "geo", List.of("geo1", "geo2"),
          "stream", List.of("stream1", "stream2"));

  private static final List<String> ANY_KEY =
      List.of(
          "str1", "num1", "list1", "list2", "hash1", "set1", "set2", "zset1", "zset2", "geo1",
          "stream1", "none", "STORE", "STREAMS", "GROUP");

  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("group", List.of("g")),
          Map.entry("consumer", List.of("c", "d")),
          Map.entry("id", List.of("0", "1-1", "5-5", "*", ">", "$")),
          Map.entry("start", List.of("0", "-", "1")),
          Map.entry("stop", List.of("-1", "+", "5")),
          Map.entry("end", List.of("-1", "+", "5")),
          Map.entry("min", List.of("0", "-", "-inf")),
          Map.entry("max", List.of("10", "+", "+inf")),
          Map.entry("cursor", List.of("0")),
          Map.entry("member", List.of("m1", "m2", "m3")),
          Map.entry("member1", List.of("m1")),
          Map.entry("member2", List.of("m2")),
          Map.entry("element", List.of("m1", "m2", "7")),
          Map.entry("pivot", List.of("m1")),
          Map.entry("field", List.of("f1", "f2", "f3")),
          Map.entry("seconds", List.of("100")),
          Map.entry("milliseconds", List.of("100000")),
          Map.entry("unix-time-seconds", List.of("4000000000")),
          Map.entry("unix-time-milliseconds", List.of("4000000000000")),
          Map.entry("timeout", List.of("0.01")),
          Map.entry("script", List.of("return redis.call('touch', KEYS[1])")),
          Map.entry("encoding", List.of("u8")),
          Map.entry("min-idle-time", List.of("0")),
          Map.entry("pattern", List.of("*")),
          Map.entry("radius", List.of("5000")),
          Map.entry("width", List.of("5000")),
          Map.entry("height", List.of("5000")),
          Map.entry("stream-id", List.of("1-1", "2-1")),
          Map.entry("subcommand", List.of("ENCODING", "DECODE")),
          Map.entry("ttl", List.of("0")),
          Map.entry("serialized-value", List.of("\0\1x\13\0")));

  private static final List<String> OTHERS = List.of("0", "1", "2", "3");
  private static final Set<String> COUNTS = Set.of("numkeys", "numfields", "numids");
  private static final Set<String> KEY_WORDS =
      Set.of("key", "key1", "key2", "source", "destination", "newkey", "destkey", "sourcekey");

  private final Random random;
  private final Map<String, List<String>> values;
  private List<String> tokens = List.of();
  private List<String> keys = List.of();
  private int at;
  private int countAt;

  CallMaker(Random random) {
    this(random, VALUES);
  }

  /// @param values what words of a usage line may stand for
  CallMaker(Random random, Map<String, List<String>> values) {
    this.random = random;
    this.values = values;
  }

  List<String> call(Command command, String line) {
    String spaced = line.replaceAll("([\\[\\]<>|])", " $1 ");
    tokens = List.of(spaced.trim().split(" +"));
    keys = random.nextInt(8) == 0 ? ANY_KEY : KEYS.getOrDefault(command.group(), ANY_KEY);
    at = 0;
    countAt = -1;
    List<String> words = new ArrayList<>();
    read(words, true);
    return words;
  }

  /// Reads up to what closes; of alternatives one is taken.
  private void read(List<String> words, boolean taken) {
    int alternatives = alternatives();
    int chosen = random.nextInt(alternatives);
    int alternative = 0;
    while (at < tokens.size() && !tokens.get(at).equals("]") && !isEndOfChoice()) {
      String token = tokens.get(at++);
      boolean counts = taken && alternative == chosen;
      switch (token) {
        case "|" -> alternative++;
        case "[" -> readOption(words, counts);
        case "<" -> {
          read(words, counts);
          at++;
        }
        default -> {
          if (counts && !token.equals("...")) {
            add(token, words);
          }
        }
      }
    }
  }

  private boolean isEndOfChoice() {
    return tokens.get(at).equals(">");
  }

  private void readOption(List<String> words, boolean counts) {
    int end = at;
    int depth = 1;
    while (depth > 0) {
      depth += tokens.get(end).equals("[") ? 1 : tokens.get(end).equals("]") ? -1 : 0;
      end++;
    }
    boolean repeats = tokens.get(end - 2).equals("...");
    // Of streams there are to be as many as ids.
    boolean isTaken = random.nextInt(3) == 0 && !(repeats && tokens.contains("STREAMS"));
    read(words, counts && isTaken);
    at = end;
  }

  private int alternatives() {
    int depth = 0;
    int alternatives = 1;
    for (int i = at; i < tokens.size() && depth >= 0; i++) {
      switch (tokens.get(i)) {
        case "[", "<" -> depth++;
        case "]", ">" -> depth--;
        case "|" -> alternatives += depth == 0 ? 1 : 0;
        default -> {}
      }
    }
    return alternatives;
  }

  private void add(String token, List<String> words) {
    if (COUNTS.contains(token)) {
      countAt = words.size();
      words.add("0");
      return;
    }
    boolean isKeyword = token.equals(token.toUpperCase(Locale.ROOT));
    if (isKeyword) {
      words.add(token);
      return;
    }
    boolean isKey = KEY_WORDS.contains(token);
    words.add(pick(isKey ? keys : values.getOrDefault(token, OTHERS)));
    if (countAt >= 0 && (isKey || token.equals("field") || token.equals("id"))) {
      words.set(countAt, Integer.toString(Integer.parseInt(words.get(countAt)) + 1));
    }
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
