package naru.protocol.resp.string;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StringSetTest {
  private static final String WRONG_TYPE =
      "-WRONGTYPE Operation against a key holding the wrong kind of value";

  private final Bench bench = new Bench();

  @AfterEach
  void replayGivesTheSame() {
    bench.close();
  }

  private void says(String line, String reply) {
    assertThat(bench.run(line)).as(line).isEqualTo(reply);
  }

  @Test
  void conditionsOnTheKeyAreKept() {
    says("SET k 1 XX", "nil");
    says("SET k 1 NX", "OK");
    says("SET k 2 NX", "nil");
    says("SET k 3 XX", "OK");
    says("SET k 4 NX GET", "\"3\"");
    says("SET k 5 GET", "\"3\"");
    says("GET k", "\"5\"");
    says("SETNX k 6", ":0");
    says("SETNX other 6", ":1");
  }

  @Test
  void conditionsOnTheValueAreKept() {
    says("SET k 1 IFEQ 1", "nil");
    says("SET k 1 IFNE 1", "OK");
    says("SET k 2 IFNE 1", "nil");
    says("SET k 2 IFEQ 1", "OK");
    says("SET k 3 IFEQ 1 GET", "\"2\"");
    says("GET k", "\"2\"");
    says("SET k 3 IFEQ 2 GET", "\"2\"");
    says("SET k 4 IFEQ 3 EX 10", "OK");
    says("TTL k", ":10");
  }

  @Test
  void conditionsOnTheDigestAreKept() {
    bench.run("SET", "k", "Hello world");
    says("DIGEST k", "\"b6acb9d84a38ff74\"");
    says("DIGEST none", "nil");
    says("SET k 1 IFDEQ 0000000000000000", "nil");
    says("SET k 1 IFDNE B6ACB9D84A38FF74", "nil");
    says("SET k 1 IFDEQ b6acb9d84a38ff74", "OK");
    says("SET k 1 IFDEQ 123", "-ERR must be exactly 16 hexadecimal characters");
    says("DELEX k IFDEQ xxxxxxxxxxxxxxxx", "-ERR must be exactly 16 hexadecimal characters");
  }

  @Test
  void aKeyIsDeletedIfItsValueIsAsWanted() {
    says("SET k 1", "OK");
    says("DELEX k IFEQ 2", ":0");
    says("DELEX k IFNE 1", ":0");
    says("DELEX k IFEQ 1", ":1");
    says("DELEX k IFEQ 1", ":0");
    says("DELEX k IFNE 1", ":0");
    says("RPUSH l 1", ":1");
    says("DELEX l IFEQ 1", WRONG_TYPE);
    says("DELEX l", ":1");
    says("DELEX l IFEQ", "-ERR wrong number of arguments for 'delex' command");
    says("DELEX l FOO 1", "-ERR syntax error");
  }

  @Test
  void anExpiryIsSetKeptOrTakenAway() {
    says("SET k 1 EX 100", "OK");
    says("SET k 2 KEEPTTL", "OK");
    says("PTTL k", ":100000");
    says("SET k 3", "OK");
    says("TTL k", ":-1");
    says("SET k 3 PXAT " + (bench.nowMs() + 500), "OK");
    bench.sleepMs(499);
    says("GET k", "\"3\"");
    bench.sleepMs(1);
    says("GET k", "nil");
    says("SETEX k 10 v", "OK");
    says("PSETEX j 10 v", "OK");
    says("TTL k", ":10");
    says("PTTL j", ":10");
  }

  @Test
  void whatHasExpiredWhenItIsSetIsGone() {
    says("SET k 1 EXAT 1", "OK");
    says("GET k", "nil");
    says("DBSIZE", ":0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "9223372036854775807"})
  void anExpiryOutOfRangeIsRefused(String seconds) {
    says("SET k v EX " + seconds, "-ERR invalid expire time in 'set' command");
    says("SETEX k " + seconds + " v", "-ERR invalid expire time in 'setex' command");
    says("GETEX k EX " + seconds, "nil");
    says("MSETEX 1 k v EX " + seconds, "-ERR invalid expire time in 'msetex' command");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET k v NX XX",
        "SET k v EX 1 PX 1",
        "SET k v KEEPTTL EX 1",
        "SET k v EX",
        "SET k v NX IFEQ 1",
        "SET k v IFEQ 1 IFNE 2",
        "SET k v FOO",
        "GETEX k PERSIST EX 1",
        "MSETEX 1 k v NX XX",
        "MSETEX 1 k v FOO",
      })
  void optionsThatDoNotGoTogetherAreRefused(String line) {
    says(line, "-ERR syntax error");
  }

  @Test
  void aValueOfAnotherTypeIsReplacedButNotGot() {
    says("RPUSH l 1", ":1");
    says("GET l", WRONG_TYPE);
    says("SET l 1 GET", WRONG_TYPE);
    says("GETSET l 1", WRONG_TYPE);
    says("MGET l none", "[nil, nil]");
    says("SET l 1", "OK");
    says("GET l", "\"1\"");
  }

  @Test
  void readingCanChangeTheExpiryOrDelete() {
    says("SET k v", "OK");
    says("GETEX k EX 100", "\"v\"");
    says("TTL k", ":100");
    says("GETEX k", "\"v\"");
    says("TTL k", ":100");
    says("GETEX k PERSIST", "\"v\"");
    says("TTL k", ":-1");
    says("GETEX k PXAT 1", "\"v\"");
    says("EXISTS k", ":0");
    says("SET k v", "OK");
    says("GETDEL k", "\"v\"");
    says("GETDEL k", "nil");
  }

  @Test
  void manyAreSetAsOne() {
    says("MSET a 1 b 2 a 3", "OK");
    says("MGET a b c", "[\"3\", \"2\", nil]");
    says("MSETNX b 1 c 2", ":0");
    says("EXISTS c", ":0");
    says("MSETNX c 1 d 2", ":1");
    says("MSETEX 2 a 1 e 2 XX", ":0");
    says("MSETEX 2 e 1 f 2 NX PX 50", ":1");
    says("PTTL f", ":50");
    says("MSETEX 2 e 3 f 4 KEEPTTL", ":1");
    says("PTTL f", ":50");
    says("MSETEX 0 e 3", "-ERR invalid numkeys value");
    says("MSETEX x e 3", "-ERR invalid numkeys value");
    says("MSETEX 2 e 3 f", "-ERR wrong number of key-value pairs");
    says("MSET a 1 b", "-ERR wrong number of arguments for 'mset' command");
  }

  @ParameterizedTest
  @CsvSource({
    "0 -1, hello world",
    "-5 -1, world",
    "0 4, hello",
    "4 0, ''",
    "-1 -5, ''",
    "-100 2, hel",
    "100 200, ''",
  })
  void aPartIsRead(String range, String part) {
    bench.run("SET", "k", "hello world");
    says("GETRANGE k " + range, '"' + part + '"');
    says("SUBSTR k " + range, '"' + part + '"');
  }

  @Test
  void aPartIsWritten() {
    says("SETRANGE k 3 abc", ":6");
    assertThat(bench.run("GET k")).isEqualTo("\"\0\0\0abc\"");
    says("SETRANGE k 0 xyz", ":6");
    says("APPEND k def", ":9");
    says("GET k", "\"xyzabcdef\"");
    assertThat(bench.run("SETRANGE", "none", "5", "")).isEqualTo(":0");
    says("EXISTS none", ":0");
    says("SETRANGE k -1 x", "-ERR offset is out of range");
    says("SETRANGE k 536870912 x", "-ERR string exceeds maximum allowed size (proto-max-bulk-len)");
  }

  @Test
  void whatIsAddedIsLoggedAndNotTheWhole() {
    bench.run("SET", "k", "x".repeat(100_000));
    says("APPEND k more", ":100004");
    says("SETRANGE k 50000 there", ":100004");
    assertThat(bench.ops().getLast()).hasSizeLessThan(200);
    assertThat(bench.ops().get(bench.ops().size() - 2)).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @CsvSource({
    "123, int",
    "-9223372036854775808, int",
    "12345678901234567890, embstr",
    "012, embstr",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, embstr",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, raw",
  })
  void encodingsAreNamedAsRedisNamesThem(String value, String encoding) {
    says("SET k " + value, "OK");
    says("OBJECT ENCODING k", '"' + encoding + '"');
    bench.run("APPEND k 1");
    says("OBJECT ENCODING k", "\"raw\"");
  }
}
