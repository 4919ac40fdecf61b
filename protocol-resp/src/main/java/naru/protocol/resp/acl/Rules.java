package naru.protocol.resp.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import naru.bytes.Bytes;
import naru.engine.Refusal;

/// The rules of `ACL SETUSER`: each changes a user in one way.
///
/// https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
final class Rules {
  private final User user;
  private final boolean allChannels;

  /// @param allChannels whether new permissions allow all channels
  Rules(User user, boolean allChannels) {
    this.user = user;
    this.allChannels = allChannels;
  }

  /// Puts permissions in parentheses that were cut at spaces together again: one word each.
  static List<Bytes> merged(List<Bytes> words) {
    List<Bytes> merged = new ArrayList<>(words.size());
    StringBuilder open = new StringBuilder();
    Bytes first = Bytes.EMPTY;
    for (Bytes word : words) {
      boolean ends = !word.isEmpty() && word.at(word.length() - 1) == ')';
      if (open.isEmpty() && !(isOpening(word) && !ends)) {
        merged.add(word);
        continue;
      }
      if (open.isEmpty()) {
        first = word;
      } else {
        open.append(' ');
      }
      open.append(Latin.text(word));
      if (ends) {
        merged.add(Latin.bytes(open.toString()));
        open.setLength(0);
      }
    }
    if (!open.isEmpty()) {
      throw new Refusal(
          "Unmatched parenthesis in acl selector starting at '" + first.printed() + "'.");
    }
    return merged;
  }

  private static boolean isOpening(Bytes word) {
    return !word.isEmpty() && word.at(0) == '(';
  }

  /// Throws [BadRule], and then the user is as before or, for permissions in parentheses, too.
  void apply(Bytes rule) {
    if (rule.isEmpty()) {
      return;
    }
    Bytes rest = rule.slice(1, rule.length());
    switch (rule.at(0)) {
      case '>' -> user.addPassword(Passwords.hash(rest));
      case '#' -> user.addPassword(Passwords.parse(rest));
      case '<' -> user.removePassword(Passwords.hash(rest));
      case '!' -> user.removePassword(Passwords.parse(rest));
      case '(' -> addSelector(rule);
      default -> applyWord(rule);
    }
  }

  private void addSelector(Bytes rule) {
    if (rule.at(rule.length() - 1) != ')') {
      throw BadRule.syntax();
    }
    Selector selector = user.newSelector(allChannels);
    String inside = Latin.text(rule).substring(1, rule.length() - 1);
    for (String word : inside.trim().split("[ \\t\\r\\n]+", -1)) {
      if (!word.isEmpty()) {
        apply(selector, Latin.bytes(word));
      }
    }
    user.add(selector);
  }

  private void applyWord(Bytes rule) {
    switch (word(rule)) {
      case "on" -> user.enabled(true);
      case "off" -> user.enabled(false);
      case "nopass" -> user.takesAnyPassword(true);
      case "resetpass" -> user.takesAnyPassword(false);
      case "sanitize-payload" -> user.sanitizes(true);
      case "skip-sanitize-payload" -> user.sanitizes(false);
      case "clearselectors" -> user.others().clear();
      case "reset" -> reset();
      default -> apply(user.root(), rule);
    }
  }

  private void reset() {
    user.takesAnyPassword(false);
    user.enabled(false);
    user.sanitizes(true);
    user.others().clear();
    user.root().allKeys(false);
    user.root().allChannels(allChannels);
    user.root().commands.everything(false);
  }

  private static void apply(Selector selector, Bytes rule) {
    switch (word(rule)) {
      case "allkeys", "~*" -> selector.allKeys(true);
      case "resetkeys" -> selector.allKeys(false);
      case "allchannels", "&*" -> selector.allChannels(true);
      case "resetchannels" -> selector.allChannels(false);
      case "allcommands", "+@all" -> selector.commands.everything(true);
      case "nocommands", "-@all" -> selector.commands.everything(false);
      default -> applyPattern(selector, rule);
    }
  }

  private static void applyPattern(Selector selector, Bytes rule) {
    Bytes rest = rule.slice(1, rule.length());
    switch (rule.at(0)) {
      case '~' -> addKeys(selector, rest, true, true);
      case '%' -> addKeys(selector, rest);
      case '&' -> addChannels(selector, rest);
      case '+' -> command(selector.commands, rest, true);
      case '-' -> command(selector.commands, rest, false);
      default -> throw BadRule.syntax();
    }
  }

  /// `R~key`, `W~key`, `RW~key`.
  private static void addKeys(Selector selector, Bytes rule) {
    demandUseful(selector);
    boolean read = false;
    boolean write = false;
    int at = 0;
    while (at < rule.length() && rule.at(at) != '~') {
      char letter = Character.toUpperCase((char) rule.at(at));
      if ((letter == 'R' && read) || (letter == 'W' && write) || "RW".indexOf(letter) < 0) {
        throw BadRule.syntax();
      }
      read |= letter == 'R';
      write |= letter == 'W';
      at++;
    }
    if (!read && !write) {
      throw BadRule.syntax();
    }
    addKeys(selector, rule.slice(Math.min(at + 1, rule.length()), rule.length()), read, write);
  }

  private static void addKeys(Selector selector, Bytes pattern, boolean read, boolean write) {
    demandUseful(selector);
    if (Latin.hasSpaces(pattern)) {
      throw BadRule.syntax();
    }
    selector.addKeys(pattern, read, write);
  }

  private static void demandUseful(Selector selector) {
    if (selector.allowsAllKeys()) {
      throw useless("allkeys", "resetkeys", "patterns");
    }
  }

  private static void addChannels(Selector selector, Bytes pattern) {
    if (selector.allowsAllChannels()) {
      throw useless("allchannels", "resetchannels", "channels");
    }
    if (Latin.hasSpaces(pattern)) {
      throw BadRule.syntax();
    }
    selector.addChannels(pattern);
  }

  private static BadRule useless(String all, String none, String things) {
    return new BadRule(
        "Adding a pattern after the * pattern (or the '"
            + all
            + "' flag) is not valid and does not have any effect. Try '"
            + none
            + "' to start with an empty list of "
            + things);
  }

  private static void command(CommandRules commands, Bytes name, boolean allow) {
    if (!name.isEmpty() && name.at(0) == '@') {
      commands.category(Latin.text(name.slice(1, name.length())), allow);
      return;
    }
    int bar = name.length() - 1;
    while (bar >= 0 && name.at(bar) != '|') {
      bar--;
    }
    if (allow && bar >= 0) {
      commands.allowPart(name.slice(0, bar), name.slice(bar + 1, name.length()));
    } else {
      commands.command(name, allow);
    }
  }

  /// A rule in lower case, if it is one that is written in letters.
  private static String word(Bytes rule) {
    return Latin.text(rule).toLowerCase(Locale.ROOT);
  }
}
