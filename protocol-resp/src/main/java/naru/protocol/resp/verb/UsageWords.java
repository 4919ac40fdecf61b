package naru.protocol.resp.verb;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The words of usage lines: which type they have, and what is written beside them for `COMMAND
/// DOCS` alone, and left out of the line.
///
/// ```
/// timeout(double)            a word with its type, where it is another than usual
/// pattern(pattern@1)         and with the number of the verb's key specification it stands for
/// threshold(id:string)       and with the name that it has there
/// [index= start end]         a group with its name
/// {streams= STREAMS key id}  words that are a group although no bracket shows it
/// ```
final class UsageWords {
  private static final Set<String> KEYS =
      Set.of(
          "key",
          "key1",
          "key2",
          "source",
          "destination",
          "newkey",
          "destkey",
          "sourcekey",
          "dst",
          "src");
  private static final Set<String> INTEGERS =
      Set.of(
          "count",
          "numkeys",
          "seconds",
          "milliseconds",
          "index",
          "start",
          "stop",
          "offset",
          "increment",
          "decrement",
          "timeout",
          "db",
          "destination-db",
          "cursor",
          "rank",
          "maxlen",
          "len",
          "end",
          "numfields",
          "limit",
          "num-matches",
          "numids",
          "port",
          "cluster_bus_port",
          "numreplicas",
          "numlocal",
          "client-id",
          "min-match-len",
          "ms",
          "protover",
          "index1",
          "index2",
          "maxage",
          "maxcount",
          "maxsize",
          "size",
          "slot",
          "start-slot",
          "end-slot",
          "config-epoch",
          "bits",
          "bit",
          "ttl",
          "frequency",
          "version",
          "entries_read",
          "entries_added",
          "weight");
  private static final Set<String> DOUBLES =
      Set.of("score", "longitude", "latitude", "radius", "width", "height");

  /// What a choice is called, by the name of its first alternative.
  private static final Map<String, String> CHOICES =
      Map.ofEntries(
          Map.entry("nx", "condition"),
          Map.entry("gt", "comparison"),
          Map.entry("seconds", "expiration"),
          Map.entry("m", "unit"),
          Map.entry("asc", "order"),
          Map.entry("byscore", "sortby"),
          Map.entry("left", "where"),
          Map.entry("min", "where"),
          Map.entry("before", "where"),
          Map.entry("sum", "aggregate"),
          Map.entry("maxlen", "strategy"),
          Map.entry("equal", "operator"),
          Map.entry("byte", "index_unit"),
          Map.entry("async", "async"),
          Map.entry("member", "from"),
          Map.entry("circle", "by"),
          Map.entry("yes", "mode"),
          Map.entry("write", "mode"),
          Map.entry("flush", "policy"),
          Map.entry("keepref", "condition"),
          Map.entry("and", "operation"),
          Map.entry("normal", "client-type"));

  private static final Map<String, String> SIGNS =
      Map.of("*", "auto_id", "$", "new_id", "=", "equal", "~", "approximately");

  private UsageWords() {}

  /// Whether a token is the name of the group that it begins.
  static boolean isLabel(String token) {
    return token.length() > 1 && token.endsWith("=");
  }

  static String withoutLabel(String label) {
    return label.substring(0, label.length() - 1);
  }

  /// A token as it stands in the line.
  static String text(String token) {
    int note = token.indexOf('(');
    return note > 0 ? token.substring(0, note) : token;
  }

  /// The tokens of a line without what is meant for `COMMAND DOCS`.
  static List<String> plain(List<String> tokens) {
    return tokens.stream()
        .filter(token -> !isLabel(token) && !token.equals("{") && !token.equals("}"))
        .map(UsageWords::text)
        .toList();
  }

  /// The name of what a choice is of; empty if it has no usual one.
  static String choice(String first) {
    return CHOICES.getOrDefault(first, "");
  }

  static String nameOfFixed(String token) {
    String text = text(token);
    String note = token.substring(text.length());
    if (!note.isEmpty()) {
      return note.substring(1, note.length() - 1);
    }
    return SIGNS.getOrDefault(text, text.toLowerCase(Locale.ROOT));
  }

  /// A word of the client's.
  static UsageArgument argument(String token) {
    String text = text(token);
    if (text.length() == token.length()) {
      return UsageArgument.word(text, type(text), -1);
    }
    String note = token.substring(text.length() + 1, token.length() - 1);
    int colon = note.lastIndexOf(':');
    int number = note.indexOf('@');
    String name = colon < 0 ? text : note.substring(0, colon);
    String type = note.substring(colon + 1, number < 0 ? note.length() : number);
    return UsageArgument.word(
        name,
        type.isEmpty() ? type(name) : type,
        number < 0 ? -1 : Integer.parseInt(note.substring(number + 1)));
  }

  private static String type(String word) {
    if (KEYS.contains(word)) {
      return "key";
    }
    if (INTEGERS.contains(word)) {
      return "integer";
    }
    if (DOUBLES.contains(word)) {
      return "double";
    }
    if (word.startsWith("unix-time")) {
      return "unix-time";
    }
    return word.equals("pattern") ? "pattern" : "string";
  }
}
