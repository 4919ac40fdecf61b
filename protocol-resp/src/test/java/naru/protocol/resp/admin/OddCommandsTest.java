package naru.protocol.resp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OddCommandsTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void thereAreNoModules() {
    assertThat(bench.run("MODULE LIST")).isEqualTo("[]");
    assertThat(bench.run("MODULE LOAD /x.so")).startsWith("-ERR MODULE command not allowed.");
    assertThat(bench.run("MODULE LOADEX /x.so")).startsWith("-ERR MODULE command not allowed.");
    assertThat(bench.run("MODULE UNLOAD x")).startsWith("-ERR MODULE command not allowed.");
    assertThat(bench.run("MODULE HELP")).contains("LOADEX");
  }

  @Test
  void aPictureEndsWithTheVersion() {
    assertThat(bench.run("LOLWUT")).contains("Redis ver. 8.10.0");
    assertThat(bench.run("LOLWUT VERSION 5 40 8 12")).contains("Redis ver. 8.10.0");
    assertThat(bench.run("LOLWUT VERSION x"))
        .isEqualTo("-ERR value is not an integer or out of range");
  }

  @Test
  void whatTookLongIsDrawn() {
    assertThat(bench.run("LATENCY GRAPH command"))
        .isEqualTo("-ERR No samples available for event 'command'");
    bench.run("CONFIG SET latency-monitor-threshold 1");
    for (int ms : new int[] {4, 12, 8}) {
      bench.server().latency().note("command", ms * 1_000_000L, bench.nowMs());
      bench.sleepMs(1000);
    }
    assertThat(bench.run("LATENCY GRAPH command"))
        .contains("command - high 12 ms, low 4 ms (all time high 12 ms)")
        .contains(" #", "321", "sss");
  }

  @Test
  void aReplyOfEachTypeIsGivenToWhoeverTriesAClient() {
    Bench.Connection three = bench.connect3();
    assertThat(three.run("DEBUG PROTOCOL double")).isEqualTo(",3.141");
    assertThat(three.run("DEBUG PROTOCOL true")).isEqualTo("#t");
    assertThat(three.run("DEBUG PROTOCOL set")).isEqualTo("~[:0, :1, :2]");
    assertThat(bench.run("DEBUG PROTOCOL nope")).startsWith("-ERR Wrong protocol type name.");
    assertThat(bench.run("DEBUG ERROR LOADING")).isEqualTo("-LOADING");
  }
}
