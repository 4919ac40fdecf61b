package naru.protocol.resp.replication;

import naru.protocol.resp.CommandReplay;
import naru.protocol.resp.wire.Arguments;

/// At which time a command of another server is to be carried out.
final class CommandTime {
  private CommandTime() {}

  /// Whether it needs to know what time it is: what is said of streams, and times that are counted
  /// from now, as versions before Redis 6.2 send them.
  static boolean isNow(String name, Arguments words) {
    return switch (name) {
      case "SETEX", "PSETEX", "EXPIRE", "PEXPIRE", "EVAL", "EVALSHA", "FCALL" -> true;
      case "SET", "GETEX" -> hasRelativeTime(words);
      default -> "stream".equals(CommandReplay.group(words.get(0)));
    };
  }

  private static boolean hasRelativeTime(Arguments words) {
    for (int i = 2; i < words.count(); i++) {
      if (words.get(i).equalsIgnoreCase("EX") || words.get(i).equalsIgnoreCase("PX")) {
        return i > 2 || words.get(0).equalsIgnoreCase("GETEX");
      }
    }
    return false;
  }
}
