package naru.compatibility.differential;

import java.util.Set;

/// Which commands a sequence had better not have, though a usage line and chance made them.
final class Fitness {
  /// Commands that keep a server busy for minutes, or fill its memory, if a number in them is
  /// large.
  private static final Set<String> HEAVY =
      Set.of("srandmember", "hrandfield", "zrandmember", "setrange", "setbit", "bitfield");

  private Fitness() {}

  /// Whether the command ends soon, answers once, and means the same on every server.
  static boolean isFit(Command command) {
    return command.isRaw()
        || !(isHeavy(command)
            || isEndless(command)
            || isMute(command)
            || isAboutAll(command)
            || isUnspecified(command)
            || isNewer(command)
            || hasHugeTimeout(command));
  }

  private static boolean isHeavy(Command command) {
    return command.isOneOf(HEAVY) && command.words().stream().anyMatch(Fitness::isLarge);
  }

  /// Large enough to hurt, small enough to be tried.
  private static boolean isLarge(String word) {
    if (!word.matches("#?-?[0-9]{1,19}")) {
      return false;
    }
    double number = Math.abs(Double.parseDouble(word.replace("#", "")));
    return number > 10_000 && number < 0x1p63 && number != 536_870_912 && number != 0x1p32;
  }

  private static boolean isEndless(Command command) {
    return command.name().equals("wait") && !command.word(1).equals("0");
  }

  private static boolean isMute(Command command) {
    return command.name().equals("client")
        && command.word(1).equals("reply")
        && !command.word(2).equals("on");
  }

  /// The whole of what a server has, which no two versions share.
  private static boolean isAboutAll(Command command) {
    return switch (command.name()) {
      case "command" -> command.words().size() < 2 || isBareInfo(command);
      case "config" -> command.words().contains("*");
      // What FLUSHALL SYNC becomes when its words change places.
      case "sync" -> true;
      default -> false;
    };
  }

  private static boolean isBareInfo(Command command) {
    return command.word(1).equals("info") && command.words().size() == 2;
  }

  /// The order by name of members whose scores differ.
  private static boolean isUnspecified(Command command) {
    boolean lexical =
        command.name().contains("lex")
            || command.words().stream().anyMatch("bylex"::equalsIgnoreCase);
    return lexical && command.words().stream().anyMatch(word -> word.matches("z[0-9]"));
  }

  /// What Redis 7.0 refuses and later ones understand, or the other way round.
  private static boolean isNewer(Command command) {
    return switch (command.name()) {
      // Later ones know WITHSCORE.
      case "zrank", "zrevrank" -> command.words().size() > 3;
      // Later ones refuse the one number without a positive counterpart.
      case "lrem", "lpos" -> command.words().contains(Long.toString(Long.MIN_VALUE));
      // Later ones answer a command that is too short.
      case "command" -> isNewerAboutCommands(command);
      // Later ones know + as an id, if only to refuse it, and answer a wait with all that has come.
      case "xread", "xreadgroup" -> command.words().contains("+") || waitsForSeveral(command);
      // Later ones refuse what is below the greatest deleted id, which this is above.
      case "xsetid" -> command.word(2).matches("[0-3]?[0-9](-.*)?");
      // Later ones read all the options before they check the password and set the name.
      case "hello" -> command.words().size() > (command.word(2).equals("setname") ? 4 : 5);
      // Later ones refuse an empty and a negative cursor.
      case "scan" -> isOldCursor(command.word(1));
      case "sscan", "hscan", "zscan" -> isOldCursor(command.word(2));
      default -> false;
    };
  }

  /// A word more, and facts about each command.
  private static boolean isNewerAboutCommands(Command command) {
    boolean isShort = command.word(1).equals("getkeys") && command.words().size() < 4;
    boolean isInfo = command.word(1).equals("info") && !command.word(2).equals("nosuch");
    return isShort || isInfo;
  }

  private static boolean waitsForSeveral(Command command) {
    int streams = command.words().stream().map(String::toLowerCase).toList().indexOf("streams");
    return !command.timeouts().isEmpty() && command.words().size() > streams + 3;
  }

  private static boolean isOldCursor(String cursor) {
    return !cursor.matches("[0-9.]+|[a-z]+");
  }

  /// Redis 7.0 lets it overflow and calls it negative.
  private static boolean hasHugeTimeout(Command command) {
    return command.timeouts().stream().anyMatch(timeout -> timeout.matches("[0-9]{16,}"));
  }
}
