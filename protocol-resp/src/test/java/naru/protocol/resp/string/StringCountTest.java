package naru.protocol.resp.string;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import naru.protocol.resp.Bench.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StringCountTest {
  private final Bench bench = new Bench();

  @AfterEach
  void replayGivesTheSame() {
    bench.close();
  }

  private void says(String line, String reply) {
    assertThat(bench.run(line)).as(line).isEqualTo(reply);
  }

  @Test
  void numbersAreCounted() {
    says("INCR n", ":1");
    says("INCRBY n 41", ":42");
    says("DECR n", ":41");
    says("DECRBY n 51", ":-10");
    says("GET n", "\"-10\"");
    says("OBJECT ENCODING n", "\"int\"");
  }

  @Test
  void countingKeepsTheExpiry() {
    says("SET n 1 EX 100", "OK");
    says("INCR n", ":2");
    says("INCRBYFLOAT n 0.5", "\"2.5\"");
    says("TTL n", ":100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.0", "012", "+1", "9223372036854775808", "-0"})
  void whatIsNoNumberIsNotCounted(String value) {
    says("SET n " + value, "OK");
    says("INCR n", "-ERR value is not an integer or out of range");
  }

  @Test
  void countingStopsAtTheEndsOfTheRange() {
    says("SET n 9223372036854775807", "OK");
    says("INCR n", "-ERR increment or decrement would overflow");
    says("DECRBY n -1", "-ERR increment or decrement would overflow");
    says("DECRBY n -9223372036854775808", "-ERR decrement would overflow");
    says("INCRBY n -9223372036854775808", ":-1");
  }

  @ParameterizedTest
  @CsvSource({
    "3.0, 1.5, 4.5",
    "10.50, 0.1, 10.6",
    "5e3, 2.0e2, 5200",
    "1, -1, 0",
    "1, 1e-17, 1.00000000000000001",
  })
  void fractionsAreCountedAsRedisCountsThem(String value, String increment, String sum) {
    says("SET f " + value, "OK");
    says("INCRBYFLOAT f " + increment, '"' + sum + '"');
    says("GET f", '"' + sum + '"');
  }

  @ParameterizedTest
  @CsvSource({
    "abc, -ERR value is not a valid float",
    "nan, -ERR value is not a valid float",
    "inf, -ERR increment would produce NaN or Infinity",
  })
  void whatIsNoFractionIsRefused(String increment, String refusal) {
    says("INCRBYFLOAT f " + increment, refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "INCREX n, '[:11, :1]'",
    "INCREX n BYINT -3, '[:7, :-3]'",
    "INCREX n BYINT 5 UBOUND 12, '[:10, :0]'",
    "INCREX n BYINT 5 UBOUND 12 SATURATE, '[:12, :2]'",
    "INCREX n BYINT -5 LBOUND 8 SATURATE, '[:8, :-2]'",
    "INCREX n BYINT 5 UBOUND 3 SATURATE, '[:3, :-7]'",
    "INCREX n BYINT 9223372036854775807, '[:10, :0]'",
    "INCREX n BYINT 9223372036854775807 SATURATE, '[:9223372036854775807, :9223372036854775797]'",
    "INCREX n BYFLOAT 0.5, '[\"10.5\", \"0.5\"]'",
    "INCREX n BYFLOAT 5 UBOUND 12.5 SATURATE, '[\"12.5\", \"2.5\"]'",
    "INCREX n BYFLOAT 5 UBOUND 12.5, '[\"10\", \"0\"]'",
    "INCREX none BYINT 5 LBOUND 10, '[:0, :0]'",
    "INCREX none BYINT 5 LBOUND 10 SATURATE, '[:10, :10]'",
  })
  void boundsAreKept(String line, String reply) {
    says("SET n 10", "OK");
    says(line, reply);
  }

  @Test
  void fractionsAreDoublesToThoseWhoKnowThem() {
    Connection newer = bench.connect3();
    assertThat(newer.run("INCREX n BYFLOAT 0.25")).isEqualTo("[,0.25, ,0.25]");
  }

  @Test
  void aLimitOverAWindowOfTime() {
    for (int i = 1; i <= 3; i++) {
      says("INCREX limit UBOUND 3 EX 60 ENX", "[:" + i + ", :1]");
      bench.sleepMs(1000);
    }
    says("INCREX limit UBOUND 3 EX 60 ENX", "[:3, :0]");
    says("TTL limit", ":57");
    bench.sleepMs(57_000);
    says("INCREX limit UBOUND 3 EX 60 ENX", "[:1, :1]");
    says("INCREX limit PERSIST", "[:2, :1]");
    says("TTL limit", ":-1");
    says("INCREX limit EXAT 1", "[:3, :1]");
    says("EXISTS limit", ":0");
  }

  @ParameterizedTest
  @CsvSource({
    "BYINT 1 BYFLOAT 1, -ERR syntax error",
    "EX 1 PX 1, -ERR syntax error",
    "PERSIST ENX, -ERR syntax error",
    "ENX, -ERR ENX flag requires an expiration",
    "BYINT 1.5, -ERR Increment is not an integer or out of range",
    "BYFLOAT x, -ERR Increment is not a valid float",
    "BYFLOAT inf, -ERR BYFLOAT increment cannot be Infinity",
    "UBOUND x, -ERR UBOUND is not an integer or out of range",
    "LBOUND 5 UBOUND 4, -ERR LBOUND can't be greater than UBOUND",
    "EX 0, -ERR invalid expire time in 'increx' command",
  })
  void whatMakesNoSenseIsRefused(String options, String refusal) {
    says("INCREX n " + options, refusal);
  }
}
