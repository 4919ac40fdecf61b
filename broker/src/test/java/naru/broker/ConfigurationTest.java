package naru.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {
  @TempDir private Path folder;

  private static Configuration of(Map<String, String> environment, String... words) {
    return new Configuration(new ServerCommand().parse(words), environment, ServerOptions.NAMES);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String refusal(Map<String, String> environment, String... words) {
    return assertThatExceptionOfType(BadSetting.class)
        .isThrownBy(() -> ServerOptions.of(of(environment, words)))
        .actual()
        .getMessage();
  }

  @Test
  void theEnvironmentOverrulesTheFileAndTheCommandLineBoth() throws IOException {
    String conf = file("redis.conf", "timeout 1\nmaxclients 1\nslowlog-max-len 1\n").toString();
    Configuration told =
        of(
            Map.of("NARU_MAXCLIENTS", "2", "NARU_SLOWLOG_MAX_LEN", "2", "HOME", "/"),
            "--config",
            conf,
            "--slowlog-max-len",
            "3");
    assertThat(told.settings().timeout.value()).isEqualTo(1);
    assertThat(told.settings().maxclients.value()).isEqualTo(2);
    assertThat(told.settings().slowlogMaxLen.value()).isEqualTo(3);
    assertThat(told.lines())
        .anyMatch(line -> line.matches("timeout +1 +" + conf + ", line 1"))
        .anyMatch(line -> line.matches("maxclients +2 +NARU_MAXCLIENTS"))
        .anyMatch(line -> line.matches("slowlog-max-len +3 +--slowlog-max-len"))
        .anyMatch(line -> line.matches("latency-monitor-threshold +0 +default"));
  }

  @Test
  void optionsAreToldInEveryPlace() throws IOException {
    String toml = file("naru.toml", "resp-port = 7000\nfsync = \"no\"\n").toString();
    ServerOptions options =
        ServerOptions.of(of(Map.of("NARU_CONFIG", toml, "NARU_RESP_PORT", "7001"), "--log", "off"));
    assertThat(options.respPort()).isEqualTo(7001);
    assertThat(options.durability().name()).isEqualTo("NO");
    assertThat(options.keepsLog()).isFalse();
  }

  @Test
  void aRedisConfNamesOptionsInItsOwnWay() throws IOException {
    String conf =
        file(
                "redis.conf",
                "bind 127.0.0.1 -::1\n"
                    + "port 7000\n"
                    + "appendonly no\n"
                    + "save \"\"\n"
                    + "appendfsync everysec\n"
                    + "dir x\n")
            .toString();
    ServerOptions options = ServerOptions.of(of(Map.of(), "--config", conf));
    assertThat(options.bind()).isEqualTo("127.0.0.1 ::1");
    assertThat(options.addresses().get(1).isOptional()).isTrue();
    assertThat(options.respPort()).isEqualTo(7000);
    assertThat(options.keepsLog()).isFalse();
    assertThat(options.durability().name()).isEqualTo("EVERYSEC");
    assertThat(options.directory()).isEqualTo(Path.of("x"));
  }

  @Test
  void aRedisThatKeepsSnapshotsOnlyIsNotMadeOneThatKeepsNothing() throws IOException {
    String conf = file("redis.conf", "appendonly no\n").toString();
    assertThat(ServerOptions.of(of(Map.of(), "--config", conf)).keepsLog()).isTrue();
    String cache = file("cache.conf", "save \"\"\nappendonly no\n").toString();
    assertThat(ServerOptions.of(of(Map.of(), "--config", cache)).keepsLog()).isFalse();
    String overruled = file("overruled.conf", "save \"\"\nappendonly no\n").toString();
    assertThat(ServerOptions.of(of(Map.of(), "--config", overruled, "--log", "on")).keepsLog())
        .isTrue();
  }

  @Test
  void allThatIsUnknownIsRefusedInOneList() throws IOException {
    String conf = file("redis.conf", "nosuch 1\ntimeout x\ndaemonize yes\nhz 10\n").toString();
    assertThat(refusal(Map.of("NARU_NOSUCH", "1", "NARU_OTHER", "2"), "--config", conf))
        .isEqualTo(
            conf
                + ", line 2: timeout: argument couldn't be parsed into an integer; "
                + "NARU_NOSUCH: unknown setting 'nosuch'; "
                + conf
                + ", line 3: unknown setting 'daemonize'; "
                + "NARU_OTHER: unknown setting 'other'");
  }

  @Test
  void whatMakesNoDifferenceIsToldAndNotRefused() throws IOException {
    String conf = file("redis.conf", "daemonize no\ntcp-backlog 511\nsave 60 1\n").toString();
    assertThat(of(Map.of(), "--config", conf).withoutEffect())
        .containsExactly(
            "daemonize (" + conf + ", line 1)",
            "tcp-backlog (" + conf + ", line 2)",
            "save (" + conf + ", line 3)");
  }

  @Test
  void includedFilesAreRead() throws IOException {
    Path inner = file("inner.conf", "timeout 5\n");
    Path outer = file("outer.conf", "timeout 4\ninclude " + inner + "\nmaxclients 9\n");
    Configuration told = of(Map.of(), "--config", outer.toString());
    assertThat(told.settings().timeout.value()).isEqualTo(5);
    assertThat(told.settings().maxclients.value()).isEqualTo(9);
    Path endless = folder.resolve("endless.conf");
    Files.writeString(endless, "include " + endless + "\n");
    assertThat(refusal(Map.of(), "--config", endless.toString()))
        .isEqualTo(endless + ", line 1: files include each other too deep");
  }

  @Test
  void aWrongOptionIsRefusedWithItsPlace() {
    assertThat(refusal(Map.of("NARU_FSYNC", "maybe")))
        .isEqualTo("--fsync is always, everysec or no, not 'maybe' (NARU_FSYNC)");
    assertThat(refusal(Map.of("NARU_BIND", " "))).contains("--bind");
  }

  @Test
  void secretsAreNotShown() {
    Configuration told = of(Map.of("NARU_REQUIREPASS", "open sesame"));
    assertThat(told.lines())
        .noneMatch(line -> line.contains("sesame"))
        .anyMatch(line -> line.matches("requirepass +\\(not shown\\) +NARU_REQUIREPASS"));
  }
}
