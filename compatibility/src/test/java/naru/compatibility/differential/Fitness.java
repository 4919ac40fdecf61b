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

  /// What Redis 7.0 refuses and later ones understand: ZRANK's WITHSCORE, + as XREAD's id, COMMAND
  /// GETKEYS with one word. And what 7.0 understands and later ones refuse: the one number without
  /// a positive counterpart.
  private static boolean isNewer(Command command) {
    return switch (command.name()) {
      case "zrank", "zrevrank" -> command.words().size() > 3;
      case "lrem", "lpos" -> command.words().contains(Long.toString(Long.MIN_VALUE));
      case "command" -> command.word(1).equals("getkeys") && command.words().size() < 4;
      case "xread" -> command.words().contains("+");
      default -> false;
    };
  }

  /// Redis 7.0 lets it overflow and calls it negative.
  private static boolean hasHugeTimeout(Command command) {
    return command.timeouts().stream().anyMatch(timeout -> timeout.matches("[0-9]{16,}"));
  }
}
