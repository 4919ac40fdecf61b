package naru.protocol.resp.list;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is served when several wait: key by key in the order in which keys became ready, at each key
/// the oldest first, and each with what has come at that key.
class WakingOrderTest {
  private final Bench bench = new Bench();
  private final Bench.Connection first = bench.connect();
  private final Bench.Connection second = bench.connect();
  private final Bench.Connection third = bench.connect();
  private final Bench.Connection writer = bench.connect();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatAServedMoveMakesReadyIsForTheOldestThere() {
    first.run("BRPOP a 0");
    second.run("BRPOPLPUSH d a 0");
    third.run("BLPOP a d 0");
    writer.run("RPUSH d x");
    assertThat(second.receive()).isEqualTo("\"x\"");
    assertThat(first.receive()).isEqualTo("[\"a\", \"x\"]");
    assertThat(third.receive()).isEmpty();
  }

  @Test
  void whoIsServedGetsWhatHasComeNotWhatIsElsewhere() {
    first.run("BRPOP a 0");
    second.run("BLMOVE d a LEFT LEFT 0");
    third.run("BLPOP a d 0");
    writer.run("RPUSH d x y");
    assertThat(second.receive()).isEqualTo("\"x\"");
    assertThat(third.receive()).isEqualTo("[\"d\", \"y\"]");
    assertThat(first.receive()).isEqualTo("[\"a\", \"x\"]");
  }

  @Test
  void keysAreServedInTheOrderOfTheTransaction() {
    first.run("BLPOP a b c 0");
    second.run("BLPOP a b c 0");
    writer.run("MULTI");
    writer.run("HSET c f v");
    writer.run("RPUSH b x");
    writer.run("RPUSH a y");
    writer.run("DEL c");
    writer.run("RPUSH c z");
    writer.run("EXEC");
    assertThat(first.receive()).isEqualTo("[\"b\", \"x\"]");
    assertThat(second.receive()).isEqualTo("[\"a\", \"y\"]");
    assertThat(writer.run("LRANGE c 0 -1")).isEqualTo("[\"z\"]");
  }

  @Test
  void whoWaitsForAnotherTypeKeepsHisPlace() {
    first.run("BZPOPMIN k 0");
    second.run("BZPOPMIN k 0");
    third.run("BLPOP k 0");
    writer.run("RPUSH k x");
    assertThat(third.receive()).isEqualTo("[\"k\", \"x\"]");
    writer.run("ZADD k 1 a");
    assertThat(first.receive()).isEqualTo("[\"k\", \"a\", \"1\"]");
    assertThat(second.receive()).isEmpty();
  }

  @Test
  void aMoveThatFailsLeavesTheElementToTheNext() {
    first.run("BLMOVE a s LEFT LEFT 0");
    second.run("BLPOP a 0");
    writer.run("SET s v");
    writer.run("RPUSH a x");
    assertThat(first.receive()).startsWith("-WRONGTYPE");
    assertThat(second.receive()).isEqualTo("[\"a\", \"x\"]");
  }

  @Test
  void nobodyIsAskedOnceAGroupHasReadAll() {
    writer.run("XGROUP CREATE s g $ MKSTREAM");
    first.run("XREADGROUP GROUP g anna BLOCK 0 STREAMS s >");
    second.run("XREADGROUP GROUP g berta BLOCK 0 STREAMS s >");
    third.run("XREAD BLOCK 0 STREAMS s $");
    bench.sleepMs(1000);
    writer.run("XADD s 1-0 f v");
    assertThat(first.receive()).isEqualTo("[[\"s\", [[\"1-0\", [\"f\", \"v\"]]]]]");
    assertThat(third.receive()).isEqualTo("[[\"s\", [[\"1-0\", [\"f\", \"v\"]]]]]");
    assertThat(second.receive()).isEmpty();
    // Who is asked is seen: it would not be idle.
    assertThat(writer.run("XINFO CONSUMERS s g"))
        .contains("[\"name\", \"anna\", \"pending\", :1, \"idle\", :0")
        .contains("[\"name\", \"berta\", \"pending\", :0, \"idle\", :1000");
  }
}
