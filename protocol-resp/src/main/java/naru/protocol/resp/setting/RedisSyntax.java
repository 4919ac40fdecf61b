package naru.protocol.resp.setting;

import java.util.ArrayList;
import java.util.List;
import naru.protocol.resp.setting.ConfigFile.Assignment;

/// Settings as `redis.conf` has them: one a line, `name value`; `#` begins a comment. A value in
/// double quotes may have spaces at its ends, and `\n`, `\r`, `\"`, `\\` in it.
public final class RedisSyntax implements ConfigFile.Syntax {
  @Override
  public List<Assignment> parse(List<String> lines) {
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String name = name(lines.get(i));
      if (!name.isEmpty()) {
        assignments.add(new Assignment(name, name, value(lines.get(i)), i + 1, 1));
      }
    }
    return assignments;
  }

  @Override
  public String line(String key, String value) {
    return key + " " + quoted(value);
  }

  @Override
  public String line(String key, String name, String value) {
    return key + " " + name + " " + value;
  }

  @Override
  public int end(List<String> lines) {
    return lines.size();
  }

  /// The setting that a line is about; empty for a comment or an empty line.
  private static String name(String line) {
    String trimmed = line.trim();
    return trimmed.startsWith("#") ? "" : trimmed.substring(0, space(trimmed));
  }

  private static String value(String line) {
    String trimmed = line.trim();
    String value = trimmed.substring(space(trimmed)).trim();
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? unescaped(value.substring(1, value.length() - 1)) : value;
  }

  /// Where the name at the start of a line ends.
  private static int space(String trimmed) {
    int end = 0;
    while (end < trimmed.length() && !Character.isWhitespace(trimmed.charAt(end))) {
      end++;
    }
    return end;
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
