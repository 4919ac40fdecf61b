package naru.protocol.resp.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import naru.protocol.resp.setting.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterTest {
  private static final String CROSSED = "-CROSSSLOT Keys in request don't hash to the same slot";

  private final Bench bench = new Bench(clustered());

  private static Settings clustered() {
    Settings settings = new Settings();
    settings.clusterEnabled.take("yes");
    return settings;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void withoutAClusterItIsSaidSo() {
    String disabled = "-ERR This instance has cluster support disabled";
    try (Bench alone = new Bench()) {
      assertThat(alone.run("CLUSTER INFO")).isEqualTo(disabled);
      assertThat(alone.run("CLUSTER HELP")).isEqualTo(disabled);
      assertThat(alone.run("CLUSTER KEYSLOT k")).isEqualTo(disabled);
      assertThat(alone.run("READONLY")).isEqualTo(disabled);
      assertThat(alone.run("ASKING")).isEqualTo(disabled);
      assertThat(alone.run("CLUSTER KEYSLOT"))
          .isEqualTo("-ERR wrong number of arguments for 'cluster|keyslot' command");
      assertThat(alone.run("MSET a 1 b 2")).isEqualTo("OK");
    }
  }

  @Test
  void theNodeOwnsAllSlots() {
    String id = bench.run("CLUSTER MYID").replace("\"", "");
    assertThat(id).matches("[0-9a-f]{40}");
    assertThat(bench.run("CLUSTER MYSHARDID")).hasSize(42).doesNotContain(id);
    assertThat(bench.run("CLUSTER SLOTS")).startsWith("[[:0, :16383, [\"").contains(id, ":6379");
    assertThat(bench.run("CLUSTER SHARDS")).contains("[:0, :16383]", "online", id);
    assertThat(bench.run("CLUSTER NODES"))
        .contains(id, ":6379@16379 myself,master - 0 0 1 connected 0-16383");
    assertThat(bench.run("CLUSTER INFO")).contains("cluster_state:ok", "slots_ok:16384");
    assertThat(bench.run("CLUSTER REPLICAS " + id)).isEqualTo("[]");
    assertThat(bench.run("CLUSTER COUNT-FAILURE-REPORTS " + id)).isEqualTo(":0");
    assertThat(bench.run("CLUSTER FORGET x")).isEqualTo("-ERR Unknown node x");
    assertThat(bench.run("HELLO")).contains("\"cluster\"");
    assertThat(bench.run("INFO cluster")).contains("cluster_enabled:1");
  }

  @Test
  void anotherAddressIsAnnouncedIfThatIsSaid() {
    bench.run("CONFIG SET cluster-announce-ip 10.1.2.3 cluster-announce-port 7000");
    assertThat(bench.run("CLUSTER SLOTS")).contains("[\"10.1.2.3\", :7000, ");
  }

  @Test
  void keysOfSeveralSlotsAreRefused() {
    assertThat(bench.run("MSET a 1 b 2")).isEqualTo(CROSSED);
    assertThat(bench.run("MSET {a}1 1 {a}2 2")).isEqualTo("OK");
    assertThat(bench.run("EVAL return{} 2 a b")).isEqualTo(CROSSED);
    assertThat(bench.run("SSUBSCRIBE a b")).isEqualTo(CROSSED);
    assertThat(bench.run("SELECT 1")).isEqualTo("-ERR SELECT is not allowed in cluster mode");
    assertThat(bench.run("SELECT 0")).isEqualTo("OK");
    assertThat(bench.run("MOVE a 1")).isEqualTo("-ERR MOVE is not allowed in cluster mode");
    assertThat(bench.run("SORT l BY w*")).contains("BY option of SORT denied in Cluster mode");
    assertThat(bench.run("SORT {l} BY w{l}* GET #")).isEqualTo("[]");
  }

  @Test
  void aTransactionStaysInOneSlot() {
    bench.run("MULTI");
    bench.run("SET a 1");
    bench.run("SET b 2");
    assertThat(bench.run("EXEC")).isEqualTo(CROSSED);
    assertThat(bench.run("EXISTS a")).isEqualTo(":0");
    assertThat(bench.run("EXEC")).isEqualTo("-ERR EXEC without MULTI");
    bench.run("MULTI");
    assertThat(bench.run("MGET a b")).isEqualTo(CROSSED);
    assertThat(bench.run("EXEC"))
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.");
    bench.run("MULTI");
    bench.run("SET {a}1 1");
    bench.run("SET {a}2 2");
    assertThat(bench.run("EXEC")).isEqualTo("[OK, OK]");
  }

  @Test
  void aScriptThatSaysWhatItIsStaysInOneSlot() {
    String two = "redis.call('get','zz') return redis.call('get','a')";
    assertThat(bench.run("EVAL", two, "1", "a")).isEqualTo("nil");
    assertThat(bench.run("EVAL", "#!lua\n" + two, "0"))
        .contains("Script attempted to access keys that do not hash to the same slot");
    assertThat(bench.run("EVAL", "#!lua\nreturn redis.call('get','zz')", "1", "a"))
        .contains("Script attempted to access keys that do not hash to the same slot");
    assertThat(bench.run("EVAL", "#!lua flags=allow-cross-slot-keys\n" + two, "0"))
        .isEqualTo("nil");
    assertThat(bench.run("EVAL", "return redis.call('mget','zz','a')", "0"))
        .contains("Script attempted to access a non local key in a cluster node");
    assertThat(bench.run("EVAL", "#!lua flags=no-cluster\nreturn 1", "0"))
        .isEqualTo("-ERR Can not run script on cluster, 'no-cluster' flag is set.");
  }

  @Test
  void keysOfASlotAreFound() {
    bench.run("MSET {bar}1 1 {bar}2 2");
    bench.run("SET foo 3");
    assertThat(bench.run("CLUSTER COUNTKEYSINSLOT 5061")).isEqualTo(":2");
    assertThat(bench.run("CLUSTER GETKEYSINSLOT 12182 9")).isEqualTo("[\"foo\"]");
    assertThat(bench.run("CLUSTER COUNTKEYSINSLOT 16384")).isEqualTo("-ERR Invalid slot");
    assertThat(bench.run("CLUSTER SLOT-STATS ORDERBY KEY-COUNT LIMIT 2"))
        .isEqualTo("[[:5061, [\"key-count\", :2]], [:12182, [\"key-count\", :1]]]");
    assertThat(bench.run("CLUSTER SLOT-STATS SLOTSRANGE 5061 5061"))
        .isEqualTo("[[:5061, [\"key-count\", :2]]]");
  }

  @Test
  void whatWouldChangeTheClusterIsRefused() {
    assertThat(bench.run("CLUSTER ADDSLOTS 7")).isEqualTo("-ERR Slot 7 is already busy");
    assertThat(bench.run("CLUSTER DELSLOTS 7")).contains("it cannot give one up");
    assertThat(bench.run("CLUSTER MEET 127.0.0.1 7000")).contains("it cannot meet another");
    assertThat(bench.run("CLUSTER MEET 127.0.0.1 x"))
        .isEqualTo("-ERR Invalid TCP base port specified: x");
    assertThat(bench.run("CLUSTER RESET")).contains("there is nothing to reset");
    assertThat(bench.run("CLUSTER FAILOVER"))
        .isEqualTo("-ERR You should send CLUSTER FAILOVER to a replica");
    assertThat(bench.run("CLUSTER SETSLOT 1 STABLE")).isEqualTo("OK");
  }

  @Test
  void readonlyIsShownUntilTheConnectionIsReset() {
    assertThat(bench.run("READONLY")).isEqualTo("OK");
    assertThat(bench.run("CLIENT LIST")).contains("flags=r ");
    bench.run("RESET");
    assertThat(bench.run("CLIENT LIST")).contains("flags=N ");
  }
}
