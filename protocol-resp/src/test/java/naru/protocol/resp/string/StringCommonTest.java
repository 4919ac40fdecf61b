package naru.protocol.resp.string;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StringCommonTest {
  private final Bench bench = new Bench();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LCS a b; \"mytext\"",
        "LCS a b LEN; :6",
        "LCS a b IDX; [\"matches\", [[[:4, :7], [:5, :8]], [[:2, :3], [:0, :1]]], \"len\", :6]",
        "LCS a b IDX MINMATCHLEN 4; [\"matches\", [[[:4, :7], [:5, :8]]], \"len\", :6]",
        "LCS a b IDX MINMATCHLEN 4 WITHMATCHLEN;"
            + " [\"matches\", [[[:4, :7], [:5, :8], :4]], \"len\", :6]",
        "LCS a none; \"\"",
        "LCS a none IDX; [\"matches\", [], \"len\", :0]",
        "LCS a b LEN IDX;" + " -ERR If you want both the length and indexes, please just use IDX.",
        "LCS a b FOO; -ERR syntax error",
        "LCS a l; -ERR The specified keys must contain string values",
      })
  void whatIsCommonIsFound(String line, String reply) {
    bench.run("MSET a ohmytext b mynewtext");
    bench.run("RPUSH l 1");
    assertThat(bench.run(line)).isEqualTo(reply);
  }

  @Test
  void isAsLongAsTheTableSays() {
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      String one = draw(random);
      String other = draw(random);
      bench.run("MSET", "a", one, "b", other);
      assertThat(bench.run("LCS a b LEN")).isEqualTo(":" + length(one, other));
      String common = bench.run("LCS a b").replace("\"", "");
      assertThat(common).hasSize(length(one, other));
      assertThat(length(common, one)).isEqualTo(common.length());
      assertThat(length(common, other)).isEqualTo(common.length());
    }
  }

  private static String draw(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      text.append((char) ('a' + random.nextInt(4)));
    }
    return text.toString();
  }

  private static int length(String one, String other) {
    int[][] table = new int[one.length() + 1][other.length() + 1];
    for (int i = 1; i <= one.length(); i++) {
      for (int j = 1; j <= other.length(); j++) {
        table[i][j] =
            one.charAt(i - 1) == other.charAt(j - 1)
                ? table[i - 1][j - 1] + 1
                : Math.max(table[i - 1][j], table[i][j - 1]);
      }
    }
    return table[one.length()][other.length()];
  }
}
