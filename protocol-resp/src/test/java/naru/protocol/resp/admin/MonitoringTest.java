package naru.protocol.resp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `SLOWLOG`, `LATENCY`, `WAIT`, `WAITAOF`, `SHUTDOWN`, `TIME`, `ROLE`.
class MonitoringTest {
  private final Bench bench = new Bench();
  private final Bench.Connection one = bench.connect();

  @Test
  void slowCommandsAreKeptNewestFirst() {
    one.run("CLIENT SETNAME me");
    one.run("CONFIG SET slowlog-log-slower-than 0");
    one.run("SET a 1");
    one.run("GET a");
    assertThat(one.run("SLOWLOG GET 2"))
        .matches(
            "\\[\\[:2, :1700000000, :0, \\[\"GET\", \"a\"], \"[^\"]+\", \"me\"],"
                + " \\[:1, :1700000000, :0, \\[\"SET\", \"a\", \"1\"], \"[^\"]+\", \"me\"]]");
    assertThat(one.run("SLOWLOG LEN")).isEqualTo(":4");
    assertThat(one.run("SLOWLOG RESET")).isEqualTo("OK");
    assertThat(one.run("SLOWLOG LEN")).isEqualTo(":1");
  }

  @Test
  void theSlowLogIsNoLongerThanItsSetting() {
    one.run("CONFIG SET slowlog-log-slower-than 0 slowlog-max-len 2");
    one.run("PING");
    one.run("PING");
    one.run("PING");
    assertThat(one.run("SLOWLOG LEN")).isEqualTo(":2");
    one.run("CONFIG SET slowlog-log-slower-than -1");
    one.run("SLOWLOG RESET");
    one.run("PING");
    assertThat(one.run("SLOWLOG GET -1")).isEqualTo("[]");
  }

  @Test
  void theSlowLogShortensWhatIsLong() {
    one.run("CONFIG SET slowlog-log-slower-than 0");
    one.run("SET", "a", "x".repeat(130));
    assertThat(one.run("SLOWLOG GET 1")).contains("\"" + "x".repeat(128) + "... (2 more bytes)\"");
    one.run(("DEL" + " k".repeat(40)).split(" "));
    assertThat(one.run("SLOWLOG GET 1")).contains("\"k\", \"... (10 more arguments)\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SLOWLOG GET -2 | ERR count should be greater than or equal to -1",
        "SLOWLOG GET a | ERR count should be greater than or equal to -1",
        "SLOWLOG get 1 2 | ERR unknown subcommand or wrong number of arguments for 'get'."
            + " Try SLOWLOG HELP.",
        "LATENCY foo | ERR unknown subcommand 'foo'. Try LATENCY HELP.",
        "WAIT a 0 | ERR value is not an integer or out of range",
        "WAIT 0 b | ERR timeout is not an integer or out of range",
        "WAIT 0 -1 | ERR timeout is negative",
        "WAITAOF 2 0 0 | ERR value is out of range, value must between 0 and 1",
        "WAITAOF 1 0 -1 | ERR timeout is negative"
      })
  void whatMakesNoSenseIsRefused(String call, String refusal) {
    assertThat(one.run(call)).isEqualTo("-" + refusal);
  }

  @Test
  void slowEventsAreKeptOneASecond() {
    one.run("CONFIG SET latency-monitor-threshold 100");
    bench.server().latency().note("command", 99_000_000, 5_000);
    bench.server().latency().note("command", 100_000_000, 5_000);
    bench.server().latency().note("command", 300_000_000, 5_900);
    bench.server().latency().note("command", 200_000_000, 6_000);
    assertThat(one.run("LATENCY HISTORY command")).isEqualTo("[[:5, :300], [:6, :200]]");
    assertThat(one.run("LATENCY LATEST")).startsWith("[[\"command\", :6, :200, :300");
    assertThat(one.run("LATENCY RESET nosuch")).isEqualTo(":0");
    assertThat(one.run("LATENCY RESET command")).isEqualTo(":1");
    assertThat(one.run("LATENCY LATEST")).isEqualTo("[]");
    assertThat(one.run("LATENCY HISTORY command")).isEqualTo("[]");
  }

  @Test
  void latencyOfCommandsIsCounted() {
    one.run("SET a 1");
    one.run("SET a 1");
    assertThat(bench.connect3().run("LATENCY HISTOGRAM set nosuch get"))
        .startsWith("{\"set\": {\"calls\": :2, \"histogram_usec\": {")
        .endsWith(": :2}}}");
  }

  @Test
  void waitEndsAtOnceWhenNothingIsAskedElseWhenTimeIsUp() {
    assertThat(one.run("WAIT 0 0")).isEqualTo(":0");
    assertThat(one.run("WAIT -1 0")).isEqualTo(":0");
    assertThat(one.run("WAIT 1 100")).isEmpty();
    bench.sleepMs(101);
    assertThat(one.receive()).isEqualTo(":0");
  }

  @Test
  void waitForTheLogEndsWhenItIsSynced() {
    one.run("SET a 1");
    assertThat(one.run("WAITAOF 1 0 0")).isEqualTo("[:1, :0]");
    assertThat(one.run("WAITAOF 1 1 100")).isEmpty();
    bench.sleepMs(101);
    assertThat(one.receive()).isEqualTo("[:1, :0]");
  }

  @Test
  void waitForTheLogLastsUntilWhatWasWrittenBeforeIsOnDisk() {
    bench.holdSync();
    one.run("SET a 1");
    assertThat(one.run("WAITAOF 1 0 0")).isEmpty();
    assertThat(one.run("GET a")).as("waits its turn").isEmpty();
    bench.sync();
    assertThat(one.receive()).isEqualTo("[:1, :0] \"1\"");
  }

  @Test
  void waitForTheLogEndsWithItsTimeAndSaysThatItIsNotSynced() {
    bench.holdSync();
    one.run("SET a 1");
    assertThat(one.run("WAITAOF 0 0 0")).isEqualTo("[:0, :0]");
    assertThat(one.run("WAITAOF 1 0 100")).isEmpty();
    bench.sleepMs(101);
    assertThat(one.receive()).isEqualTo("[:0, :0]");
  }

  @Test
  void aSyncDoesNotEndWhatIsWaitedForAfterTheTimeWasUp() {
    bench.holdSync();
    one.run("SET a 1");
    one.run("WAITAOF 1 0 100");
    bench.sleepMs(101);
    assertThat(one.receive()).isEqualTo("[:0, :0]");
    assertThat(one.run("BLPOP l 0")).isEmpty();
    bench.sync();
    assertThat(one.receive()).isEmpty();
    bench.connect().run("RPUSH l x");
    assertThat(one.receive()).isEqualTo("[\"l\", \"x\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " NOSAVE", " save", " NOW FORCE", " SAVE NOW FORCE"})
  void shutdownEndsTheBroker(String options) {
    assertThat(one.run("SHUTDOWN" + options)).isEmpty();
    assertThat(bench.reactor().isStopped()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {" foo", " SAVE NOSAVE", " ABORT NOW", " ABORT SAVE"})
  void shutdownRefusesWhatMakesNoSense(String options) {
    assertThat(one.run("SHUTDOWN" + options)).isEqualTo("-ERR syntax error");
    assertThat(bench.reactor().isStopped()).isFalse();
  }

  @Test
  void thereIsNoShutdownToAbort() {
    assertThat(one.run("SHUTDOWN ABORT")).isEqualTo("-ERR No shutdown in progress.");
  }

  @Test
  void timeIsInSecondsAndMicroseconds() {
    bench.sleepMs(1500);
    assertThat(one.run("TIME")).isEqualTo("[\"1700000001\", \"500000\"]");
  }

  @Test
  void theRoleIsMasterWithoutReplicas() {
    assertThat(one.run("ROLE")).matches("\\[\"master\", :\\d+, \\[]]");
  }
}
