package naru.protocol.resp.server;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final Bench bench = new Bench();
  private final Bench.Connection one = bench.connect();

  @Test
  void tooManyClientsAreToldAndCut() {
    one.run("CONFIG SET maxclients 1");
    Bench.Connection second = bench.connect();
    second.send("SET", "a", "1");
    assertThat(second.receive()).isEqualTo("-ERR max number of clients reached");
    assertThat(second.isClosed()).isTrue();
    assertThat(one.run("EXISTS a")).isEqualTo(":0");
    assertThat(one.run("INFO stats")).contains("rejected_connections:1\r\n");
    one.run("CONFIG SET maxclients 2");
    assertThat(bench.connect().run("PING")).isEqualTo("PONG");
  }

  @Test
  void whoIsSilentForTooLongIsClosedButNotWhoWaitsOrListens() {
    Bench.Connection silent = bench.connect();
    Bench.Connection alsoSilent = bench.connect();
    silent.run("PING");
    alsoSilent.run("PING");
    Bench.Connection listens = bench.connect();
    listens.run("SUBSCRIBE c");
    Bench.Connection waits = bench.connect();
    waits.send("BLPOP", "l", "0");
    one.run("CONFIG SET timeout 10");
    bench.sleepMs(6_000);
    one.run("PING");
    assertThat(silent.isClosed()).isFalse();
    bench.sleepMs(6_000);
    assertThat(silent.isClosed()).isTrue();
    assertThat(alsoSilent.isClosed()).isTrue();
    assertThat(one.isClosed()).isFalse();
    assertThat(listens.isClosed()).isFalse();
    assertThat(waits.isClosed()).isFalse();
    assertThat(one.run("INFO clients")).contains("connected_clients:3\r\n");
  }

  @Test
  void aListenerThatDoesNotReadIsCut() {
    Bench.Connection listener = bench.connect();
    listener.run("SUBSCRIBE c");
    one.run("CONFIG", "SET", "client-output-buffer-limit", "pubsub 100000 0 0");
    listener.client().windowBytes(0);
    String message = "x".repeat(60_000);
    assertThat(one.run("PUBLISH", "c", message)).isEqualTo(":1");
    assertThat(listener.isClosed()).isFalse();
    one.run("PUBLISH", "c", message);
    assertThat(listener.isClosed()).isTrue();
    assertThat(one.run("PUBLISH", "c", message)).isEqualTo(":0");
    assertThat(one.run("INFO stats")).contains("client_output_buffer_limit_disconnections:1\r\n");
  }

  @Test
  void whoStaysAboveTheSoftLimitForItsTimeIsCutThoughNothingMoreIsSent() {
    Bench.Connection listener = listening("pubsub 0 50000 10");
    listener.client().windowBytes(0);
    one.run("PUBLISH", "c", "x".repeat(60_000));
    bench.sleepMs(10_000);
    assertThat(listener.isClosed()).isFalse();
    bench.sleepMs(1);
    assertThat(listener.isClosed()).isTrue();
    assertThat(one.run("INFO stats")).contains("client_output_buffer_limit_disconnections:1\r\n");
  }

  @Test
  void whoCatchesUpBeginsTheTimeOfTheSoftLimitAnew() {
    Bench.Connection listener = listening("pubsub 0 50000 10");
    String message = "x".repeat(60_000);
    listener.client().windowBytes(0);
    one.run("PUBLISH", "c", message);
    bench.sleepMs(8_000);
    listener.client().windowBytes(1 << 20);
    listener.receive();
    bench.sleepMs(60_000);
    listener.client().windowBytes(0);
    one.run("PUBLISH", "c", message);
    bench.sleepMs(8_000);
    one.run("PUBLISH", "c", message);
    assertThat(listener.isClosed()).isFalse();
    bench.sleepMs(3_000);
    assertThat(listener.isClosed()).isTrue();
  }

  @Test
  void whoDoesNotReadItsAnswersIsCutAtTheLimitOfNormalClients() {
    Bench.Connection asker = bench.connect();
    one.run("CONFIG", "SET", "client-output-buffer-limit", "normal 100000 0 0 pubsub 1 0 0");
    one.run("SET", "a", "x".repeat(60_000));
    asker.client().windowBytes(0);
    asker.send("GET", "a");
    assertThat(asker.isClosed()).isFalse();
    asker.send("GET", "a");
    assertThat(asker.isClosed()).isTrue();
    assertThat(one.run("PING")).isEqualTo("PONG");
  }

  private Bench.Connection listening(String limit) {
    one.run("CONFIG", "SET", "client-output-buffer-limit", limit);
    Bench.Connection listener = bench.connect();
    listener.run("SUBSCRIBE c");
    return listener;
  }

  @Test
  void theLongestWordFollowsTheSettingAtOnce() {
    one.run("CONFIG SET proto-max-bulk-len 1mb");
    assertThat(one.run("SET", "a", "x".repeat(1 << 20))).isEqualTo("OK");
    assertThat(one.run("SET", "a", "x".repeat((1 << 20) + 1)))
        .isEqualTo("-ERR Protocol error: invalid bulk length");
    assertThat(one.isClosed()).isTrue();
  }
}
