package naru.protocol.resp.key;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySortTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void fill() {
    bench.run("RPUSH l 3 10 1 -5 2.5 1e2");
    bench.run("RPUSH ids 1 2 3");
    bench.run("MSET w:1 30 w:2 10 w:3 20 n:1 one n:3 three");
    bench.run("HSET h:1 f 3 g x");
    bench.run("HSET h:2 f 1 g y");
    bench.run("HSET h:3 f 2");
  }

  @AfterEach
  void replayGivesTheSame() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({
    "SORT l, '-5, 1, 2.5, 3, 10, 1e2'",
    "SORT l DESC, '1e2, 10, 3, 2.5, 1, -5'",
    "SORT l ALPHA, '-5, 1, 10, 1e2, 2.5, 3'",
    "SORT l LIMIT 1 2, '1, 2.5'",
    "SORT l LIMIT -1 2, '-5, 1'",
    "SORT l LIMIT 4 -1, '10, 1e2'",
    "SORT l LIMIT 9 5, ''",
    "SORT_RO ids DESC, '3, 2, 1'",
    "SORT none, ''",
    "SORT ids BY w:*, '2, 3, 1'",
    "SORT ids BY w:* DESC GET n:*, 'one, three, nil'",
    "SORT ids BY w:* GET # GET n:*, '2, nil, 3, three, 1, one'",
    "SORT ids BY n:* ALPHA, '2, 1, 3'",
    "SORT ids BY h:*->f GET h:*->g, 'y, nil, x'",
    "SORT ids BY nosort GET w:*, '30, 10, 20'",
    "SORT ids BY nosort DESC LIMIT 0 2, '3, 2'",
    "SORT ids BY missing:* DESC, '3, 2, 1'",
  })
  void elementsAreSortedAsRedisSortsThem(String line, String sorted) {
    String reply = bench.run(line).replace("\"", "");
    assertThat(reply).isEqualTo("[" + sorted + "]");
  }

  @Test
  void theResultCanBeStored() {
    assertThat(bench.run("SORT ids BY w:* GET n:* STORE ids")).isEqualTo(":3");
    assertThat(bench.run("LRANGE ids 0 -1")).isEqualTo("[\"\", \"three\", \"one\"]");
    assertThat(bench.run("SORT none STORE ids")).isEqualTo(":0");
    assertThat(bench.run("EXISTS ids")).isEqualTo(":0");
  }

  @Test
  void whatHasExpiredLeadsNowhere() {
    bench.run("PEXPIRE w:1 5");
    bench.sleepMs(5);
    assertThat(bench.run("SORT ids BY w:* GET w:*")).isEqualTo("[nil, \"10\", \"20\"]");
  }

  @Test
  void textIsNotSortedAsNumbers() {
    assertThat(bench.run("SORT ids BY n:*"))
        .isEqualTo("-ERR One or more scores can't be converted into double");
    assertThat(bench.run("SORT w:1")).startsWith("-WRONGTYPE");
  }
}
