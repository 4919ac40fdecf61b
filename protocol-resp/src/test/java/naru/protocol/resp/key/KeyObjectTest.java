package naru.protocol.resp.key;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  private String idle() {
    return bench.run("OBJECT IDLETIME k");
  }

  @Test
  void aKeyThatWasOnlyWrittenGrowsIdle() {
    bench.run("RPUSH k a b c");
    assertThat(idle()).isEqualTo(":0");
    bench.sleepMs(5000);
    assertThat(idle()).isEqualTo(":5");
    bench.run("LPUSH k d");
    assertThat(idle()).isEqualTo(":0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET k",
        "SET k w",
        "TOUCH k",
        "APPEND k x",
        "EXPIRE k 100",
        "MSET k w",
        "COPY k c"
      })
  void usingAKeyEndsItsIdleTime(String command) {
    bench.run("SET k v");
    bench.sleepMs(3000);
    bench.run(command);
    assertThat(idle()).isEqualTo(":0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"EXISTS k", "TYPE k", "TTL k", "PTTL k", "OBJECT ENCODING k", "MEMORY USAGE k"})
  void lookingAtAKeyIsNotUsingIt(String command) {
    bench.run("SET k v");
    bench.sleepMs(3000);
    bench.run(command);
    assertThat(idle()).isEqualTo(":3");
  }

  @Test
  void aClientMayUseKeysUnnoticedButForTouch() {
    bench.run("SET k v");
    bench.sleepMs(3000);
    bench.run("CLIENT NO-TOUCH ON");
    bench.run("GET k");
    assertThat(idle()).isEqualTo(":3");
    assertThat(bench.run("TOUCH k nosuch")).isEqualTo(":1");
    assertThat(idle()).isEqualTo(":0");
    bench.sleepMs(2000);
    bench.run("SET k w");
    assertThat(idle()).as("another value is a new one").isEqualTo(":0");
  }

  @Test
  void aRenamedKeyTakesItsIdleTimeAlong() {
    bench.run("SET r v");
    bench.sleepMs(3000);
    bench.run("CLIENT NO-TOUCH ON");
    bench.run("RENAME r k");
    assertThat(idle()).isEqualTo(":3");
  }

  @Test
  void afterARestartIdleTimesBeginAnew() {
    bench.run("SET k v");
    bench.sleepMs(9000);
    Bench restarted = bench.replayed();
    restarted.sleepMs(2000);
    assertThat(restarted.run("OBJECT IDLETIME k")).isEqualTo(":2");
  }

  @Test
  void howOftenAKeyIsUsedIsNotCounted() {
    bench.run("SET k v");
    assertThat(bench.run("OBJECT FREQ k"))
        .startsWith("-ERR An LFU maxmemory policy is not selected, access frequency not tracked.");
    assertThat(bench.run("OBJECT FREQ nosuch")).isEqualTo("nil");
    assertThat(bench.run("OBJECT IDLETIME nosuch")).isEqualTo("nil");
  }
}
