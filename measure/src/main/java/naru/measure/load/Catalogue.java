package naru.measure.load;

import java.util.List;

/// All loads that there are.
public final class Catalogue {
  /// What is played when nothing is asked for: what says most in a quarter of an hour.
  public static final List<String> USUAL =
      List.of(
          "commands/*/c50",
          "commands/set",
          "commands/get",
          "commands/lpush",
          "commands/publish",
          "streams",
          "queues",
          "fanout/1",
          "fanout/1000",
          "fanout/patterns",
          "durability/set",
          "durability/lpush",
          "durability/xadd",
          "start/empty");

  private Catalogue() {}

  public static List<Group> groups(Scale scale) {
    return List.of(
        Commands.usual(scale),
        Streams.group(scale),
        Messages.queues(scale),
        Messages.fanOut(scale),
        Commands.durable(scale),
        Pending.group(scale),
        Starts.group(scale),
        Memory.group(scale),
        SnapshotLoad.group(scale),
        Cache.group());
  }

  /// Whether it is one of the usual ones.
  public static boolean isUsual(String name) {
    return USUAL.stream().anyMatch(words -> matches(words, name));
  }

  /// Whether a load is meant by some words between slashes: `commands`, `commands/set`,
  /// `commands/*/c50/p1`, or `all`.
  public static boolean matches(String words, String name) {
    String[] wanted = words.split("/", -1);
    String[] parts = name.split("/", -1);
    if (words.equals("all")) {
      return true;
    }
    if (wanted.length > parts.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals("*") && !wanted[i].equals(parts[i])) {
        return false;
      }
    }
    return true;
  }
}
