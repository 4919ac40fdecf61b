package naru.protocol.resp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamGroupReadTest {
  private final Bench bench = new Bench();
  private final Bench.Connection anna = bench.connect();
  private final Bench.Connection berta = bench.connect();
  private final Bench.Connection writer = bench.connect();

  @BeforeEach
  void fill() {
    writer.run("XGROUP CREATE s g 0 MKSTREAM");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void add(int first, int last) {
    for (int i = first; i <= last; i++) {
      writer.run("XADD", "s", i + "-0", "f", "v" + i);
    }
  }

  @Test
  void eachEntryGoesToOneConsumer() {
    add(1, 3);
    assertThat(anna.run("XREADGROUP GROUP g anna COUNT 2 STREAMS s >"))
        .isEqualTo("[[\"s\", [[\"1-0\", [\"f\", \"v1\"]], [\"2-0\", [\"f\", \"v2\"]]]]]");
    assertThat(berta.run("XREADGROUP GROUP g berta STREAMS s >"))
        .isEqualTo("[[\"s\", [[\"3-0\", [\"f\", \"v3\"]]]]]");
    assertThat(anna.run("XREADGROUP GROUP g anna STREAMS s >")).isEqualTo("nil");
    assertThat(writer.run("XPENDING s g"))
        .isEqualTo("[:3, \"1-0\", \"3-0\", [[\"anna\", \"2\"], [\"berta\", \"1\"]]]");
  }

  @Test
  void anIdReadsWhatOneHasAgain() {
    add(1, 3);
    anna.run("XREADGROUP GROUP g anna STREAMS s >");
    writer.run("XDEL s 2-0");
    assertThat(anna.run("XREADGROUP GROUP g anna STREAMS s 0"))
        .isEqualTo(
            "[[\"s\", [[\"1-0\", [\"f\", \"v1\"]], [\"2-0\", nil], [\"3-0\", [\"f\", \"v3\"]]]]]");
    assertThat(anna.run("XREADGROUP GROUP g anna STREAMS s 2-0"))
        .isEqualTo("[[\"s\", [[\"3-0\", [\"f\", \"v3\"]]]]]");
    assertThat(berta.run("XREADGROUP GROUP g berta STREAMS s 0")).isEqualTo("[[\"s\", []]]");
    assertThat(writer.run("XPENDING s g - + 9"))
        .isEqualTo(
            "[[\"1-0\", \"anna\", :0, :2], [\"2-0\", \"anna\", :0, :1], [\"3-0\", \"anna\", :0,"
                + " :3]]");
  }

  @Test
  void noackLeavesNothingPending() {
    add(1, 2);
    anna.run("XREADGROUP GROUP g anna NOACK STREAMS s >");
    assertThat(writer.run("XPENDING s g")).isEqualTo("[:0, nil, nil, nil]");
    assertThat(writer.run("XINFO GROUPS s")).contains("\"2-0\", \"entries-read\", :2, \"lag\", :0");
  }

  @Test
  void whoBlocksLongestIsServedFirst() {
    assertThat(anna.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >")).isEmpty();
    assertThat(berta.run("XREADGROUP GROUP g berta BLOCK 0 STREAMS s >")).isEmpty();
    add(1, 1);
    assertThat(anna.receive()).isEqualTo("[[\"s\", [[\"1-0\", [\"f\", \"v1\"]]]]]");
    assertThat(berta.receive()).isEmpty();
    add(2, 2);
    assertThat(berta.receive()).isEqualTo("[[\"s\", [[\"2-0\", [\"f\", \"v2\"]]]]]");
    assertThat(writer.run("XPENDING s g")).contains("[\"anna\", \"1\"], [\"berta\", \"1\"]");
  }

  @Test
  void whoBlocksIsAMemberAlready() {
    anna.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >");
    assertThat(writer.run("XINFO CONSUMERS s g"))
        .isEqualTo("[[\"name\", \"anna\", \"pending\", :0, \"idle\", :0, \"inactive\", :-1]]");
    assertThat(bench.replayed().run("XINFO CONSUMERS s g")).contains("anna");
  }

  @Test
  void theGroupsEndEndsTheWait() {
    anna.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >");
    writer.run("XGROUP DESTROY s g");
    assertThat(anna.receive())
        .isEqualTo(
            "-NOGROUP No such key 's' or consumer group 'g' in XREADGROUP with GROUP option");
  }

  @Test
  void theKeysEndEndsTheWait() {
    anna.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >");
    writer.run("DEL s");
    assertThat(anna.receive()).startsWith("-NOGROUP No such key 's'");
    writer.run("XGROUP CREATE s g 0 MKSTREAM");
    anna.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >");
    writer.run("SET s x");
    assertThat(anna.receive()).startsWith("-WRONGTYPE");
  }

  /// What stands before the group again is given out with the next entry, no sooner.
  @Test
  void whoBlocksIsWokenByNewEntriesAlone() {
    add(1, 3);
    writer.run("XGROUP SETID s g $");
    anna.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >");
    writer.run("XGROUP SETID s g 1");
    writer.run("XDEL s 1-0");
    writer.run("XTRIM s MAXLEN 1");
    writer.run("XGROUP CREATE s other 0");
    writer.run("XGROUP CREATECONSUMER s g berta");
    writer.run("XSETID s 3-1");
    writer.run("EXPIRE s 100");
    writer.run("PERSIST s");
    assertThat(anna.receive()).isEmpty();
    add(4, 4);
    assertThat(anna.receive())
        .isEqualTo("[[\"s\", [[\"3-0\", [\"f\", \"v3\"]], [\"4-0\", [\"f\", \"v4\"]]]]]");
  }

  @Test
  void anEntryIsReadThoughItsGroupIsSetBackToItOnlyAfterwards() {
    writer.run("XGROUP SETID s g 9");
    anna.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >");
    writer.run("MULTI");
    writer.run("XADD s 5-0 f v5");
    writer.run("XGROUP SETID s g 0");
    writer.run("EXEC");
    assertThat(anna.receive()).isEqualTo("[[\"s\", [[\"5-0\", [\"f\", \"v5\"]]]]]");
  }

  @Test
  void aWatchedStreamIsChangedByTakingFromIt() {
    add(1, 3);
    anna.run("WATCH s");
    writer.run("XDEL s 1-0");
    anna.run("MULTI");
    assertThat(anna.run("EXEC")).isEqualTo("nil");
    anna.run("WATCH s");
    writer.run("XTRIM s MAXLEN 1");
    anna.run("MULTI");
    assertThat(anna.run("EXEC")).isEqualTo("nil");
    anna.run("WATCH s");
    writer.run("EXPIRE s 100");
    anna.run("MULTI");
    assertThat(anna.run("EXEC")).isEqualTo("nil");
  }

  @Test
  void blockingEndsInTime() {
    anna.run("XREADGROUP GROUP g anna BLOCK 50 STREAMS s >");
    bench.sleepMs(51);
    assertThat(anna.receive()).isEqualTo("nil");
  }

  @Test
  void claimTakesOverWhatHasBeenIdle() {
    add(1, 2);
    anna.run("XREADGROUP GROUP g anna STREAMS s >");
    bench.sleepMs(1000);
    add(3, 3);
    assertThat(berta.run("XREADGROUP GROUP g berta CLAIM 1000 STREAMS s >"))
        .isEqualTo(
            "[[\"s\", [[\"1-0\", [\"f\", \"v1\"], :1000, :1], [\"2-0\", [\"f\", \"v2\"], :1000,"
                + " :1], [\"3-0\", [\"f\", \"v3\"], :0, :0]]]]");
    assertThat(writer.run("XPENDING s g"))
        .isEqualTo("[:3, \"1-0\", \"3-0\", [[\"berta\", \"3\"]]]");
    assertThat(berta.run("XREADGROUP GROUP g berta CLAIM 1000 STREAMS s >")).isEqualTo("nil");
    assertThat(writer.run("XPENDING s g - + 1")).isEqualTo("[[\"1-0\", \"berta\", :0, :2]]");
  }

  @Test
  void claimTakesWhatWasDeliveredFirst() {
    add(1, 4);
    anna.run("XREADGROUP GROUP g anna COUNT 2 STREAMS s >");
    bench.sleepMs(10);
    anna.run("XREADGROUP GROUP g anna COUNT 2 STREAMS s >");
    bench.sleepMs(10);
    anna.run("XREADGROUP GROUP g anna COUNT 1 STREAMS s 0");
    bench.sleepMs(10);
    String claimed = berta.run("XREADGROUP GROUP g berta COUNT 3 CLAIM 5 STREAMS s >");
    assertThat(claimed.replaceAll(", \\[\"f\", \"v.\"\\]", ""))
        .isEqualTo("[[\"s\", [[\"2-0\", :30, :1], [\"3-0\", :20, :1], [\"4-0\", :20, :1]]]]");
  }

  @Test
  void whoWaitsIsServedWhenAnEntryHasBeenIdleLongEnough() {
    add(1, 1);
    anna.run("XREADGROUP GROUP g anna STREAMS s >");
    assertThat(berta.run("XREADGROUP GROUP g berta BLOCK 0 CLAIM 500 STREAMS s >")).isEmpty();
    bench.sleepMs(499);
    assertThat(berta.receive()).isEmpty();
    bench.sleepMs(1);
    assertThat(berta.receive()).isEqualTo("[[\"s\", [[\"1-0\", [\"f\", \"v1\"], :500, :1]]]]");
  }

  @Test
  void whatIsGivenBackIsServedAtOnce() {
    add(1, 1);
    anna.run("XREADGROUP GROUP g anna STREAMS s >");
    assertThat(berta.run("XREADGROUP GROUP g berta BLOCK 0 CLAIM 5000 STREAMS s >")).isEmpty();
    assertThat(anna.run("XNACK s g FAIL IDS 1 1-0")).isEqualTo(":1");
    assertThat(berta.receive())
        .isEqualTo("[[\"s\", [[\"1-0\", [\"f\", \"v1\"], :" + bench.nowMs() + ", :1]]]]");
  }

  @Test
  void maxcountAndMaxsizeDoNotDeliverWhatTheyLeaveOut() {
    writer.run("XGROUP CREATE t g 0 MKSTREAM");
    add(1, 5);
    writer.run("XADD t 1-0 f v");
    anna.run("XREADGROUP GROUP g anna MAXCOUNT 3 STREAMS s t > >");
    assertThat(writer.run("XPENDING s g")).startsWith("[:3");
    assertThat(writer.run("XPENDING t g")).startsWith("[:0");
    anna.run("XREADGROUP GROUP g anna MAXSIZE 1 STREAMS s t > >");
    assertThat(writer.run("XPENDING s g")).startsWith("[:4");
    assertThat(anna.run("XREADGROUP GROUP g anna MAXCOUNT 2 STREAMS s 0"))
        .isEqualTo("[[\"s\", [[\"1-0\", [\"f\", \"v1\"]], [\"2-0\", [\"f\", \"v2\"]]]]]");
  }

  @Test
  void wordsThatMakeNoSenseAreRefused() {
    assertThat(anna.run("XREADGROUP GROUP g anna STREAMS none >"))
        .isEqualTo(
            "-NOGROUP No such key 'none' or consumer group 'g' in XREADGROUP with GROUP option");
    assertThat(anna.run("XREADGROUP GROUP g anna STREAMS s $"))
        .startsWith("-ERR The $ ID is meaningless in the context of XREADGROUP");
    assertThat(anna.run("XREADGROUP COUNT 1 BLOCK 1 STREAMS s >"))
        .isEqualTo("-ERR Missing GROUP option for XREADGROUP");
    assertThat(anna.run("XREADGROUP GROUP g anna CLAIM -1 STREAMS s >"))
        .isEqualTo("-ERR min-idle-time must be a positive integer");
    assertThat(anna.run("XREADGROUP GROUP g anna CLAIM x STREAMS s >"))
        .isEqualTo("-ERR min-idle-time is not an integer or out of range");
    assertThat(anna.run("XREADGROUP GROUP g anna STREAMS s t >"))
        .startsWith(
            "-ERR Unbalanced 'xreadgroup' list of streams: for each stream key an ID or '>'");
  }

  @Test
  void readingInATransactionDeliversToo() {
    add(1, 1);
    anna.run("MULTI");
    anna.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >");
    anna.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >");
    assertThat(anna.run("EXEC")).isEqualTo("[[[\"s\", [[\"1-0\", [\"f\", \"v1\"]]]]], nil]");
  }

  @Test
  void aWatchedStreamIsNotChangedByReading() {
    add(1, 1);
    anna.run("WATCH s");
    berta.run("XREADGROUP GROUP g berta STREAMS s >");
    berta.run("XACK s g 1-0");
    anna.run("MULTI");
    anna.run("XLEN s");
    assertThat(anna.run("EXEC")).isEqualTo("[:1]");
  }
}
