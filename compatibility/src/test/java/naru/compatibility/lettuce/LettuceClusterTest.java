package naru.compatibility.lettuce;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.RedisClusterPubSubAdapter;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import naru.compatibility.Broker;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A peer would have to be told its slots first.
@Shows(value = Client.LETTUCE, area = "cluster of one node")
final class LettuceClusterTest {
  @RegisterExtension static final OneBroker shared = new OneBroker("--cluster-enabled", "yes");

  private RedisClusterClient client;
  private RedisAdvancedClusterCommands<String, String> cluster;

  @BeforeEach
  void open() {
    assumeThat(Broker.isPeer()).isFalse();
    RedisURI uri = RedisURI.create("127.0.0.1", shared.port());
    uri.setTimeout(Duration.ofSeconds(20));
    client = RedisClusterClient.create(uri);
    cluster = client.connect().sync();
  }

  @AfterEach
  void close() {
    if (client != null) {
      client.shutdown(0, 5, TimeUnit.SECONDS);
    }
  }

  @Test
  void theOneNodeOwnsEverySlot() {
    assertThat(client.getPartitions()).hasSize(1);
    RedisClusterNode node = client.getPartitions().getPartition(0);
    assertThat(node.getSlots()).hasSize(SlotHash.SLOT_COUNT);
    assertThat(node.getNodeId()).isEqualTo(cluster.clusterMyId());
    assertThat(node.getUri().getPort()).isEqualTo(shared.port());
    assertThat(cluster.clusterKeyslot("foo{bar}")).isEqualTo(SlotHash.getSlot("bar"));
    client.refreshPartitions();
    assertThat(cluster.ping()).isEqualTo("PONG");
  }

  @Test
  void whatTheClientSplitsBySlotComesTogetherAgain() {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      values.put("key" + i, "value" + i);
    }
    assertThat(cluster.mset(values)).isEqualTo("OK");
    assertThat(cluster.mget(values.keySet().toArray(String[]::new)))
        .allSatisfy(each -> assertThat(each.getValue()).isEqualTo(values.get(each.getKey())));
    assertThat(ScanIterator.scan(cluster).stream())
        .containsExactlyInAnyOrderElementsOf(values.keySet());
    assertThat(cluster.del(values.keySet().toArray(String[]::new))).isEqualTo(100);
  }

  @Test
  void keysOfSeveralSlotsAreRefused() {
    cluster.set("a", "1");
    assertThatThrownBy(() -> cluster.rename("a", "b"))
        .isInstanceOf(RedisCommandExecutionException.class)
        .hasMessageStartingWith("CROSSSLOT");
    assertThat(cluster.blpop(1, "none")).isNull();
    cluster.rpush("list", "x");
    assertThat(cluster.blpop(1, "list")).isEqualTo(KeyValue.just("list", "x"));
  }

  @Test
  void shardedChannelsAreHeard() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (StatefulRedisClusterPubSubConnection<String, String> listening = client.connectPubSub()) {
      listening.addListener(
          new RedisClusterPubSubAdapter<>() {
            @Override
            public void smessage(RedisClusterNode node, String channel, String message) {
              heard.add(channel + " " + message);
            }
          });
      listening.sync().ssubscribe("news");
      cluster.spublish("news", "hello");
      assertThat(heard.poll(20, SECONDS)).isEqualTo("news hello");
    }
  }
}
