package naru.protocol.resp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamAddTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private String run(String line) {
    return bench.run(line);
  }

  @Test
  void anIdIsTheTimeAndANumber() {
    long now = bench.nowMs();
    assertThat(run("XADD s * f v")).isEqualTo("\"" + now + "-0\"");
    assertThat(run("XADD s * f v")).isEqualTo("\"" + now + "-1\"");
    bench.sleepMs(5);
    assertThat(run("XADD s * f v")).isEqualTo("\"" + (now + 5) + "-0\"");
  }

  @Test
  void idsRiseWhenTheClockIsBehind() {
    run("XADD s 9999999999999-7 f v");
    assertThat(run("XADD s * f v")).isEqualTo("\"9999999999999-8\"");
    assertThat(bench.replayed().run("XADD s * f v")).isEqualTo("\"9999999999999-9\"");
  }

  @Test
  void anIdGivenMustBeAboveTheLast() {
    assertThat(run("XADD s 5-5 f v")).isEqualTo("\"5-5\"");
    assertThat(run("XADD s 5-5 f v"))
        .isEqualTo(
            "-ERR The ID specified in XADD is equal or smaller than the target stream top item");
    assertThat(run("XADD s 5-* f v")).isEqualTo("\"5-6\"");
    assertThat(run("XADD s 6-* f v")).isEqualTo("\"6-0\"");
    assertThat(run("XADD s 4-* f v")).startsWith("-ERR The ID specified in XADD is equal");
    assertThat(run("XADD t 0-0 f v"))
        .isEqualTo("-ERR The ID specified in XADD must be greater than 0-0");
    assertThat(run("XADD t 0-* f v")).isEqualTo("\"0-1\"");
    assertThat(run("XADD t x f v"))
        .isEqualTo("-ERR Invalid stream ID specified as stream command argument");
  }

  @Test
  void theLastPossibleIdExhaustsTheStream() {
    run("XADD s 18446744073709551615-18446744073709551615 f v");
    assertThat(run("XADD s * f v"))
        .isEqualTo("-ERR The stream has exhausted the last possible ID, unable to add more items");
  }

  @Test
  void nomkstreamAddsToWhatIsThereOnly() {
    assertThat(run("XADD s NOMKSTREAM * f v")).isEqualTo("nil");
    assertThat(run("EXISTS s")).isEqualTo(":0");
    run("XADD s 1-1 f v");
    assertThat(run("XADD s nomkstream 1-2 f v")).isEqualTo("\"1-2\"");
  }

  @Test
  void fieldsAndValuesComeInPairs() {
    assertThat(run("XADD s * f")).isEqualTo("-ERR wrong number of arguments for 'xadd' command");
    assertThat(run("XADD s * f v g"))
        .isEqualTo("-ERR wrong number of arguments for 'xadd' command");
    assertThat(run("XADD s MAXLEN 5 f v x"))
        .isEqualTo("-ERR Invalid stream ID specified as stream command argument");
  }

  @Test
  void addingMayTrim() {
    for (int i = 1; i <= 5; i++) {
      run("XADD s MAXLEN 3 " + i + "-0 f v");
    }
    assertThat(run("XRANGE s - +"))
        .isEqualTo(
            "[[\"3-0\", [\"f\", \"v\"]], [\"4-0\", [\"f\", \"v\"]], [\"5-0\", [\"f\", \"v\"]]]");
    run("XADD s MINID = 5 6-0 f v");
    assertThat(run("XLEN s")).isEqualTo(":2");
    run("XADD s MAXLEN 0 7-0 f v");
    assertThat(run("XLEN s")).isEqualTo(":0");
    assertThat(run("XADD s 7-0 f v")).startsWith("-ERR");
  }

  @Test
  void trimmingThatMakesNoSenseIsRefused() {
    assertThat(run("XADD s MAXLEN 1 MINID 1 * f v"))
        .isEqualTo(
            "-ERR syntax error, MAXLEN and MINID options at the same time are not compatible");
    assertThat(run("XADD s MAXLEN -1 * f v")).isEqualTo("-ERR The MAXLEN argument must be >= 0.");
    assertThat(run("XADD s MAXLEN 1 LIMIT 5 * f v"))
        .isEqualTo("-ERR syntax error, LIMIT cannot be used without the special ~ option");
    assertThat(run("XADD s LIMIT 5 * f v"))
        .isEqualTo(
            "-ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
    assertThat(run("XADD s MAXLEN ~ 1 LIMIT -5 * f v"))
        .isEqualTo("-ERR The LIMIT argument must be >= 0.");
    assertThat(run("XADD s MAXLEN ~ x * f v"))
        .isEqualTo("-ERR value is not an integer or out of range");
    assertThat(run("EXISTS s")).isEqualTo(":0");
  }

  @Test
  void aMessageSentAgainIsNotAddedAgain() {
    String first = run("XADD s IDMP producer m1 * f v");
    bench.sleepMs(5);
    assertThat(run("XADD s IDMP producer m1 * f other")).isEqualTo(first);
    assertThat(run("XADD s IDMP another m1 * f v")).isNotEqualTo(first);
    assertThat(run("XLEN s")).isEqualTo(":2");
    assertThat(bench.replayed().run("XADD s IDMP producer m1 * f v")).isEqualTo(first);
    assertThat(run("XINFO STREAM s"))
        .contains("\"pids-tracked\", :2, \"iids-tracked\", :2, \"iids-added\", :2")
        .contains("\"iids-duplicates\", :1");
  }

  @Test
  void aMessageIsForgottenInTime() {
    String first = run("XADD s IDMP producer m1 * f v");
    bench.sleepMs(99_000);
    assertThat(run("XADD s IDMP producer m1 * f v")).isEqualTo(first);
    bench.sleepMs(2_000);
    assertThat(run("XADD s IDMP producer m1 * f v")).isNotEqualTo(first);
    assertThat(run("XLEN s")).isEqualTo(":2");
  }

  @Test
  void theSamePairsInAnyOrderAreTheSameMessage() {
    String first = run("XADD s IDMPAUTO producer * a 1 b 2");
    assertThat(run("XADD s IDMPAUTO producer * b 2 a 1")).isEqualTo(first);
    assertThat(run("XADD s IDMPAUTO producer * a 2 b 1")).isNotEqualTo(first);
    assertThat(run("XADD s IDMPAUTO producer * a1 b 2 x")).isNotEqualTo(first);
  }

  @Test
  void idempotenceNeedsIdsOfTheBroker() {
    assertThat(run("XADD s IDMP p m 1-1 f v"))
        .isEqualTo("-ERR syntax error, IDMP/IDMPAUTO can be used only with auto-generated IDs");
    assertThat(run("XADD s IDMP p m IDMPAUTO p * f v"))
        .isEqualTo("-ERR syntax error, IDMP/IDMPAUTO specified multiple times");
    assertThat(bench.run("XADD", "s", "IDMP", "", "m", "*", "f", "v"))
        .isEqualTo("-ERR syntax error, IDMP requires a non-empty producer ID");
    assertThat(bench.run("XADD", "s", "IDMPAUTO", "", "*", "f", "v"))
        .isEqualTo("-ERR syntax error, IDMPAUTO requires a non-empty producer ID");
    assertThat(bench.run("XADD", "s", "IDMP", "p", "", "*", "f", "v"))
        .isEqualTo("-ERR syntax error, IDMP requires a non-empty idempotent ID");
  }

  @Test
  void anotherTypeIsRefused() {
    run("SET s x");
    assertThat(run("XADD s * f v"))
        .isEqualTo("-WRONGTYPE Operation against a key holding the wrong kind of value");
  }
}
