package naru.protocol.resp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DebugTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void anUnknownSubcommandAndOneWithTooFewWordsAreRefused() {
    String end = "'. Try DEBUG HELP.";
    assertThat(bench.run("DEBUG nosuch"))
        .isEqualTo("-ERR unknown subcommand or wrong number of arguments for 'nosuch" + end);
    assertThat(bench.run("DEBUG SLEEP"))
        .isEqualTo("-ERR unknown subcommand or wrong number of arguments for 'SLEEP" + end);
    assertThat(bench.run("DEBUG")).isEqualTo("-ERR wrong number of arguments for 'debug' command");
  }

  @Test
  void sleepHoldsEverybodyBack() {
    Bench.Connection sleeper = bench.connect();
    Bench.Connection other = bench.connect();
    assertThat(sleeper.run("DEBUG SLEEP 0.5")).isEmpty();
    assertThat(other.run("PING")).isEmpty();
    bench.sleepMs(499);
    assertThat(other.receive()).isEmpty();
    bench.sleepMs(1);
    assertThat(sleeper.receive()).isEqualTo("OK");
    assertThat(other.receive()).isEqualTo("PONG");
  }

  @Test
  void withoutActiveExpiryAKeyGoesWhenSomebodyLooks() {
    bench.run("DEBUG SET-ACTIVE-EXPIRE 0");
    bench.run("SET a 1 PX 10");
    bench.sleepMs(20);
    assertThat(bench.run("DBSIZE")).isEqualTo(":1");
    assertThat(bench.run("GET a")).isEqualTo("nil");
    assertThat(bench.run("DBSIZE")).isEqualTo(":0");
  }

  @Test
  void objectSaysHowAKeyIsStored() {
    bench.run("SET a 12345");
    assertThat(bench.run("DEBUG OBJECT a")).contains("encoding:int").contains("refcount:1");
    assertThat(bench.run("DEBUG OBJECT b")).isEqualTo("-ERR no such key");
  }

  @Test
  void memoryUsageGrowsWithTheValue() {
    bench.run("SET small x");
    bench.run("SET", "large", "x".repeat(10_000));
    bench.run("RPUSH list a b c");
    long small = Long.parseLong(bench.run("MEMORY USAGE small").substring(1));
    long large = Long.parseLong(bench.run("MEMORY USAGE large").substring(1));
    assertThat(small).isBetween(50L, 200L);
    assertThat(large).isBetween(10_000L, 10_200L);
    assertThat(bench.run("MEMORY USAGE list SAMPLES 0")).startsWith(":");
    assertThat(bench.run("MEMORY USAGE nothing")).isEqualTo("nil");
    assertThat(bench.run("MEMORY USAGE small SAMPLES -1")).isEqualTo("-ERR syntax error");
  }
}
