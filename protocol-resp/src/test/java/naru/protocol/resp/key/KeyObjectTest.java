package naru.protocol.resp.key;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyObjectTest {
  private final Bench bench = new Bench();

  @AfterEach
  void theLogSaysTheSame() {
    bench.close();
  }

  private String encoding() {
    return bench.run("OBJECT ENCODING k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hash-max-listpack-entries 1 | HSET k a 1 | listpack | HSET k b 2 | hashtable",
        "hash-max-ziplist-value 3 | HSET k a abc | listpack | HSET k a abcd | hashtable",
        "set-max-intset-entries 1 | SADD k 1 | intset | SADD k 2 | hashtable",
        "set-max-listpack-entries 1 | SADD k a | listpack | SADD k b | hashtable",
        "set-max-listpack-value 3 | SADD k abc | listpack | SADD k abcd | hashtable",
        "zset-max-listpack-entries 1 | ZADD k 1 a | listpack | ZADD k 2 b | skiplist",
        "zset-max-ziplist-value 3 | ZADD k 1 abc | listpack | ZADD k 1 abcd | skiplist",
        "list-max-listpack-size 1 | RPUSH k a | listpack | RPUSH k b | quicklist",
      })
  void encodingFollowsTheSettings(
      String setting, String first, String small, String second, String large) {
    assertThat(bench.run("CONFIG SET " + setting)).isEqualTo("OK");
    bench.run(first);
    assertThat(encoding()).isEqualTo('"' + small + '"');
    bench.run(second);
    assertThat(encoding()).isEqualTo('"' + large + '"');
  }

  @Test
  void whatIsThereKeepsItsEncodingWhenASettingChanges() {
    bench.run("SADD k a b c");
    bench.run("CONFIG SET set-max-listpack-entries 1");
    assertThat(encoding()).isEqualTo("\"listpack\"");
    bench.run("SADD k d");
    assertThat(encoding()).isEqualTo("\"hashtable\"");
    bench.run("CONFIG SET set-max-listpack-entries 128");
    bench.run("SREM k d");
    assertThat(encoding()).isEqualTo("\"hashtable\"");
  }
}
