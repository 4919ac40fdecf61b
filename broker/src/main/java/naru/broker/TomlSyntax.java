package naru.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import naru.protocol.resp.setting.ConfigFile;
import naru.protocol.resp.setting.ConfigFile.Assignment;
import naru.protocol.resp.setting.ConfigFile.Malformed;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// Settings as a TOML file has them. A table's name and a key in it, joined by `-`, are a setting's
/// name, as are the parts of a dotted key:
///
/// ```toml
/// maxclients = 500
/// [slowlog]
/// max-len = 64            # slowlog-max-len
/// ```
///
/// `true` and `false` are `yes` and `no`; the elements of an array are joined by spaces.
///
/// Source: TOML 1.0.
final class TomlSyntax implements ConfigFile.Syntax {
  private final TomlMapper toml = new TomlMapper();

  /// A statement is the shortest run of lines that is TOML by itself.
  @Override
  public List<Assignment> parse(List<String> lines) {
    demandToml(lines);
    List<Assignment> assignments = new ArrayList<>();
    String table = "";
    int first = 0;
    for (int last = 0; last < lines.size(); last++) {
      JsonNode statement = read(String.join("\n", lines.subList(first, last + 1)));
      if (statement == null) {
        continue;
      }
      if (isTable(lines.get(first))) {
        table = tableName(statement, first + 1);
      } else if (!statement.isEmpty()) {
        assignments.add(assignment(table, statement, first + 1, last - first + 1));
      }
      first = last + 1;
    }
    return assignments;
  }

  private void demandToml(List<String> lines) {
    try {
      var _ = toml.readTree(String.join("\n", lines) + "\n");
    } catch (JacksonException wrong) {
      TokenStreamLocation place = wrong.getLocation();
      int line = place == null ? 1 : place.getLineNr() - (place.getColumnNr() <= 1 ? 1 : 0);
      throw new Malformed(line, "it is not TOML: " + wrong.getOriginalMessage());
    }
  }

  private @Nullable JsonNode read(String statement) {
    try {
      return toml.readTree(statement + "\n");
    } catch (JacksonException _) {
      return null;
    }
  }

  private static boolean isTable(String line) {
    return line.stripLeading().startsWith("[");
  }

  private static String tableName(JsonNode statement, int line) {
    StringBuilder name = new StringBuilder();
    JsonNode node = statement;
    while (node.isObject() && !node.isEmpty()) {
      Map.Entry<String, JsonNode> part = node.properties().iterator().next();
      name.append(part.getKey()).append('-');
      node = part.getValue();
    }
    if (!node.isObject()) {
      throw new Malformed(line, "a list of tables is no setting");
    }
    return name.toString();
  }

  private static Assignment assignment(String table, JsonNode statement, int line, int lineCount) {
    StringBuilder name = new StringBuilder(table);
    StringBuilder key = new StringBuilder();
    JsonNode node = statement;
    while (node.isObject()) {
      if (node.size() != 1) {
        throw new Malformed(line, "settings in braces are not understood: give each a line");
      }
      Map.Entry<String, JsonNode> part = node.properties().iterator().next();
      key.append(key.isEmpty() ? "" : ".").append(part.getKey());
      name.append(key.length() == part.getKey().length() ? "" : "-").append(part.getKey());
      node = part.getValue();
    }
    return new Assignment(name.toString(), key.toString(), text(node, line), line, lineCount);
  }

  private static String text(JsonNode value, int line) {
    if (value.isBoolean()) {
      return value.booleanValue() ? "yes" : "no";
    }
    if (value.isArray()) {
      List<String> elements = new ArrayList<>();
      value.forEach(element -> elements.add(text(element, line)));
      return String.join(" ", elements);
    }
    if (value.isObject()) {
      throw new Malformed(line, "a table is no value");
    }
    return value.asString();
  }

  @Override
  public String line(String key, String value) {
    boolean isNumber = value.matches("0|-?[1-9][0-9]{0,17}");
    return key + " = " + (isNumber ? value : '"' + escaped(value) + '"');
  }

  @Override
  public String line(String key, String name, String value) {
    boolean isBare = name.matches("[A-Za-z0-9_-]+");
    String shown = isBare ? name : '"' + escaped(name) + '"';
    return line(key.isEmpty() ? shown : key + "." + shown, value);
  }

  private static String escaped(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /// Before the first table: behind it a setting would be in it.
  @Override
  public int end(List<String> lines) {
    int first = 0;
    for (int last = 0; last < lines.size(); last++) {
      if (read(String.join("\n", lines.subList(first, last + 1))) != null) {
        if (isTable(lines.get(first))) {
          return first;
        }
        first = last + 1;
      }
    }
    return lines.size();
  }
}
