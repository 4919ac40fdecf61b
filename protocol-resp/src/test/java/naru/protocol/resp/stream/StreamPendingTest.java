package naru.protocol.resp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamPendingTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void fill() {
    bench.run("XGROUP CREATE s g 0 MKSTREAM");
    for (int i = 1; i <= 6; i++) {
      bench.run("XADD", "s", i + "-0", "f", "v" + i);
    }
    bench.run("XREADGROUP GROUP g anna COUNT 3 STREAMS s >");
    bench.sleepMs(100);
    bench.run("XREADGROUP GROUP g berta COUNT 3 STREAMS s >");
    bench.sleepMs(50);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String run(String line) {
    return bench.run(line);
  }

  @Test
  void aSummaryCountsByConsumer() {
    assertThat(run("XPENDING s g"))
        .isEqualTo("[:6, \"1-0\", \"6-0\", [[\"anna\", \"3\"], [\"berta\", \"3\"]]]");
  }

  @Test
  void aPageShowsOwnerIdleTimeAndCount() {
    assertThat(run("XPENDING s g - + 2"))
        .isEqualTo("[[\"1-0\", \"anna\", :150, :1], [\"2-0\", \"anna\", :150, :1]]");
    assertThat(run("XPENDING s g (2-0 4 9"))
        .isEqualTo("[[\"3-0\", \"anna\", :150, :1], [\"4-0\", \"berta\", :50, :1]]");
    assertThat(run("XPENDING s g - + 9 berta")).startsWith("[[\"4-0\"");
    assertThat(run("XPENDING s g - + 9 nobody")).isEqualTo("[]");
    assertThat(run("XPENDING s g IDLE 100 4 + 9")).isEqualTo("[]");
    assertThat(run("XPENDING s g IDLE 50 4 + 1")).isEqualTo("[[\"4-0\", \"berta\", :50, :1]]");
    assertThat(run("XPENDING s g - + 0")).isEqualTo("[]");
  }

  @Test
  void acknowledgingTakesAway() {
    assertThat(run("XACK s g 1-0 2-0 2-0 9-9")).isEqualTo(":2");
    assertThat(run("XPENDING s g")).startsWith("[:4, \"3-0\"");
    assertThat(run("XACK s none 1-0")).isEqualTo(":0");
    assertThat(run("XACK s g x"))
        .isEqualTo("-ERR Invalid stream ID specified as stream command argument");
  }

  @Test
  void claimingChangesTheOwner() {
    assertThat(run("XCLAIM s g berta 100 1-0 4-0")).isEqualTo("[[\"1-0\", [\"f\", \"v1\"]]]");
    assertThat(run("XPENDING s g - + 1")).isEqualTo("[[\"1-0\", \"berta\", :0, :2]]");
    assertThat(run("XCLAIM s g carla 0 2-0 JUSTID IDLE 77 RETRYCOUNT 9")).isEqualTo("[\"2-0\"]");
    assertThat(run("XPENDING s g 2 2 1")).isEqualTo("[[\"2-0\", \"carla\", :77, :9]]");
    assertThat(run("XCLAIM s g carla 0 9-9 FORCE")).isEqualTo("[]");
    run("XACK s g 3-0");
    assertThat(run("XCLAIM s g carla 0 3-0")).isEqualTo("[]");
    assertThat(run("XCLAIM s g carla 0 3-0 FORCE JUSTID LASTID 50-0")).isEqualTo("[\"3-0\"]");
    assertThat(run("XINFO GROUPS s")).contains("\"last-delivered-id\", \"50-0\"");
    assertThat(run("XCLAIM s g carla 0 3-0 FOO"))
        .isEqualTo("-ERR Unrecognized XCLAIM option 'FOO'");
    assertThat(run("XCLAIM s g carla x 3-0"))
        .isEqualTo("-ERR Invalid min-idle-time argument for XCLAIM");
  }

  @Test
  void whatIsDeletedIsNotClaimedAndNotPendingAnyMore() {
    run("XDEL s 2-0");
    assertThat(run("XCLAIM s g carla 0 1-0 2-0 JUSTID")).isEqualTo("[\"1-0\"]");
    assertThat(run("XPENDING s g")).startsWith("[:5");
  }

  @Test
  void autoclaimGoesOnFromACursor() {
    run("XDEL s 2-0");
    assertThat(run("XAUTOCLAIM s g carla 0 0 COUNT 3 JUSTID"))
        .isEqualTo("[\"4-0\", [\"1-0\", \"3-0\"], [\"2-0\"]]");
    assertThat(run("XAUTOCLAIM s g carla 40 4-0"))
        .isEqualTo(
            "[\"0-0\", [[\"4-0\", [\"f\", \"v4\"]], [\"5-0\", [\"f\", \"v5\"]], [\"6-0\", [\"f\","
                + " \"v6\"]]], []]");
    assertThat(run("XAUTOCLAIM s g carla 0 0 COUNT 0")).isEqualTo("-ERR COUNT must be > 0");
    assertThat(run("XAUTOCLAIM s none carla 0 0"))
        .isEqualTo("-NOGROUP No such key 's' or consumer group 'none'");
  }

  @Test
  void givingBackLeavesAnEntryWithNobody() {
    assertThat(run("XNACK s g SILENT IDS 2 1-0 9-9")).isEqualTo(":1");
    assertThat(run("XNACK s g FATAL IDS 1 2-0")).isEqualTo(":1");
    assertThat(run("XNACK s g FAIL IDS 1 3-0 RETRYCOUNT 7")).isEqualTo(":1");
    assertThat(run("XPENDING s g - + 3"))
        .isEqualTo(
            "[[\"1-0\", \"\", :-1, :0], [\"2-0\", \"\", :-1, :9223372036854775807], [\"3-0\","
                + " \"\", :-1, :7]]");
    assertThat(run("XPENDING s g")).isEqualTo("[:6, \"1-0\", \"6-0\", [[\"berta\", \"3\"]]]");
    assertThat(run("XINFO STREAM s FULL")).contains("\"pel-count\", :6, \"nacked-count\", :3");
    assertThat(run("XREADGROUP GROUP g carla COUNT 2 CLAIM 1000 STREAMS s >"))
        .contains("\"1-0\"", "\"2-0\"")
        .doesNotContain("\"3-0\"");
  }

  @Test
  void forceMakesAnEntryPending() {
    run("XADD s 7-0 f v");
    assertThat(run("XNACK s g FAIL IDS 1 7-0")).isEqualTo(":0");
    assertThat(run("XNACK s g FAIL IDS 2 7-0 8-0 FORCE")).isEqualTo(":1");
    assertThat(run("XPENDING s g 7 7 1")).isEqualTo("[[\"7-0\", \"\", :-1, :0]]");
  }

  @Test
  void givingBackIsRefusedInRedisWords() {
    assertThat(run("XNACK s g FOO IDS 1 1-0"))
        .isEqualTo("-ERR ERR mode must be SILENT, FAIL, or FATAL");
    assertThat(run("XNACK s g FAIL IDS 2 1-0"))
        .isEqualTo("-ERR ERR number of IDs doesn't match numids");
    assertThat(run("XNACK s g FAIL IDS 0 1-0")).isEqualTo("-ERR numids must be a positive integer");
    assertThat(run("XNACK s g FAIL IDS 1 1-0 FOO"))
        .isEqualTo("-ERR ERR Unrecognized XNACK option 'FOO'");
    assertThat(run("XNACK s none FAIL IDS 1 1-0"))
        .isEqualTo("-NOGROUP No such key 's' or consumer group 'none'");
  }

  @Test
  void acknowledgeAndDeleteInOne() {
    run("XGROUP CREATE s h 0");
    assertThat(run("XACKDEL s g ACKED IDS 3 1-0 1-0 9-9")).isEqualTo("[:2, :-1, :-1]");
    assertThat(run("XLEN s")).isEqualTo(":6");
    run("XREADGROUP GROUP h c STREAMS s >");
    assertThat(run("XACKDEL s g DELREF IDS 1 2-0")).isEqualTo("[:1]");
    assertThat(run("XPENDING s h")).startsWith("[:5");
    assertThat(run("XACKDEL s g KEEPREF IDS 1 3-0")).isEqualTo("[:1]");
    assertThat(run("XPENDING s h")).startsWith("[:5");
    run("XACK s h 4-0");
    assertThat(run("XACKDEL s g ACKED IDS 1 4-0")).isEqualTo("[:1]");
    assertThat(run("XLEN s")).isEqualTo(":3");
    assertThat(run("XACKDEL none g IDS 2 1 2")).isEqualTo("[:-1, :-1]");
    assertThat(run("XACKDEL s g IDS 3 1-0"))
        .isEqualTo("-ERR The `numids` parameter must match the number of arguments");
    assertThat(run("XACKDEL s g IDS x 1-0"))
        .isEqualTo("-ERR Number of IDs must be a positive integer");
    assertThat(run("XACKDEL s g KEEPREF DELREF 1-0")).isEqualTo("-ERR syntax error");
  }

  @Test
  void deletingLooksAtReferences() {
    assertThat(run("XDELEX s ACKED IDS 2 1-0 9-9")).isEqualTo("[:2, :2]");
    assertThat(run("XDELEX s IDS 2 1-0 1-0")).isEqualTo("[:1, :-1]");
    assertThat(run("XPENDING s g")).startsWith("[:6");
    assertThat(run("XDELEX s DELREF IDS 1 2-0")).isEqualTo("[:1]");
    assertThat(run("XPENDING s g")).startsWith("[:5");
    assertThat(run("XDELEX none IDS 1 2-0")).isEqualTo("[:-1]");
    assertThat(run("XDEL s 3-0 3-0 4-0")).isEqualTo(":2");
    assertThat(run("XDEL none x")).isEqualTo(":0");
  }

  @Test
  void pendingEntriesSurviveARestart() {
    run("XNACK s g FAIL IDS 1 5-0");
    run("XCLAIM s g carla 0 2-0");
    String before = run("XPENDING s g - + 9");
    assertThat(bench.replayed().run("XPENDING s g - + 9")).isEqualTo(before);
  }
}
