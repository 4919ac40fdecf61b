package naru.protocol.resp.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file that settings were read from: one a line, `name value`; `#` begins a comment. A value
/// in double quotes may have spaces at its ends, and `\n`, `\r`, `\"`, `\\` in it.
public final class ConfigFile {
  /// Where the lines are kept. Throws [naru.world.WorldFailure] when that fails.
  public interface Lines {
    List<String> read();

    void replace(List<String> lines);
  }

  private final Lines lines;

  public ConfigFile(Lines lines) {
    this.lines = lines;
  }

  /// Takes every setting of the file; returns what is wrong with it, null if nothing is.
  public @Nullable String load(Settings settings) {
    int number = 0;
    for (String line : lines.read()) {
      number++;
      String name = name(line);
      if (name.isEmpty()) {
        continue;
      }
      Setting setting = settings.find(name);
      if (setting == null) {
        return "line " + number + ": unknown setting '" + name + "'";
      }
      String value = value(line);
      String refusal = setting.isFixed() ? "is not set in a file" : setting.refusal(value);
      if (refusal != null) {
        return "line " + number + ": " + name + ": " + refusal;
      }
      setting.take(value);
    }
    return null;
  }

  /// Writes what has changed: in the line where a setting stands, else at the end. Comments, order
  /// and what was not changed stay.
  public void rewrite(Settings settings) {
    List<String> rewritten = new ArrayList<>();
    Set<String> written = new HashSet<>();
    for (String line : lines.read()) {
      Setting setting = settings.find(name(line));
      if (setting == null) {
        rewritten.add(line);
      } else if (written.add(setting.name())) {
        rewritten.add(value(line).equals(setting.text()) ? line : line(setting));
      }
    }
    for (Setting setting : settings.all()) {
      boolean changed = !setting.isFixed() && !setting.text().equals(setting.defaultText());
      if (changed && written.add(setting.name())) {
        rewritten.add(line(setting));
      }
    }
    lines.replace(rewritten);
  }

  private static String line(Setting setting) {
    return setting.name() + " " + quoted(setting.text());
  }

  /// The setting that a line is about; empty for a comment or an empty line.
  private static String name(String line) {
    String trimmed = line.trim();
    if (trimmed.startsWith("#")) {
      return "";
    }
    int space = trimmed.indexOf(' ');
    return space < 0 ? trimmed : trimmed.substring(0, space);
  }

  private static String value(String line) {
    String trimmed = line.trim();
    int space = trimmed.indexOf(' ');
    String value = space < 0 ? "" : trimmed.substring(space + 1).trim();
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? unescaped(value.substring(1, value.length() - 1)) : value;
  }

  /// A value as it stands in the file: in quotes if it would not be read back the same without.
  private static String quoted(String value) {
    boolean plain =
        !value.isEmpty()
            && value.equals(value.trim())
            && !value.startsWith("\"")
            && value.indexOf('\n') < 0
            && value.indexOf('\r') < 0;
    return plain ? value : '"' + escaped(value) + '"';
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        c = value.charAt(++i);
        c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
      }
      text.append(c);
    }
    return text.toString();
  }
}
