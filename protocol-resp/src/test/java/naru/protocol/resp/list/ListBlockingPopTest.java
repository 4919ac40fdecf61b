package naru.protocol.resp.list;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import naru.protocol.resp.Bench.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListBlockingPopTest {
  private final Bench bench = new Bench();
  private final Connection client = bench.connect();

  @AfterEach
  void replayGivesTheSame() {
    bench.close();
  }

  @Test
  void anElementThatIsThereIsTakenAtOnce() {
    client.run("RPUSH l a b c");
    assertThat(client.run("BLPOP none l 0")).isEqualTo("[\"l\", \"a\"]");
    assertThat(client.run("BRPOP l none 0")).isEqualTo("[\"l\", \"c\"]");
    assertThat(client.run("BLMPOP 0 2 none l LEFT COUNT 5")).isEqualTo("[\"l\", [\"b\"]]");
    assertThat(client.run("EXISTS l")).isEqualTo(":0");
  }

  @Test
  void aPushToAWaitingPopIsHandedOver() {
    Connection waiting = waiting("BLPOP", "l", "0");
    assertThat(client.run("RPUSH l a b")).isEqualTo(":2");
    assertThat(waiting.receive()).isEqualTo("[\"l\", \"a\"]");
    assertThat(client.run("LRANGE l 0 -1")).isEqualTo("[\"b\"]");
  }

  @Test
  void theOldestWaiterIsServedFirst() {
    Connection first = waiting("BLPOP", "l", "0");
    Connection second = waiting("BRPOP", "l", "0");
    Connection third = waiting("BLMPOP", "0", "1", "l", "LEFT", "COUNT", "9");
    client.run("RPUSH l 1 2 3 4");
    assertThat(first.receive()).isEqualTo("[\"l\", \"1\"]");
    assertThat(second.receive()).isEqualTo("[\"l\", \"4\"]");
    assertThat(third.receive()).isEqualTo("[\"l\", [\"2\", \"3\"]]");
  }

  @Test
  void whoeverFindsNothingLeftWaitsOn() {
    Connection first = waiting("BLPOP", "l", "0");
    Connection second = waiting("BLPOP", "l", "0");
    client.run("RPUSH l 1");
    assertThat(first.receive()).isEqualTo("[\"l\", \"1\"]");
    assertThat(second.receive()).isEmpty();
    client.run("RPUSH l 2");
    assertThat(second.receive()).isEqualTo("[\"l\", \"2\"]");
  }

  @Test
  void aPushToAnyOfTheKeysWakes() {
    Connection waiting = waiting("BLPOP", "a", "b", "c", "0");
    client.run("RPUSH c 1");
    assertThat(waiting.receive()).isEqualTo("[\"c\", \"1\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RENAME source l",
        "COPY source l",
        "SORT source STORE l",
        "LMOVE source l LEFT LEFT",
        "RPOPLPUSH source l",
        "LMOVEM source l LEFT RIGHT COUNT 1 BULK",
      })
  void anyWriteThatMakesTheListWakes(String write) {
    client.run("RPUSH source 1");
    Connection waiting = waiting("BLPOP", "l", "0");
    client.run(write);
    assertThat(waiting.receive()).isEqualTo("[\"l\", \"1\"]");
  }

  @Test
  void aListMovedFromAnotherDatabaseWakes() {
    client.run("RPUSH l 1");
    Connection waiting = bench.connect();
    waiting.run("SELECT 3");
    waiting.send("BLPOP", "l", "0");
    client.run("MOVE l 3");
    assertThat(waiting.receive()).isEqualTo("[\"l\", \"1\"]");
  }

  @Test
  void swappedDatabasesWake() {
    client.run("SELECT 3");
    client.run("RPUSH l 1");
    Connection waiting = waiting("BLPOP", "l", "0");
    client.run("SWAPDB 0 3");
    assertThat(waiting.receive()).isEqualTo("[\"l\", \"1\"]");
  }

  @Test
  void whatATransactionPushesIsSeenWhenItIsDone() {
    Connection waiting = waiting("BLPOP", "l", "0");
    client.run("MULTI");
    client.run("RPUSH l 1");
    client.run("RPUSH l 2");
    client.run("LPUSH l 0");
    assertThat(client.run("EXEC")).isEqualTo("[:1, :2, :3]");
    assertThat(waiting.receive()).isEqualTo("[\"l\", \"0\"]");
  }

  @Test
  void whatATransactionPushesAndTakesAwayIsNotSeen() {
    Connection waiting = waiting("BLPOP", "l", "0");
    client.run("MULTI");
    client.run("RPUSH l 1");
    client.run("DEL l");
    client.run("EXEC");
    assertThat(waiting.receive()).isEmpty();
  }

  @Test
  void aValueOfAnotherTypeDoesNotWake() {
    Connection waiting = waiting("BLPOP", "l", "0");
    client.run("SET l text");
    assertThat(waiting.receive()).isEmpty();
    client.run("DEL l");
    client.run("RPUSH l 1");
    assertThat(waiting.receive()).isEqualTo("[\"l\", \"1\"]");
  }

  @Test
  void aValueOfAnotherTypeThatIsThereIsRefused() {
    client.run("SET s text");
    String wrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value";
    assertThat(client.run("BLPOP none s 0")).isEqualTo(wrongType);
    assertThat(client.run("BLMOVE s l LEFT LEFT 0")).isEqualTo(wrongType);
  }

  @Test
  void timeEndsTheWait() {
    Connection waiting = waiting("BRPOP", "l", "0.25");
    bench.sleepMs(249);
    assertThat(waiting.receive()).isEmpty();
    bench.sleepMs(1);
    assertThat(waiting.receiveRaw()).asString().isEqualTo("*-1\r\n");
    client.run("RPUSH l 1");
    assertThat(waiting.receive()).isEmpty();
  }

  @Test
  void zeroIsForEver() {
    Connection waiting = waiting("BLPOP", "l", "0");
    bench.sleepMs(1_000_000_000L);
    assertThat(waiting.receive()).isEmpty();
    client.run("RPUSH l 1");
    assertThat(waiting.receive()).isEqualTo("[\"l\", \"1\"]");
  }

  @Test
  void nobodyWaitsInATransaction() {
    client.run("MULTI");
    client.run("BLPOP l 0");
    client.run("BLMOVE l m LEFT LEFT 0");
    client.run("BLMPOP 0 1 l LEFT");
    client.run("BLMOVEM l m LEFT LEFT 0 EXACTLY 3 BULK");
    client.send("EXEC");
    assertThat(client.receiveRaw()).asString().isEqualTo("*4\r\n*-1\r\n$-1\r\n*-1\r\n*-1\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLPOP l -1", "BLMOVE l m LEFT LEFT -0.5", "BLMPOP -1 1 l LEFT"})
  void aNegativeTimeoutIsRefused(String line) {
    assertThat(client.run(line)).isEqualTo("-ERR timeout is negative");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLPOP l x", "BRPOPLPUSH l m nan", "BLMPOP 1e 1 l LEFT"})
  void aTimeoutThatIsNoNumberIsRefused(String line) {
    assertThat(client.run(line)).isEqualTo("-ERR timeout is not a float or out of range");
  }

  @Test
  void aTimeoutBeyondAllTimeIsRefused() {
    assertThat(client.run("BLPOP l 1e18")).isEqualTo("-ERR timeout is out of range");
    assertThat(client.run("BLPOP l inf")).isEqualTo("-ERR timeout is out of range");
  }

  private Connection waiting(String... words) {
    Connection connection = bench.connect();
    connection.send(words);
    assertThat(connection.receive()).isEmpty();
    return connection;
  }
}
