package naru.protocol.resp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamReadTest {
  private final Bench bench = new Bench();
  private final Bench.Connection reader = bench.connect();
  private final Bench.Connection writer = bench.connect();

  @AfterEach
  void close() {
    bench.close();
  }

  private void fill(String key, int entries) {
    for (int i = 1; i <= entries; i++) {
      writer.run("XADD", key, i + "-0", "f", "v" + i);
    }
  }

  private static long entries(String reply) {
    return reply.split("\\[\"f\"", -1).length - 1L;
  }

  @Test
  void whatComesBehindAnIdIsRead() {
    fill("a", 2);
    fill("b", 1);
    assertThat(reader.run("XREAD STREAMS a b 1 0"))
        .isEqualTo(
            "[[\"a\", [[\"2-0\", [\"f\", \"v2\"]]]], [\"b\", [[\"1-0\", [\"f\", \"v1\"]]]]]");
    assertThat(reader.run("XREAD STREAMS a b 2-0 0"))
        .isEqualTo("[[\"b\", [[\"1-0\", [\"f\", \"v1\"]]]]]");
    assertThat(reader.run("XREAD STREAMS a b 2-0 1-0")).isEqualTo("nil");
    assertThat(reader.run("XREAD STREAMS none 0")).isEqualTo("nil");
  }

  @Test
  void resp3AnswersWithAMap() {
    fill("a", 1);
    Bench.Connection three = bench.connect3();
    three.receive();
    assertThat(three.run("XREAD STREAMS a 0")).isEqualTo("{\"a\": [[\"1-0\", [\"f\", \"v1\"]]]}");
    assertThat(three.run("XREAD STREAMS a 9")).isEqualTo("nil");
  }

  @Test
  void plusIsTheLastEntryThere() {
    assertThat(reader.run("XREAD STREAMS a +")).isEqualTo("nil");
    fill("a", 3);
    assertThat(reader.run("XREAD STREAMS a +"))
        .isEqualTo("[[\"a\", [[\"3-0\", [\"f\", \"v3\"]]]]]");
    writer.run("XDEL a 3-0");
    assertThat(reader.run("XREAD STREAMS a +"))
        .isEqualTo("[[\"a\", [[\"2-0\", [\"f\", \"v2\"]]]]]");
  }

  @Test
  void countIsForEachStreamAndMaxcountForAll() {
    fill("a", 5);
    fill("b", 5);
    fill("c", 5);
    assertThat(entries(reader.run("XREAD COUNT 2 STREAMS a b c 0 0 0"))).isEqualTo(6);
    String capped = reader.run("XREAD COUNT 2 MAXCOUNT 3 STREAMS a b c 0 0 0");
    assertThat(entries(capped)).isEqualTo(3);
    assertThat(capped).contains("\"a\"", "\"b\"").doesNotContain("\"c\"");
    assertThat(entries(reader.run("XREAD MAXCOUNT 7 STREAMS a b c 0 0 0"))).isEqualTo(7);
  }

  @Test
  void maxsizeEndsTheReplyWhenItIsReached() {
    fill("a", 50);
    fill("b", 50);
    // 32 bytes an entry: *2 $3 1-0 *2 $1 f $2 v1.
    long some = entries(reader.run("XREAD MAXSIZE 200 STREAMS a b 0 0"));
    assertThat(some).isBetween(5L, 8L);
    String one = reader.run("XREAD MAXSIZE 1 STREAMS a b 0 0");
    assertThat(entries(one)).isEqualTo(1);
    assertThat(one).doesNotContain("\"b\"");
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThat(reader.run("XREAD MAXCOUNT 0 STREAMS a 0"))
        .isEqualTo("-ERR MAXCOUNT must be a positive integer");
    assertThat(reader.run("XREAD MAXSIZE x STREAMS a 0"))
        .isEqualTo("-ERR MAXSIZE must be a positive integer");
    assertThat(reader.run("XREAD COUNT 5 MAXCOUNT 4 STREAMS a 0"))
        .isEqualTo("-ERR MAXCOUNT must be greater than or equal to COUNT");
    assertThat(reader.run("XREAD BLOCK -1 STREAMS a 0")).isEqualTo("-ERR timeout is negative");
    assertThat(reader.run("XREAD BLOCK x STREAMS a 0"))
        .isEqualTo("-ERR timeout is not an integer or out of range");
    assertThat(reader.run("XREAD STREAMS a b 0"))
        .isEqualTo(
            "-ERR Unbalanced 'xread' list of streams: for each stream key an ID, '+', or '$' must"
                + " be specified.");
    assertThat(reader.run("XREAD COUNT 1 BLOCK 5")).isEqualTo("-ERR syntax error");
    assertThat(reader.run("XREAD NOACK STREAMS a 0"))
        .isEqualTo(
            "-ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.");
    assertThat(reader.run("XREAD STREAMS a >"))
        .isEqualTo(
            "-ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group>"
                + " <consumer> option.");
  }

  @Test
  void whoBlocksIsHandedTheEntry() {
    assertThat(reader.run("XREAD BLOCK 0 STREAMS a b $ $")).isEmpty();
    assertThat(writer.run("XADD b 7-0 f v")).isEqualTo("\"7-0\"");
    assertThat(reader.receive()).isEqualTo("[[\"b\", [[\"7-0\", [\"f\", \"v\"]]]]]");
  }

  @Test
  void dollarMeansTheEndAsItWas() {
    fill("a", 3);
    assertThat(reader.run("XREAD BLOCK 0 STREAMS a $")).isEmpty();
    writer.run("XADD a 4-0 f v4");
    assertThat(reader.receive()).isEqualTo("[[\"a\", [[\"4-0\", [\"f\", \"v4\"]]]]]");
  }

  @Test
  void allWhoBlockGetTheSameEntry() {
    Bench.Connection other = bench.connect();
    reader.run("XREAD BLOCK 0 STREAMS a $");
    other.run("XREAD BLOCK 0 STREAMS a 0");
    writer.run("XADD a 1-0 f v");
    assertThat(reader.receive()).isEqualTo("[[\"a\", [[\"1-0\", [\"f\", \"v\"]]]]]");
    assertThat(other.receive()).isEqualTo("[[\"a\", [[\"1-0\", [\"f\", \"v\"]]]]]");
  }

  @Test
  void blockingEndsInTime() {
    assertThat(reader.run("XREAD BLOCK 100 STREAMS a $")).isEmpty();
    bench.sleepMs(99);
    assertThat(reader.receive()).isEmpty();
    bench.sleepMs(2);
    assertThat(reader.receive()).isEqualTo("nil");
  }

  @Test
  void inATransactionNobodyWaits() {
    reader.run("MULTI");
    reader.run("XREAD BLOCK 0 STREAMS a $");
    assertThat(reader.run("EXEC")).isEqualTo("[nil]");
  }

  @Test
  void aKeyThatBecomesSomethingElseIsWaitedOn() {
    reader.run("XREAD BLOCK 0 STREAMS a $");
    writer.run("SET a x");
    assertThat(reader.receive()).isEmpty();
    writer.run("DEL a");
    writer.run("XADD a 1-0 f v");
    assertThat(reader.receive()).isEqualTo("[[\"a\", [[\"1-0\", [\"f\", \"v\"]]]]]");
    writer.run("SET s x");
    assertThat(reader.run("XREAD BLOCK 0 STREAMS s $")).startsWith("-WRONGTYPE");
  }
}
