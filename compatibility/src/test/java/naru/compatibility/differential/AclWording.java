package naru.compatibility.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What Redis 7.2 and 7.0 say with different words, made the same.
final class AclWording {
  /// Of an entry of `ACL LOG`: clocks, addresses, and what came with 7.2.
  private static final Set<String> LEFT_OUT =
      Set.of(
          "age-seconds", "client-info", "entry-id", "timestamp-created", "timestamp-last-updated");

  private static final String KEY = "NOPERM (a key)";
  private static final String CHANNEL = "NOPERM (a channel)";

  private AclWording() {}

  static String of70(Reply reply) {
    return text(reply);
  }

  private static String text(Reply reply) {
    return switch (reply) {
      case Reply.Line(char type, String text) -> type == '-' ? "-" + worded(text) : type + text;
      case Reply.Bulk(char type, String text) -> type + worded(text);
      case Reply.Group(char _, List<Reply> items) -> text(items);
      case Reply.Absent(char type) -> type + "-1";
      case Reply.Broken(String why) -> "<" + why + ">";
    };
  }

  private static String text(List<Reply> items) {
    boolean isLogEntry = !items.isEmpty() && items.getFirst().text().equals("count");
    boolean isGreeting = !items.isEmpty() && items.getFirst().text().equals("server");
    boolean isUser = !items.isEmpty() && items.getFirst().text().equals("flags");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      boolean isName = i % 2 == 0;
      if (items.get(i).text().equals("sanitize-payload")) {
        continue; // Shown by 7.0 where it was said, since then always.
      }
      if (isLogEntry && isName && LEFT_OUT.contains(items.get(i).text())) {
        i++;
      } else if (isGreeting && isName && Set.of("version", "id").contains(items.get(i).text())) {
        i++;
      } else if (isUser && items.get(i).text().equals("commands")) {
        i++; // Rules are compared by what they mean.
      } else if (isUser && items.get(i).text().equals("selectors")) {
        i++;
        items.get(i).items().forEach(selector -> texts.add(text(selector.items().subList(2, 6))));
      } else {
        texts.add(text(items.get(i)));
      }
    }
    return texts.toString();
  }

  private static String worded(String text) {
    String script = "ACL failure in script: ";
    return text.replaceFirst("([Tt]his user|User \\S+) has no permissions to", "nobody may")
        .replaceFirst("NOPERM No permissions to access a key$", KEY)
        .replaceFirst("NOPERM nobody may access one of the keys used as arguments$", KEY)
        .replaceFirst("NOPERM No permissions to access a channel$", CHANNEL)
        .replaceFirst("NOPERM nobody may access one of the channels used as arguments$", CHANNEL)
        .replaceFirst("^(ERR|NOPERM) The user executing the script can't .*", "NOPERM (a script)")
        .replaceFirst("^NOPERM " + script + ".*", "NOPERM (a script)");
  }
}
