package naru.protocol.resp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamRangeTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void fill() {
    for (String id : new String[] {"1-1", "1-2", "2-0", "3-5"}) {
      bench.run("XADD", "s", id, "f", id);
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String ids(String line) {
    return bench.run(line).replaceAll(", \\[\"f\", \"[^\"]*\"\\]", "");
  }

  @Test
  void aRangeIncludesItsEnds() {
    assertThat(bench.run("XRANGE s 1-2 2"))
        .isEqualTo("[[\"1-2\", [\"f\", \"1-2\"]], [\"2-0\", [\"f\", \"2-0\"]]]");
    assertThat(ids("XRANGE s - +")).isEqualTo("[[\"1-1\"], [\"1-2\"], [\"2-0\"], [\"3-5\"]]");
    assertThat(ids("XREVRANGE s + -")).isEqualTo("[[\"3-5\"], [\"2-0\"], [\"1-2\"], [\"1-1\"]]");
  }

  @Test
  void anIdWithoutASequenceMeansAllOfTheMillisecond() {
    assertThat(ids("XRANGE s 1 1")).isEqualTo("[[\"1-1\"], [\"1-2\"]]");
    assertThat(ids("XREVRANGE s 1 1")).isEqualTo("[[\"1-2\"], [\"1-1\"]]");
  }

  @Test
  void aBracketLeavesTheEndOut() {
    assertThat(ids("XRANGE s (1-1 (3-5")).isEqualTo("[[\"1-2\"], [\"2-0\"]]");
    assertThat(ids("XREVRANGE s (3-5 (1-1")).isEqualTo("[[\"2-0\"], [\"1-2\"]]");
    assertThat(bench.run("XRANGE s (18446744073709551615-18446744073709551615 +"))
        .isEqualTo("-ERR invalid start ID for the interval");
    assertThat(bench.run("XRANGE s - (0-0")).isEqualTo("-ERR invalid end ID for the interval");
    assertThat(bench.run("XRANGE s (- +"))
        .isEqualTo("-ERR Invalid stream ID specified as stream command argument");
  }

  @Test
  void countLimitsTheReply() {
    assertThat(ids("XRANGE s - + COUNT 2")).isEqualTo("[[\"1-1\"], [\"1-2\"]]");
    assertThat(ids("XREVRANGE s + - COUNT 1")).isEqualTo("[[\"3-5\"]]");
    assertThat(bench.run("XRANGE s - + COUNT 0")).isEqualTo("nil");
    assertThat(bench.run("XRANGE s - + COUNT -1")).isEqualTo("nil");
    assertThat(bench.run("XRANGE s - + COUNT")).isEqualTo("-ERR syntax error");
  }

  @Test
  void whatIsMissingIsEmpty() {
    assertThat(bench.run("XRANGE none - +")).isEqualTo("[]");
    assertThat(bench.run("XLEN none")).isEqualTo(":0");
    assertThat(bench.run("XLEN s")).isEqualTo(":4");
    assertThat(ids("XRANGE s 5 1")).isEqualTo("[]");
  }
}
