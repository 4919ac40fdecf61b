package naru.protocol.resp.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;

class ConfigFileTest {
  private final Text text = new Text();
  private final Bench bench = new Bench();
  private final Settings settings = bench.server().settings();

  private static final class Text implements ConfigFile.Lines {
    private final List<String> lines = new ArrayList<>();

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

  private void load(String... lines) {
    text.replace(List.of(lines));
    ConfigFile file = new ConfigFile(text, new RedisSyntax());
    bench.server().configFile(file);
    take(file, settings);
  }

  private static void take(ConfigFile file, Settings settings) {
    for (ConfigFile.Assignment assignment : file.assignments()) {
      settings.find(assignment.name()).take(assignment.value());
    }
  }

  @Test
  void everySettingOfTheFileIsSeen() {
    load("# clients", "", "timeout 30", "  MAXCLIENTS\t 5 ", "requirepass \"a b\"");
    assertThat(settings.timeout.value()).isEqualTo(30);
    assertThat(settings.maxclients.value()).isEqualTo(5);
    assertThat(settings.requirepass.text()).isEqualTo("a b");
  }

  @Test
  void rewritingKeepsCommentsAndOrder() {
    load("# first", "timeout 30", "", "# second", "maxclients 5", "slowlog-max-len 128");
    bench.run("CONFIG SET maxclients 7 latency-monitor-threshold 100");
    assertThat(bench.run("CONFIG REWRITE")).isEqualTo("OK");
    assertThat(text.lines)
        .containsExactly(
            "# first",
            "timeout 30",
            "",
            "# second",
            "maxclients 7",
            "slowlog-max-len 128",
            "latency-monitor-threshold 100");
  }

  @Test
  void rewritingTwiceChangesNothingMore() {
    load("# first", "timeout 30", "TIMEOUT 40");
    bench.run("CONFIG SET notify-keyspace-events KEx");
    bench.run("CONFIG REWRITE");
    List<String> once = List.copyOf(text.lines);
    bench.run("CONFIG REWRITE");
    assertThat(text.lines)
        .isEqualTo(once)
        .containsExactly("# first", "timeout 40", "notify-keyspace-events xKE");
  }

  @Test
  void whatWasRewrittenIsReadBackTheSame() {
    load();
    bench.run("CONFIG", "SET", "requirepass", " a \"b\" \\ #c ", "timeout", "9");
    bench.run("CONFIG REWRITE");
    Settings again = new Bench().server().settings();
    take(new ConfigFile(text, new RedisSyntax()), again);
    assertThat(again.requirepass.text()).isEqualTo(" a \"b\" \\ #c ");
    assertThat(again.timeout.value()).isEqualTo(9);
  }

  @Test
  void aSettingMadeEmptyIsWrittenAsSuch() {
    load("requirepass secret");
    bench.server().settings().requirepass.take("");
    bench.run("CONFIG REWRITE");
    assertThat(text.lines).containsExactly("requirepass \"\"");
  }
}
