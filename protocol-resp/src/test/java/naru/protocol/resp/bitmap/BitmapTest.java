package naru.protocol.resp.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitmapTest {
  private final Bench bench = new Bench();

  @AfterEach
  void replayGivesTheSameKeys() {
    bench.close();
  }

  @Test
  void aBitIsSetAndCleared() {
    assertThat(bench.run("SETBIT k 7 1")).isEqualTo(":0");
    assertThat(bench.run("SETBIT k 7 0")).isEqualTo(":1");
    assertThat(bench.run("GETBIT k 7")).isEqualTo(":0");
    assertThat(bench.run("STRLEN k")).isEqualTo(":1");
  }

  @Test
  void settingABitOfALongStringLogsOneByte() {
    bench.run("SETBIT k 80000 1");
    bench.run("SETBIT k 9 1");
    assertThat(bench.ops().getLast())
        .startsWith("Written[")
        .contains("offset=1,", "key=k")
        .endsWith("bytes=@]");
  }

  @Test
  void settingABitThatIsSetChangesNothing() {
    bench.run("SETBIT k 3 1");
    int before = bench.ops().size();
    bench.run("SETBIT k 3 1");
    bench.run("BITFIELD k SET u1 3 1");
    assertThat(bench.ops()).hasSize(before);
  }

  @Test
  void anEventTellsOfEachChange() {
    Bench.Connection listener = bench.connect();
    listener.run("CONFIG SET notify-keyspace-events KEA");
    listener.run("PSUBSCRIBE __keyevent@0__:*");
    bench.connect().run("SETBIT k 3 1");
    assertThat(listener.receive()).contains("setbit");
    bench.connect().run("BITFIELD k OVERFLOW FAIL INCRBY u1 3 1");
    assertThat(listener.receive()).isEmpty();
    bench.connect().run("BITOP NOT d k");
    assertThat(listener.receive()).contains("__keyevent@0__:set");
    bench.connect().run("BITOP NOT d none");
    assertThat(listener.receive()).contains("__keyevent@0__:del");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "BITCOUNT s; :26",
        "BITCOUNT s 0 0; :4",
        "BITCOUNT s 1 1 BYTE; :6",
        "BITCOUNT s 5 30 BIT; :17",
        "BITCOUNT s -1 -2; :0",
        "BITCOUNT s 0; -ERR syntax error",
        "BITCOUNT none 0; -ERR syntax error",
        "BITPOS s 1; :1",
        "BITPOS s 0 2; :16",
        "BITPOS s 1 8 11 BIT; :9",
        "BITPOS ones 0; :16",
        "BITPOS ones 0 0; :16",
        "BITPOS ones 0 0 -1; :-1",
        "BITPOS none 0; :0",
        "BITPOS none 1; :-1",
        "BITPOS s 2; -ERR The bit argument must be 1 or 0.",
        "GETBIT s -1; -ERR bit offset is not an integer or out of range",
        "GETBIT s 4294967296; -ERR bit offset is not an integer or out of range",
        "SETBIT s 0 2; -ERR bit is not an integer or out of range",
        "SETBIT l 0 1;" + " -WRONGTYPE Operation against a key holding the wrong kind of value",
        "BITOP FOO d s; -ERR syntax error",
        "BITOP NOT d s s; -ERR BITOP NOT must be called with a single source key.",
        "BITOP DIFF d s; -ERR BITOP DIFF must be called with at least two source keys.",
      })
  void countsAndFindsAsRedis(String line, String reply) {
    bench.run("SET s foobar");
    bench.run("BITFIELD ones SET u16 0 65535");
    bench.run("RPUSH l 1");
    assertThat(bench.run(line)).isEqualTo(reply);
  }

  @ParameterizedTest
  @CsvSource({
    "AND, 0",
    "OR, 119",
    "XOR, 116",
    "DIFF, 16",
    "DIFF1, 100",
    "ANDOR, 3",
    "ONE, 116",
  })
  void stringsAreCombinedBitByBit(String operation, int result) {
    bench.run("BITFIELD a SET u8 0 19"); // 00010011
    bench.run("BITFIELD b SET u8 0 33"); // 00100001
    bench.run("BITFIELD c SET u8 0 70"); // 01000110
    assertThat(bench.run("BITOP " + operation + " d a b c")).isEqualTo(":1");
    assertThat(bench.run("BITFIELD d GET u8 0")).isEqualTo("[:" + result + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "BITFIELD k INCRBY u2 100 1 OVERFLOW SAT INCRBY u2 102 1; [:1, :1]",
        "BITFIELD k SET i8 0 200 GET i8 0; [:0, :-56]",
        "BITFIELD k OVERFLOW SAT SET i8 0 200 GET i8 0; [:0, :127]",
        "BITFIELD k OVERFLOW FAIL SET u8 0 256 GET u8 0; [nil, :0]",
        "BITFIELD k SET i64 3 -1 INCRBY i64 3 -9223372036854775808; [:0, :9223372036854775807]",
        "BITFIELD k OVERFLOW SAT INCRBY u63 #1 -9223372036854775808; [:0]",
        "BITFIELD k SET u8 #2 7 GET u8 16; [:0, :7]",
        "BITFIELD k GET u64 0;"
            + " -ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not"
            + " supported but i64 is.",
        "BITFIELD k GET u8 #-1; -ERR bit offset is not an integer or out of range",
        "BITFIELD k OVERFLOW FOO; -ERR Invalid OVERFLOW type specified",
        "BITFIELD k GET u8; -ERR syntax error",
        "BITFIELD k; []",
        "BITFIELD_RO k GET u8 0; [:0]",
        "BITFIELD_RO k SET u8 0 1; -ERR BITFIELD_RO only supports the GET subcommand",
      })
  void fieldsAreReadAndWritten(String line, String reply) {
    assertThat(bench.run(line)).isEqualTo(reply);
  }

  @Test
  void rangesAreCountedAndSearchedAsBitByBit() {
    Random random = new Random(5);
    for (int i = 0; i < 40; i++) {
      bench.run("SETBIT k " + random.nextInt(400) + " 1");
    }
    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(400);
      int to = from + random.nextInt(400 - from);
      int count = 0;
      int found = -1;
      for (int bit = from; bit <= to; bit++) {
        boolean set = bench.run("GETBIT k " + bit).equals(":1");
        count += set ? 1 : 0;
        found = set && found < 0 ? bit : found;
      }
      boolean within = Integer.parseInt(bench.run("STRLEN k").substring(1)) * 8 > from;
      assertThat(bench.run("BITCOUNT k " + from + " " + to + " BIT")).isEqualTo(":" + count);
      assertThat(bench.run("BITPOS k 1 " + from + " " + to + " BIT"))
          .isEqualTo(":" + (within ? found : -1));
    }
  }
}
