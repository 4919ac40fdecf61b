package naru.protocol.resp.list;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import naru.protocol.resp.Bench.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListMoveTest {
  private final Bench bench = new Bench();
  private final Connection client = bench.connect();

  @AfterEach
  void replayGivesTheSame() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({
    "LMOVE a b LEFT LEFT, 1, '2, 3', '1, x'",
    "LMOVE a b LEFT RIGHT, 1, '2, 3', 'x, 1'",
    "LMOVE a b RIGHT LEFT, 3, '1, 2', '3, x'",
    "LMOVE a b RIGHT RIGHT, 3, '1, 2', 'x, 3'",
    "RPOPLPUSH a b, 3, '1, 2', '3, x'",
    "BLMOVE a b LEFT RIGHT 0, 1, '2, 3', 'x, 1'",
    "BRPOPLPUSH a b 0, 3, '1, 2', '3, x'",
  })
  void anElementGoesFromOneEndToAnother(String line, String moved, String source, String target) {
    client.run("RPUSH a 1 2 3");
    client.run("RPUSH b x");
    assertThat(client.run(line)).isEqualTo("\"" + moved + "\"");
    assertThat(list("a")).isEqualTo(source);
    assertThat(list("b")).isEqualTo(target);
  }

  @Test
  void aListCanBeTurnedRound() {
    client.run("RPUSH a 1 2 3");
    client.run("LMOVE a a LEFT RIGHT");
    assertThat(list("a")).isEqualTo("2, 3, 1");
    client.run("RPOPLPUSH a a");
    assertThat(list("a")).isEqualTo("1, 2, 3");
  }

  @Test
  void aMoveIsLoggedWithoutTheElement() {
    client.run("RPUSH", "a", "x".repeat(10_000));
    client.run("LMOVE a b LEFT LEFT");
    assertThat(bench.ops().getLast()).hasSizeLessThan(200);
  }

  @Test
  void anElementMovedToAWaitingMoveGoesOn() {
    Connection waiting = bench.connect();
    waiting.send("BLMOVE", "b", "c", "LEFT", "RIGHT", "0");
    Connection last = bench.connect();
    last.send("BLPOP", "c", "0");
    client.run("RPUSH a 1");
    client.run("LMOVE a b LEFT LEFT");
    assertThat(waiting.receive()).isEqualTo("\"1\"");
    assertThat(last.receive()).isEqualTo("[\"c\", \"1\"]");
  }

  @Test
  void aWaitingMoveIsRefusedWhenItsDestinationIsNoListThen() {
    Connection waiting = bench.connect();
    waiting.send("BLMOVE", "a", "b", "LEFT", "RIGHT", "0");
    client.run("SET b text");
    client.run("RPUSH a 1");
    assertThat(waiting.receive()).startsWith("-WRONGTYPE");
    assertThat(list("a")).isEqualTo("1");
  }

  @Test
  void aMoveThatWaitedInVainGetsANullArray() {
    client.send("BRPOPLPUSH", "a", "b", "1");
    bench.sleepMs(1000);
    assertThat(client.receiveRaw()).asString().isEqualTo("*-1\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "LEFT LEFT COUNT 2 OBO, '2, 1', '3', '2, 1, x'",
    "LEFT RIGHT COUNT 2 OBO, '1, 2', '3', 'x, 1, 2'",
    "RIGHT LEFT COUNT 2 OBO, '2, 3', '1', '2, 3, x'",
    "RIGHT RIGHT EXACTLY 2 OBO, '3, 2', '1', 'x, 3, 2'",
    "LEFT LEFT COUNT 2 BULK, '1, 2', '3', '1, 2, x'",
    "RIGHT RIGHT COUNT 2 BULK, '2, 3', '1', 'x, 2, 3'",
    "LEFT RIGHT, '1', '2, 3', 'x, 1'",
    "LEFT RIGHT COUNT 9 BULK, '1, 2, 3', '', 'x, 1, 2, 3'",
  })
  void severalGoAtOnce(String how, String moved, String source, String target) {
    client.run("RPUSH a 1 2 3");
    client.run("RPUSH b x");
    assertThat(unquoted(client.run("LMOVEM a b " + how))).isEqualTo(moved);
    assertThat(list("a")).isEqualTo(source);
    assertThat(list("b")).isEqualTo(target);
  }

  @Test
  void whereThereAreNotExactlySoManyNothingMoves() {
    client.run("RPUSH a 1 2 3");
    assertThat(client.run("LMOVEM a b LEFT RIGHT EXACTLY 4 BULK")).isEqualTo("nil");
    assertThat(list("a")).isEqualTo("1, 2, 3");
    assertThat(client.run("LMOVEM none b LEFT RIGHT COUNT 4 BULK")).isEqualTo("nil");
    assertThat(client.run("EXISTS b")).isEqualTo(":0");
  }

  @Test
  void elementsThatStayInTheirListAreTurnedOneByOneAndKeptAsARun() {
    client.run("RPUSH a 1 2 3");
    client.run("LMOVEM a a LEFT LEFT EXACTLY 2 BULK");
    assertThat(list("a")).isEqualTo("1, 2, 3");
    client.run("LMOVEM a a LEFT LEFT EXACTLY 2 OBO");
    assertThat(list("a")).isEqualTo("2, 1, 3");
  }

  @Test
  void whoWaitsForExactlySoManyIsServedWhenTheyAreThere() {
    Connection waiting = bench.connect();
    waiting.send("BLMOVEM", "a", "b", "LEFT", "RIGHT", "0", "EXACTLY", "3", "BULK");
    client.run("RPUSH a 1 3");
    assertThat(waiting.receive()).isEmpty();
    assertThat(list("a")).isEqualTo("1, 3");
    client.run("LINSERT a BEFORE 3 2");
    assertThat(unquoted(waiting.receive())).isEqualTo("1, 2, 3");
    assertThat(list("b")).isEqualTo("1, 2, 3");
  }

  @ParameterizedTest
  @CsvSource({
    "LMOVEM a b LEFT, -ERR wrong number of arguments for 'lmovem' command",
    "LMOVEM a b LEFT RIGHT COUNT 2, -ERR syntax error",
    "LMOVEM a b LEFT RIGHT COUNT 2 OBO x, -ERR syntax error",
    "LMOVEM a b LEFT RIGHT COUNT 2 x, -ERR syntax error",
    "LMOVEM a b LEFT x COUNT 2 OBO, -ERR syntax error",
    "LMOVEM a b LEFT RIGHT COUNT 0 BULK, -ERR count should be greater than 0",
    "LMOVEM a b LEFT RIGHT EXACTLY x BULK, -ERR count should be greater than 0",
    "LMOVE a b LEFT x, -ERR syntax error",
  })
  void whatMakesNoSenseIsRefused(String line, String refusal) {
    assertThat(client.run(line)).isEqualTo(refusal);
  }

  private String list(String key) {
    return unquoted(client.run("LRANGE", key, "0", "-1"));
  }

  private static String unquoted(String array) {
    return array.substring(1, array.length() - 1).replace("\"", "");
  }
}
