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
