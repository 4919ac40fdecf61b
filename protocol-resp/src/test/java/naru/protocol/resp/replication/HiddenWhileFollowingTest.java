package naru.protocol.resp.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.hash.HashOp;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// While another server is followed, what has expired is out of sight, and goes when that server
/// says so.
class HiddenWhileFollowingTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.server().shard().follows(false);
    bench.sleepMs(200);
    bench.close();
  }

  private void follow() {
    bench.server().shard().follows(true);
  }

  /// With so many fields that stay beside one that does not.
  @ParameterizedTest
  @ValueSource(ints = {3, 1000})
  void fieldsWhoseTimeHasComeAreNotSeen(int fields) {
    for (int i = 0; i < fields; i++) {
      bench.run("HSET", "h", "f" + i, "v" + i);
    }
    bench.run("HPEXPIRE h 1000 FIELDS 1 f1");
    bench.run("HPEXPIRE h 2000 FIELDS 1 f2");
    follow();
    bench.sleepMs(1001);
    assertThat(bench.run("HGET h f1")).isEqualTo("nil");
    assertThat(bench.run("HGET h f2")).isEqualTo("\"v2\"");
    assertThat(bench.run("HLEN h")).isEqualTo(":" + (fields - 1));
    assertThat(bench.run("HGETALL h")).contains("\"f0\"").doesNotContain("\"f1\"");
    assertThat(bench.run("HMGET h f0 f1")).isEqualTo("[\"v0\", nil]");
    bench.sleepMs(1000);
    assertThat(bench.run("HMGET h f0 f1 f2")).isEqualTo("[\"v0\", nil, nil]");
    assertThat(bench.ops()).noneMatch(op -> op.startsWith("Expired"));
  }

  @Test
  void aHashWithoutAnyOtherFieldIsNotSeen() {
    bench.run("HSET h f v");
    bench.run("HPEXPIRE h 1000 FIELDS 1 f");
    follow();
    bench.sleepMs(1001);
    assertThat(bench.run("EXISTS h")).isEqualTo(":0");
    assertThat(bench.run("TYPE h")).isEqualTo("none");
  }

  @Test
  void whatTheOtherServerDoesMeanwhileIsSeen() {
    bench.run("HSET h f v g w");
    bench.run("HPEXPIRE h 1000 FIELDS 1 f");
    follow();
    bench.sleepMs(1001);
    assertThat(bench.run("HGETALL h")).isEqualTo("[\"g\", \"w\"]");
    HashOp set = new HashOp.Set(0, Bytes.of("h"), List.of(Bytes.of("g"), Bytes.of("x")));
    bench.server().shard().follow(stage -> stage.perform(new OwnRequest(List.of(set))));
    assertThat(bench.run("HGETALL h")).isEqualTo("[\"g\", \"x\"]");
  }
}
