package naru.protocol.resp.setting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file that settings were read from, and are written back to.
public final class ConfigFile {
  /// Where the lines are kept. Throws [naru.world.WorldFailure] when that fails.
  public interface Lines {
    List<String> read();

    void replace(List<String> lines);
  }

  /// How the lines say what a setting is.
  public interface Syntax {
    /// What the lines say, in their order. Throws [Malformed] when they cannot be understood.
    List<Assignment> parse(List<String> lines);

    /// The line that gives `key` a value.
    String line(String key, String value);

    /// The line that says of `key` that what is called `name` in it is `value`.
    String line(String key, String name, String value);

    /// The index of the line before which a setting is added that stands nowhere yet.
    int end(List<String> lines);
  }

  /// One place where a setting gets a value.
  ///
  /// @param name of the setting
  /// @param key how that place calls it: less than its name where a table gives the rest
  /// @param line where it begins, the first line is 1
  /// @param lineCount how many lines it takes
  public record Assignment(String name, String key, String value, int line, int lineCount) {}

  /// The lines cannot be understood. The message names the line.
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Malformed(int line, String why) {
      super("line " + line + ": " + why);
    }
  }

  private static final String USER = "user";

  private final Lines lines;
  private final Syntax syntax;

  public ConfigFile(Lines lines, Syntax syntax) {
    this.lines = lines;
    this.syntax = syntax;
  }

  /// What the file says, in its order. Throws [Malformed] or [naru.world.WorldFailure].
  public List<Assignment> assignments() {
    return syntax.parse(lines.read());
  }

  /// The user that a place is about, as its name and its rules; null if it is about none.
  ///
  /// ```
  /// user anna on nopass +@all       redis.conf
  /// user.anna = "on nopass +@all"   TOML
  /// ```
  public static @Nullable String user(Assignment place) {
    if (place.name().equals(USER)) {
      return place.value();
    }
    return place.name().startsWith(USER + "-")
        ? place.name().substring(USER.length() + 1) + " " + place.value()
        : null;
  }

  /// Writes what has changed: in the place where a setting stands, else at the end. Comments, order
  /// and what was not changed stay. Users are those that are given, as name and rules, by name.
  public void rewrite(Settings settings, Map<String, String> users) {
    List<String> old = lines.read();
    List<String> rewritten = new ArrayList<>();
    Set<String> written = new HashSet<>();
    Map<String, String> newUsers = new LinkedHashMap<>(users);
    int kept = 0;
    int usersEnd = -1;
    boolean inTable = false;
    for (Assignment place : syntax.parse(old)) {
      String user = user(place);
      Setting setting = settings.find(place.name());
      if (user != null || (setting != null && !setting.isFixed())) {
        rewritten.addAll(old.subList(kept, place.line() - 1));
        kept = place.line() - 1 + place.lineCount();
        if (user != null) {
          rewritten.addAll(userLine(place, user.split("\\s", 2)[0], newUsers));
          usersEnd = rewritten.size();
          inTable = !place.name().equals(USER) && !place.key().startsWith(USER + ".");
        } else if (setting != null && written.add(setting.name())) {
          rewritten.addAll(written(place, setting, old.subList(place.line() - 1, kept)));
        }
      }
    }
    rewritten.addAll(old.subList(kept, old.size()));
    List<String> added = added(settings, written);
    // A table of users holds all of them: beside it, none can stand elsewhere.
    List<String> behind = inTable ? rewritten.subList(usersEnd, usersEnd) : added;
    String key = inTable ? "" : USER;
    newUsers.forEach((name, rules) -> behind.add(syntax.line(key, name, rules)));
    rewritten.addAll(syntax.end(rewritten), added);
    var _ = syntax.parse(rewritten);
    lines.replace(rewritten);
  }

  /// What stands where a user stood: nothing if it is no more or stood before already.
  private List<String> userLine(Assignment place, String name, Map<String, String> users) {
    String rules = users.remove(name);
    if (rules == null) {
      return List.of();
    }
    boolean isRow = place.name().equals(USER);
    return List.of(isRow ? syntax.line(USER, name, rules) : syntax.line(place.key(), rules));
  }

  private List<String> written(Assignment place, Setting setting, List<String> old) {
    return place.value().equals(setting.text())
        ? old
        : Collections.singletonList(syntax.line(place.key(), setting.text()));
  }

  private List<String> added(Settings settings, Set<String> written) {
    List<String> added = new ArrayList<>();
    for (Setting setting : settings.all()) {
      boolean changed = !setting.isFixed() && !setting.text().equals(setting.defaultText());
      if (changed && written.add(setting.name())) {
        added.add(syntax.line(setting.name(), setting.text()));
      }
    }
    return added;
  }
}
