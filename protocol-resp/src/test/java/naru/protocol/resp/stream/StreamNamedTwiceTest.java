package naru.protocol.resp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamNamedTwiceTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void newEntriesAreGivenOutOnce() {
    bench.run("XGROUP CREATE x g 0 MKSTREAM");
    bench.run("XADD x 1-1 f v");
    assertThat(bench.run("XREADGROUP GROUP g c STREAMS x x > >"))
        .isEqualTo("[[\"x\", [[\"1-1\", [\"f\", \"v\"]]]]]");
    assertThat(bench.run("XPENDING x g")).startsWith("[:1, ");
  }

  @Test
  void theSecondTimeBeginsWhereTheFirstEnded() {
    fill(3);
    assertThat(bench.run("XREADGROUP GROUP g c COUNT 1 STREAMS x x > >"))
        .isEqualTo("[[\"x\", [[\"1-0\", [\"f\", \"v\"]]]], [\"x\", [[\"2-0\", [\"f\", \"v\"]]]]]");
    assertThat(bench.run("XINFO GROUPS x"))
        .contains("\"pending\", :2", "\"last-delivered-id\", \"2-0\"", "\"entries-read\", :2");
  }

  @Test
  void historyHasWhatWasJustGivenOut() {
    fill(2);
    assertThat(bench.run("XREADGROUP GROUP g c COUNT 1 STREAMS x x x 0 > 0"))
        .isEqualTo(
            "[[\"x\", []], [\"x\", [[\"1-0\", [\"f\", \"v\"]]]], [\"x\", [[\"1-0\", [\"f\","
                + " \"v\"]]]]]");
    assertThat(bench.run("XPENDING x g - + 9")).isEqualTo("[[\"1-0\", \"c\", :0, :2]]");
  }

  @Test
  void historyReadTwiceCountsTwice() {
    fill(2);
    bench.run("XREADGROUP GROUP g c STREAMS x >");
    bench.run("XREADGROUP GROUP g c STREAMS x x 0 1");
    assertThat(bench.run("XPENDING x g - + 9"))
        .isEqualTo("[[\"1-0\", \"c\", :0, :2], [\"2-0\", \"c\", :0, :3]]");
  }

  @Test
  void whatWasTakenOverIsNotIdleTheSecondTime() {
    fill(2);
    bench.run("XREADGROUP GROUP g other STREAMS x >");
    bench.sleepMs(1000);
    assertThat(bench.run("XREADGROUP GROUP g c COUNT 1 CLAIM 500 STREAMS x x > >"))
        .isEqualTo(
            "[[\"x\", [[\"1-0\", [\"f\", \"v\"], :1000, :1]]], [\"x\", [[\"2-0\", [\"f\", \"v\"],"
                + " :1000, :1]]]]");
    assertThat(bench.run("XREADGROUP GROUP g c CLAIM 500 STREAMS x x > >")).isEqualTo("nil");
  }

  private void fill(int entries) {
    bench.run("XGROUP CREATE x g 0 MKSTREAM");
    for (int i = 1; i <= entries; i++) {
      bench.run("XADD x " + i + "-0 f v");
    }
  }

  @Test
  void anIdClaimedTwiceIsPendingOnce() {
    bench.run("XADD x 1-2 f v");
    bench.run("XGROUP CREATE x g 0");
    assertThat(bench.run("XCLAIM x g a 0 1-2 1-2 FORCE"))
        .isEqualTo("[[\"1-2\", [\"f\", \"v\"]], [\"1-2\", [\"f\", \"v\"]]]");
    assertThat(bench.run("XPENDING x g")).startsWith("[:1, ");
  }

  @Test
  void anErrorShowsTheClientsBytesUpToAZero() {
    assertThat(bench.run("XADD x 1-1 f v")).isNotEmpty();
    assertThat(bench.run("XGROUP", "CREATECONSUMER", "x", "\0z", "c"))
        .isEqualTo("-NOGROUP No such consumer group '' for key name 'x'");
  }
}
