package naru.protocol.resp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTrimTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void fill() {
    for (int i = 1; i <= 250; i++) {
      bench.run("XADD", "s", i + "-0", "f", "v");
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void anExactTrimIsExact() {
    assertThat(bench.run("XTRIM s MAXLEN 120")).isEqualTo(":130");
    assertThat(bench.run("XTRIM s MAXLEN = 120")).isEqualTo(":0");
    assertThat(bench.run("XTRIM s MINID 200")).isEqualTo(":69");
    assertThat(bench.run("XLEN s")).isEqualTo(":51");
    assertThat(bench.run("XTRIM none MAXLEN 1")).isEqualTo(":0");
  }

  @Test
  void anApproximateTrimTakesBlocksOfAHundred() {
    assertThat(bench.run("XTRIM s MAXLEN ~ 120")).isEqualTo(":100");
    assertThat(bench.run("XTRIM s MAXLEN ~ 120")).isEqualTo(":0");
    assertThat(bench.run("XTRIM s MINID ~ 201 LIMIT 50")).isEqualTo(":0");
    assertThat(bench.run("XTRIM s MINID ~ 201 LIMIT 0")).isEqualTo(":100");
  }

  @Test
  void whatAGroupAwaitsStays() {
    bench.run("XGROUP CREATE s g 0");
    bench.run("XREADGROUP GROUP g c COUNT 40 STREAMS s >");
    bench.run("XACK s g 1 2 3");
    assertThat(bench.run("XTRIM s MAXLEN 0 ACKED")).isEqualTo(":3");
    assertThat(bench.run("XTRIM s MINID 10 DELREF")).isEqualTo(":6");
    assertThat(bench.run("XPENDING s g")).startsWith("[:31, \"10-0\", \"40-0\"");
    assertThat(bench.run("XTRIM s MINID 20 KEEPREF")).isEqualTo(":10");
    assertThat(bench.run("XPENDING s g")).startsWith("[:31, \"10-0\"");
  }

  @Test
  void trimmingThatMakesNoSenseIsRefused() {
    assertThat(bench.run("XTRIM s LIMIT 5"))
        .isEqualTo(
            "-ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
    assertThat(bench.run("XTRIM s LIMIT 0 KEEPREF"))
        .isEqualTo("-ERR syntax error, XTRIM must be called with a trimming strategy");
    assertThat(bench.run("XTRIM s MAXLEN 5 FOO")).isEqualTo("-ERR syntax error");
    assertThat(bench.run("XTRIM s MAXLEN 5 ACKED DELREF")).isEqualTo("-ERR syntax error");
    assertThat(bench.run("XTRIM s MINID -"))
        .isEqualTo("-ERR Invalid stream ID specified as stream command argument");
  }

  @Test
  void blocksAreAsLargeAsTheSettingsSay() {
    bench.run("CONFIG SET stream-node-max-entries 10");
    for (int i = 1; i <= 25; i++) {
      bench.run("XADD", "t", i + "-0", "f", "v");
    }
    assertThat(bench.run("XTRIM t MAXLEN ~ 8")).isEqualTo(":10");
    bench.run("CONFIG SET stream-node-max-entries 0 stream-node-max-bytes 0");
    for (int i = 26; i <= 500; i++) {
      bench.run("XADD", "t", i + "-0", "f", "v");
    }
    assertThat(bench.run("XTRIM t MAXLEN ~ 8")).isEqualTo(":10");
    assertThat(bench.run("XDEL t 400")).isEqualTo(":1");
    assertThat(bench.run("XLEN t")).isEqualTo(":479");
  }
}
