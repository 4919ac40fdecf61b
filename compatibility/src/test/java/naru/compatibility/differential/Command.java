package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One command on one of a sequence's connections (1, 2, 3).
record Command(int connection, Kind kind, List<String> words) {
  /// What a command is to its sequence, and the sign for it in a transcript.
  enum Kind {
    CALL('>'),
    /// The single word is sent as it is, instead of as an array of bulks.
    RAW('!'),
    /// Sent in one piece with the command before it on its connection, though that may wait.
    BEHIND('+'),
    /// Not of the sequence: sent to keep the two servers in step.
    BETWEEN('~');

    private final char sign;

    Kind(char sign) {
      this.sign = sign;
    }

    char sign() {
      return sign;
    }
  }

  /// How long a blocking command may wait and still be waited for at once.
  private static final int BRIEF_MS_MAX = 100;

  private static final Set<String> TIMEOUT_LAST =
      Set.of("blpop", "brpop", "brpoplpush", "blmove", "bzpopmin", "bzpopmax");
  private static final Set<String> TIMEOUT_FIRST = Set.of("blmpop", "bzmpop");
  private static final Set<String> TIMEOUT_NAMED = Set.of("xread", "xreadgroup");
  private static final Set<String> SORTS = Set.of("sort", "sort_ro");
  private static final Set<String> STORES =
      Set.of("zunionstore", "zinterstore", "zdiffstore", "zrangestore");
  private static final Set<String> CLAIMS = Set.of("xclaim", "xautoclaim");
  private static final Set<String> SCANS = Set.of("scan", "sscan", "hscan", "zscan");

  static Command of(int connection, List<String> words) {
    return new Command(connection, Kind.CALL, List.copyOf(words));
  }

  static Command behind(int connection, List<String> words) {
    return new Command(connection, Kind.BEHIND, List.copyOf(words));
  }

  static Command between(int connection, String... words) {
    return new Command(connection, Kind.BETWEEN, List.of(words));
  }

  static Command raw(int connection, String bytes) {
    return new Command(connection, Kind.RAW, List.of(bytes));
  }

  boolean isRaw() {
    return kind == Kind.RAW;
  }

  /// The command's name in lower case.
  String name() {
    return isRaw() ? "" : words.getFirst().toLowerCase(Locale.ROOT);
  }

  /// The word at this place, in lower case; the empty string where there is none.
  String word(int at) {
    return at < words.size() ? words.get(at).toLowerCase(Locale.ROOT) : "";
  }

  boolean isOneOf(Set<String> names) {
    return names.contains(name());
  }

  /// The bytes on the wire.
  String wire() {
    if (isRaw()) {
      return words.getFirst();
    }
    StringBuilder out = new StringBuilder().append('*').append(words.size()).append("\r\n");
    for (String word : words) {
      out.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return out.toString();
  }

  /// Whether this may still be waiting when the others have long answered, so that its reply has to
  /// be read later.
  boolean mayWait() {
    List<String> timeouts = timeouts();
    return !timeouts.isEmpty() && !timeouts.stream().allMatch(this::isBrief);
  }

  /// Where this command's cursor stands if it is a scan from the start, else -1.
  int cursorPosition() {
    int position = name().equals("scan") ? 1 : 2;
    return isOneOf(SCANS) && word(position).equals("0") ? position : -1;
  }

  Command withWord(int at, String word) {
    List<String> changed = new ArrayList<>(words);
    changed.set(at, word);
    return new Command(connection, kind, List.copyOf(changed));
  }

  Command withoutWord(int at) {
    List<String> changed = new ArrayList<>(words);
    changed.remove(at);
    return new Command(connection, kind, List.copyOf(changed));
  }

  /// What has to be sent before this one so that it means the same on both servers. Since Redis 7.2
  /// a consumer is made even if nothing is then claimed or read; and SORT in 7.0 takes the range
  /// error of any command before for its own, unless one between them has cleared it.
  List<Command> foreword() {
    if (isOneOf(SORTS)) {
      return List.of(between(connection, "HSCAN", "nokey", "0"));
    }
    if (isOneOf(CLAIMS) && words.size() > 3) {
      return List.of(consumer(words.get(1), words.get(2), words.get(3)));
    }
    int streams =
        words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList().indexOf("streams");
    if (!name().equals("xreadgroup") || streams < 4 || !word(1).equals("group")) {
      return List.of();
    }
    return words.subList(streams + 1, streams + 1 + (words.size() - streams) / 2).stream()
        .map(stream -> consumer(stream, words.get(2), words.get(3)))
        .toList();
  }

  /// What has to be sent before this one where others wait: Redis does not notice that what they
  /// wait for has come if it comes in the place of a value of another type, by a command that
  /// stores.
  List<Command> clearance() {
    int last = words.size() - 1;
    int store =
        isOneOf(SORTS) ? words.stream().map(String::toLowerCase).toList().lastIndexOf("store") : 0;
    boolean stores = isOneOf(SORTS) ? store > 0 : isOneOf(STORES);
    return stores && store < last
        ? List.of(between(connection, "DEL", words.get(store + 1)))
        : List.of();
  }

  private Command consumer(String stream, String group, String name) {
    return between(connection, "XGROUP", "CREATECONSUMER", stream, group, name);
  }

  /// What has to be sent after this one so that a member chosen at random does not make the two
  /// servers different.
  List<Command> aftermath() {
    return name().equals("spop") && words.size() > 1
        ? List.of(between(connection, "DEL", words.get(1)))
        : List.of();
  }

  List<String> timeouts() {
    if (isOneOf(TIMEOUT_LAST)) {
      return List.of(words.getLast());
    }
    if (isOneOf(TIMEOUT_FIRST)) {
      return List.of(word(1));
    }
    List<String> found = new ArrayList<>();
    for (int at = 1; isOneOf(TIMEOUT_NAMED) && at < words.size(); at++) {
      if (word(at).equals("block")) {
        found.add(word(at + 1));
      }
    }
    return found;
  }

  private boolean isBrief(String timeout) {
    if (!timeout.matches("[0-9]*\\.?[0-9]+")) {
      return false;
    }
    double ms = Double.parseDouble(timeout) * (isOneOf(TIMEOUT_NAMED) ? 1 : 1000);
    return ms > 0 && ms <= BRIEF_MS_MAX;
  }
}
