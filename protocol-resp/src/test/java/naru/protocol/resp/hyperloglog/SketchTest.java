package naru.protocol.resp.hyperloglog;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SketchTest {
  private final Bench bench = new Bench();

  @AfterEach
  void replayGivesTheSameKeys() {
    bench.close();
  }

  @Test
  void elementsAreCountedOnce() {
    assertThat(bench.run("PFADD k a b c d")).isEqualTo(":1");
    assertThat(bench.run("PFADD k a b c d")).isEqualTo(":0");
    assertThat(bench.run("PFCOUNT k")).isEqualTo(":4");
    assertThat(bench.run("PFADD k")).isEqualTo(":0");
    assertThat(bench.run("PFADD empty")).isEqualTo(":1");
    assertThat(bench.run("PFCOUNT empty")).isEqualTo(":0");
    assertThat(bench.run("PFCOUNT none")).isEqualTo(":0");
  }

  @Test
  void runsAreThoseOfRedis() {
    bench.run("PFADD k a b c");
    assertThat(bench.run("PFDEBUG DECODE k"))
        .isEqualTo("\"Z:8436 v:1,1 Z:4274 v:2,1 Z:3068 v:1,1 Z:603\"");
    assertThat(bench.run("PFDEBUG ENCODING k")).isEqualTo("sparse");
    assertThat(bench.run("PFDEBUG TODENSE k")).isEqualTo(":1");
    assertThat(bench.run("PFDEBUG TODENSE k")).isEqualTo(":0");
    assertThat(bench.run("STRLEN k")).isEqualTo(":12304");
    assertThat(bench.run("PFDEBUG DECODE k")).isEqualTo("-ERR HLL encoding is not sparse");
    assertThat(bench.run("PFCOUNT k")).isEqualTo(":3");
  }

  @Test
  void manyElementsMakeItDenseAndAreCountedNearly() {
    for (int i = 0; i < 100; i++) {
      bench.run(("PFADD k " + elements(i * 100)).split(" "));
    }
    assertThat(bench.run("PFDEBUG ENCODING k")).isEqualTo("dense");
    int count = Integer.parseInt(bench.run("PFCOUNT k").substring(1));
    assertThat(count).isBetween(9_700, 10_300);
  }

  private static String elements(int from) {
    StringBuilder words = new StringBuilder("element");
    for (int i = from; i < from + 100; i++) {
      words.append(" e").append(i);
    }
    return words.toString();
  }

  @Test
  void howLongItStaysSparseIsASetting() {
    bench.run("CONFIG SET hll-sparse-max-bytes 20");
    bench.run("PFADD k a b c");
    assertThat(bench.run("PFDEBUG ENCODING k")).isEqualTo("dense");
  }

  @Test
  void aChangeIsLoggedAsTheBytesThatDiffer() {
    for (int i = 0; i < 5; i++) {
      bench.run(("PFADD k " + elements(i * 100)).split(" "));
    }
    bench.run("PFCOUNT k");
    int before = bench.ops().size();
    bench.run("PFADD k another");
    assertThat(bench.ops().subList(before, bench.ops().size()))
        .isNotEmpty()
        .allSatisfy(op -> assertThat(op.length()).isLessThan(120));
  }

  @Test
  void countingKeepsTheCountInTheKey() {
    bench.run("PFADD k a");
    int before = bench.ops().size();
    bench.run("PFCOUNT k");
    assertThat(bench.ops()).hasSizeGreaterThan(before);
    before = bench.ops().size();
    bench.run("PFCOUNT k");
    assertThat(bench.ops()).hasSize(before);
  }

  @Test
  void severalAreCountedAndMergedAsOne() {
    bench.run("PFADD a 1 2 3");
    bench.run("PFADD b 3 4");
    assertThat(bench.run("PFCOUNT a b none")).isEqualTo(":4");
    assertThat(bench.run("PFMERGE c a b")).isEqualTo("OK");
    assertThat(bench.run("PFCOUNT c")).isEqualTo(":4");
    bench.run("PFDEBUG TODENSE a");
    bench.run("PFMERGE d a b");
    assertThat(bench.run("PFDEBUG ENCODING d")).isEqualTo("dense");
    assertThat(bench.run("PFCOUNT d")).isEqualTo(":4");
    assertThat(bench.run("PFMERGE e")).isEqualTo("OK");
    assertThat(bench.run("PFCOUNT e")).isEqualTo(":0");
  }

  @Test
  void whatIsNoSketchIsRefused() {
    bench.run("SET s text");
    bench.run("RPUSH l 1");
    String refusal = "-WRONGTYPE Key is not a valid HyperLogLog string value.";
    assertThat(bench.run("PFADD s a")).isEqualTo(refusal);
    assertThat(bench.run("PFCOUNT s")).isEqualTo(refusal);
    assertThat(bench.run("PFMERGE d s")).isEqualTo(refusal);
    assertThat(bench.run("PFCOUNT l"))
        .isEqualTo("-WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(bench.run("PFDEBUG GETREG none")).isEqualTo("-ERR The specified key does not exist");
    bench.run("PFADD k a");
    assertThat(bench.run("PFDEBUG FOO k")).isEqualTo("-ERR Unknown PFDEBUG subcommand 'FOO'");
  }

  @Test
  void whatIsCorruptIsRefused() {
    bench.run("PFADD k a");
    bench.run("APPEND k x");
    String refusal = "-INVALIDOBJ Corrupted HLL object detected";
    assertThat(bench.run("PFCOUNT k")).isEqualTo(refusal);
    assertThat(bench.run("PFCOUNT k none")).isEqualTo(refusal);
    assertThat(bench.run("PFMERGE d k")).isEqualTo(refusal);
    assertThat(bench.run("PFDEBUG TODENSE k")).isEqualTo(refusal);
  }

  @Test
  void eventsTellOfAdditions() {
    Bench.Connection listener = bench.connect();
    listener.run("CONFIG SET notify-keyspace-events KEA");
    listener.run("PSUBSCRIBE __keyevent@0__:*");
    Bench.Connection other = bench.connect();
    other.run("PFADD k a");
    assertThat(listener.receive()).contains("pfadd");
    other.run("PFADD k a");
    other.run("PFCOUNT k");
    assertThat(listener.receive()).isEmpty();
    other.run("PFMERGE d k");
    assertThat(listener.receive()).contains("pfadd");
  }

  @Test
  void theSelfTestPasses() {
    assertThat(bench.run("PFSELFTEST")).isEqualTo("OK");
  }
}
