package naru.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import naru.protocol.resp.setting.ConfigFile;
import naru.protocol.resp.setting.ConfigFile.Assignment;
import naru.protocol.resp.setting.ConfigFile.Malformed;
import naru.protocol.resp.setting.Settings;
import org.junit.jupiter.api.Test;

final class TomlSyntaxTest {
  private final TomlSyntax toml = new TomlSyntax();

  private List<Assignment> parse(String text) {
    return toml.parse(text.lines().toList());
  }

  private String refusal(String text) {
    return assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> parse(text))
        .actual()
        .getMessage();
  }

  @Test
  void tablesAndDottedKeysAreJoinedToNames() {
    assertThat(
            parse(
                """
                timeout = 5   # seconds
                slowlog.max-len = 7
                [stream.node]
                max-bytes = "4kb"
                """))
        .containsExactly(
            new Assignment("timeout", "timeout", "5", 1, 1),
            new Assignment("slowlog-max-len", "slowlog.max-len", "7", 2, 1),
            new Assignment("stream-node-max-bytes", "max-bytes", "4kb", 4, 1));
  }

  @Test
  void booleansAndArraysAreWordsOfTheirOwn() {
    assertThat(
            parse(
                """
                appendonly = true
                bind = [
                  "127.0.0.1", # here
                  "::1",
                ]
                requirepass = \"""
                two
                lines\"""
                """))
        .containsExactly(
            new Assignment("appendonly", "appendonly", "yes", 1, 1),
            new Assignment("bind", "bind", "127.0.0.1 ::1", 2, 4),
            new Assignment("requirepass", "requirepass", "two\nlines", 6, 3));
  }

  @Test
  void whatCannotBeASettingIsRefusedWithItsLine() {
    assertThat(refusal("timeout = 1\ntimeout = 2\n")).startsWith("line 2: it is not TOML: ");
    assertThat(refusal("a = 1\nb =\n")).startsWith("line 2: it is not TOML: ");
    assertThat(refusal("a = 1\nb = { c = 1, d = 2 }\n"))
        .isEqualTo("line 2: settings in braces are not understood: give each a line");
    assertThat(refusal("[[users]]\nname = 1\n"))
        .isEqualTo("line 1: a list of tables is no setting");
  }

  @Test
  void rewritingKeepsCommentsTablesAndOrder() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# clients",
                "timeout = 5  # seconds",
                "maxclients = 9 # kept",
                "",
                "[slowlog]",
                "max-len = 7"));
    ConfigFile file = new ConfigFile(new InMemory(lines), toml);
    Settings settings = new Settings();
    settings.timeout.take("6");
    settings.maxclients.take("9");
    settings.slowlogMaxLen.take("8");
    settings.requirepass.take("a \"b\"\n");
    file.rewrite(settings, Map.of());
    assertThat(lines)
        .containsExactly(
            "# clients",
            "timeout = 6",
            "maxclients = 9 # kept",
            "",
            "requirepass = \"a \\\"b\\\"\\u000a\"",
            "[slowlog]",
            "max-len = 8");
    assertThat(toml.parse(lines)).extracting(Assignment::value).contains("a \"b\"\n");
    List<String> once = List.copyOf(lines);
    file.rewrite(settings, Map.of());
    assertThat(lines).isEqualTo(once);
  }

  @Test
  void usersHaveALineEach() {
    List<String> lines =
        new ArrayList<>(List.of("user.anna = 'on nopass +@all'", "user.old = 'on'", "[slowlog]"));
    ConfigFile file = new ConfigFile(new InMemory(lines), toml);
    assertThat(file.assignments())
        .extracting(ConfigFile::user)
        .containsExactly("anna on nopass +@all", "old on");
    Map<String, String> users = new TreeMap<>(Map.of("anna", "off", "b c", "on", "zoe", "on >p"));
    file.rewrite(new Settings(), users);
    assertThat(lines)
        .containsExactly(
            "user.anna = \"off\"", "user.\"b c\" = \"on\"", "user.zoe = \"on >p\"", "[slowlog]");
    assertThat(file.assignments())
        .extracting(ConfigFile::user)
        .containsExactly("anna off", "b c on", "zoe on >p");
  }

  @Test
  void newUsersJoinTheTableOfUsers() {
    List<String> lines =
        new ArrayList<>(
            List.of("timeout = 5", "[user]", "anna = 'on'  # she", "", "[slowlog]", "max-len = 8"));
    ConfigFile file = new ConfigFile(new InMemory(lines), toml);
    file.rewrite(new Settings(), new TreeMap<>(Map.of("anna", "off", "b c", "on", "zoe", "on")));
    assertThat(lines).contains("[user]", "anna = \"off\"", "\"b c\" = \"on\"", "zoe = \"on\"");
    assertThat(file.assignments())
        .extracting(ConfigFile::user)
        .filteredOn(Objects::nonNull)
        .containsExactly("anna off", "b c on", "zoe on");
  }

  @Test
  void aFileThatCannotTakeAUserStaysAsItIs() {
    List<String> lines = new ArrayList<>(List.of("[user]", "[slowlog]"));
    ConfigFile file = new ConfigFile(new InMemory(lines), toml);
    assertThatExceptionOfType(ConfigFile.Malformed.class)
        .isThrownBy(() -> file.rewrite(new Settings(), Map.of("zoe", "on")));
    assertThat(lines).containsExactly("[user]", "[slowlog]");
  }

  private record InMemory(List<String> lines) implements ConfigFile.Lines {
    @Override
    public List<String> read() {
      return List.copyOf(lines);
    }

    @Override
    public void replace(List<String> newLines) {
      lines.clear();
      lines.addAll(newLines);
    }
  }
}
