package naru.protocol.resp.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import naru.protocol.resp.Bench;
import naru.protocol.resp.Bench.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
  private final Bench bench = new Bench();

  @AfterEach
  void replayGivesTheSame() {
    bench.close();
  }

  private void says(String line, String reply) {
    assertThat(bench.run(line)).as(line).isEqualTo(reply);
  }

  @Test
  void keysAreDeletedOnceAndCountedAsOftenAsNamed() {
    bench.run("MSET a 1 b 2 c 3");
    says("EXISTS a a none", ":2");
    says("TOUCH a a none", ":2");
    says("DEL a a none", ":1");
    says("UNLINK b c b", ":2");
    says("DBSIZE", ":0");
  }

  @Test
  void typesHaveTheirNames() {
    bench.run("SET s 1");
    bench.run("RPUSH l 1");
    says("TYPE s", "string");
    says("TYPE l", "list");
    says("TYPE none", "none");
  }

  @Test
  void keysExpireInTime() {
    bench.run("SET k 1");
    says("EXPIRE k 10", ":1");
    says("TTL k", ":10");
    says("PEXPIRE k 1500", ":1");
    says("TTL k", ":2");
    says("PTTL k", ":1500");
    says("PEXPIRETIME k", ":" + (bench.nowMs() + 1500));
    bench.sleepMs(1499);
    says("PTTL k", ":1");
    bench.sleepMs(1);
    says("PTTL k", ":-2");
    says("DBSIZE", ":0");
    assertThat(bench.ops().getLast()).contains("Removed").contains("EXPIRED");
  }

  @Test
  void anExpiryThatIsOverDeletesAtOnce() {
    bench.run("SET k 1");
    says("EXPIREAT k 1", ":1");
    says("EXISTS k", ":0");
    bench.run("SET k 1");
    says("PEXPIRE k -5", ":1");
    says("EXISTS k", ":0");
  }

  @Test
  void anExpiryIsSetOnConditions() {
    bench.run("SET k 1");
    says("EXPIRE k 100 XX", ":0");
    says("EXPIRE k 100 GT", ":0");
    says("EXPIRE k 100 LT", ":1");
    says("EXPIRE k 200 NX", ":0");
    says("EXPIRE k 200 GT", ":1");
    says("EXPIRE k 150 GT", ":0");
    says("EXPIRE k 150 LT XX", ":1");
    says("PERSIST k", ":1");
    says("PERSIST k", ":0");
    says("EXPIRE k 200 NX", ":1");
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRE k 10 FOO, -ERR Unsupported option FOO",
    "EXPIRE k 10 GT LT, -ERR GT and LT options at the same time are not compatible",
    "EXPIRE k 10 NX GT, '-ERR NX and XX, GT or LT options at the same time are not compatible'",
    "EXPIRE k x, -ERR value is not an integer or out of range",
    "EXPIRE k 9223372036854775807, -ERR invalid expire time in 'expire' command",
    "PEXPIRE k 9223372036854775807, -ERR invalid expire time in 'pexpire' command",
    "RENAME none x, -ERR no such key",
    "COPY k k, -ERR source and destination objects are the same",
    "COPY k j DB 16, -ERR DB index is out of range",
    "MOVE k 0, -ERR source and destination objects are the same",
    "MOVE k 16, -ERR DB index is out of range",
    "SELECT 16, -ERR DB index is out of range",
    "SELECT x, -ERR value is not an integer or out of range",
    "SWAPDB x 0, -ERR invalid first DB index",
    "SWAPDB 0 x, -ERR invalid second DB index",
    "SWAPDB 0 16, -ERR DB index is out of range",
    "FLUSHDB FOO, -ERR syntax error",
    "SCAN x, -ERR invalid cursor",
    "SCAN 0 COUNT 0, -ERR syntax error",
    "SCAN 0 MATCH, -ERR syntax error",
    "OBJECT FOO k, -ERR unknown subcommand 'FOO'. Try OBJECT HELP.",
    "SORT k STORE, -ERR syntax error",
    "SORT_RO k STORE l, -ERR syntax error",
  })
  void whatMakesNoSenseIsRefused(String line, String refusal) {
    bench.run("SET k 1");
    says(line, refusal);
  }

  @Test
  void aValueTakesItsExpiryToItsNewName() {
    bench.run("SET a 1 EX 100");
    bench.run("SET b 2");
    says("RENAME a b", "OK");
    says("TTL b", ":100");
    says("RENAMENX b b", ":0");
    says("RENAMENX b c", ":1");
    says("RENAME c c", "OK");
    says("TTL c", ":100");
  }

  @Test
  void aCopyIsAnotherValue() {
    bench.run("RPUSH a 1 2");
    says("COPY a b", ":1");
    says("COPY a b", ":0");
    bench.run("RPUSH a 3");
    says("LRANGE b 0 -1", "[\"1\", \"2\"]");
    says("COPY a b REPLACE", ":1");
    says("LLEN b", ":3");
    says("COPY a a DB 1", ":1");
    says("MOVE a 1", ":0");
    says("MOVE b 1", ":1");
    says("SELECT 1", "OK");
    says("DBSIZE", ":2");
  }

  @Test
  void databasesAreApartAndCanBeSwapped() {
    bench.run("SET k 0");
    Connection other = bench.connect();
    other.run("SELECT 1");
    other.run("SET k 1");
    says("SWAPDB 0 1", "OK");
    says("GET k", "\"1\"");
    assertThat(other.run("GET k")).isEqualTo("\"0\"");
    other.run("FLUSHDB");
    says("DBSIZE", ":1");
    other.run("FLUSHALL ASYNC");
    says("DBSIZE", ":0");
    says("RANDOMKEY", "nil");
  }

  @Test
  void aScanFindsEveryKeyOnceWhenNothingChanges() {
    for (int i = 0; i < 1000; i++) {
      bench.run("SET", "key:" + i, "v");
    }
    bench.run("RPUSH list 1");
    Set<String> found = new TreeSet<>();
    int returned = 0;
    String cursor = "0";
    do {
      String page = bench.run("SCAN", cursor, "MATCH", "key:*", "TYPE", "STRING");
      cursor = page.substring(2, page.indexOf('"', 2));
      String keys = page.substring(page.indexOf('[', 1) + 1, page.length() - 2);
      for (String key : keys.split(", ")) {
        if (!key.isEmpty()) {
          found.add(key);
          returned++;
        }
      }
    } while (!cursor.equals("0"));
    assertThat(found).hasSize(1000);
    assertThat(returned).isEqualTo(1000);
  }

  @Test
  void keysAreFoundByPattern() {
    bench.run("MSET one 1 two 2 three 3");
    says("KEYS t?o", "[\"two\"]");
    says("KEYS one", "[\"one\"]");
    says("KEYS none", "[]");
    assertThat(bench.run("KEYS *").split(",")).hasSize(3);
  }

  @Test
  void anObjectThatNobodyLooksAtIsIdle() {
    bench.run("SET k 1");
    bench.run("GET k");
    bench.sleepMs(5000);
    says("OBJECT IDLETIME k", ":5");
    says("OBJECT IDLETIME k", ":5");
    bench.run("GET k");
    says("OBJECT IDLETIME k", ":0");
    says("OBJECT REFCOUNT k", ":1");
    says("OBJECT ENCODING none", "nil");
    assertThat(bench.run("OBJECT FREQ k")).startsWith("-ERR An LFU maxmemory policy is not");
  }
}
