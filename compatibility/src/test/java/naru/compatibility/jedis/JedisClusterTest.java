package naru.compatibility.jedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.Set;
import naru.compatibility.Broker;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.args.ListDirection;
import redis.clients.jedis.exceptions.JedisException;

/// A peer would have to be told its slots first.
@Shows(value = Client.JEDIS, area = "cluster of one node")
final class JedisClusterTest {
  @RegisterExtension static final OneBroker shared = new OneBroker("--cluster-enabled", "yes");

  private RedisClusterClient cluster;

  @BeforeEach
  void open() {
    assumeThat(Broker.isPeer()).isFalse();
    cluster = RedisClusterClient.create(new HostAndPort("127.0.0.1", shared.port()));
  }

  @AfterEach
  void close() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void theOneNodeIsFoundAndAnswersForEverySlot() {
    assertThat(cluster.getClusterNodes()).containsOnlyKeys("127.0.0.1:" + shared.port());
    for (int i = 0; i < 200; i++) {
      cluster.set("key" + i, "value" + i);
    }
    cluster.refreshClusterTopology();
    for (int i = 0; i < 200; i++) {
      assertThat(cluster.get("key" + i)).isEqualTo("value" + i);
    }
  }

  @Test
  void aQueueIsWorkedOff() {
    cluster.rpush("{jobs}waiting", "a", "b");
    assertThat(
            cluster.lmove("{jobs}waiting", "{jobs}done", ListDirection.RIGHT, ListDirection.LEFT))
        .isEqualTo("b");
    assertThat(cluster.blpop(5, "{jobs}waiting")).containsExactly("{jobs}waiting", "a");
    assertThat(cluster.lrange("{jobs}done", 0, -1)).containsExactly("b");
  }

  @Test
  void keysOfOneSlotGoTogetherAndOthersDoNot() {
    assertThat(cluster.mset("{a}1", "x", "{a}2", "y")).isEqualTo("OK");
    assertThat(cluster.mget("{a}1", "{a}2")).containsExactly("x", "y");
    assertThat(cluster.eval("return redis.call('get', KEYS[1])", 1, "{a}1")).isEqualTo("x");
    assertThatThrownBy(() -> cluster.rename("{a}1", "b")).isInstanceOf(JedisException.class);
  }

  @Test
  void aPipelineIsAnsweredInOrder() {
    try (ClusterPipeline pipeline = cluster.pipelined()) {
      List<Response<Long>> counts =
          List.of(pipeline.incr("one"), pipeline.incr("two"), pipeline.incr("one"));
      pipeline.sync();
      assertThat(counts.stream().map(Response::get)).containsExactly(1L, 1L, 2L);
    }
    assertThat(Set.of(cluster.get("one"), cluster.get("two"))).containsExactlyInAnyOrder("2", "1");
  }
}
