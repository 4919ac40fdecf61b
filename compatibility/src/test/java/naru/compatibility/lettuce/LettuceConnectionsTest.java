package naru.compatibility.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Shows(value = Client.LETTUCE, area = "connections")
@ParameterizedClass
@EnumSource
final class LettuceConnectionsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @Parameter ProtocolVersion protocol;

  private OneLettuce lettuce;
  private RedisCommands<String, String> redis;

  @BeforeEach
  void open() {
    lettuce = new OneLettuce(shared.broker(), protocol);
    redis = lettuce.commands();
  }

  @AfterEach
  void close() {
    lettuce.close();
  }

  @Test
  void theClientIntroducesItself() {
    assertThat(redis.ping()).isEqualTo("PONG");
    assertThat(redis.clientGetname()).isEqualTo("lettuce");
    assertThat(redis.clientInfo())
        .contains(protocol == ProtocolVersion.RESP3 ? "resp=3" : "resp=2");
  }

  @Test
  void aPipelineIsAnsweredInItsOrder() throws Exception {
    StatefulRedisConnection<String, String> connection = lettuce.client().connect();
    connection.setAutoFlushCommands(false);
    RedisAsyncCommands<String, String> async = connection.async();
    List<RedisFuture<Long>> counts = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      counts.add(async.incr("counter"));
    }
    connection.flushCommands();
    assertThat(LettuceFutures.awaitAll(20, TimeUnit.SECONDS, counts.toArray(new RedisFuture<?>[0])))
        .isTrue();
    for (int i = 0; i < counts.size(); i++) {
      assertThat(counts.get(i).get()).isEqualTo(i + 1L);
    }
  }

  @Test
  void allCommandsOfATransactionAreCarriedOutAtExec() {
    redis.multi();
    redis.rpush("list", "a", "b");
    redis.lpop("list");
    redis.incr("counter");
    TransactionResult result = redis.exec();
    assertThat(result.wasDiscarded()).isFalse();
    assertThat(result.stream()).containsExactly(2L, "a", 1L);
  }

  @Test
  void aWatchedKeyThatChangesUndoesAll() {
    redis.set("balance", "10");
    redis.watch("balance");
    lettuce.commands().incr("balance");
    redis.multi();
    redis.set("balance", "20");
    assertThat(redis.exec().wasDiscarded()).isTrue();
    assertThat(redis.get("balance")).isEqualTo("11");
  }

  @Test
  void discardForgetsEverything() {
    redis.multi();
    redis.set("a", "1");
    assertThat(redis.discard()).isEqualTo("OK");
    assertThat(redis.get("a")).isNull();
  }

  @Test
  void aCommandThatIsNotUnderstoodUndoesAll() {
    redis.multi();
    redis.set("a", "1");
    redis.dispatch(new NoSuch(), new StatusOutput<>(StringCodec.UTF8));
    assertThatThrownBy(redis::exec)
        .isInstanceOf(RedisCommandExecutionException.class)
        .hasMessageContaining("EXECABORT");
    assertThat(redis.get("a")).isNull();
  }

  private static final class NoSuch implements ProtocolKeyword {
    @Override
    public byte[] getBytes() {
      return "NOSUCH".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
      return "NOSUCH";
    }
  }

  @Test
  void aScanMeetsEveryKey() {
    redis.mset(keys("key:"));
    redis.mset(keys("other:"));
    List<String> met = new ArrayList<>();
    ScanIterator.scan(redis, ScanArgs.Builder.matches("key:*").limit(50))
        .forEachRemaining(met::add);
    assertThat(met).containsExactlyInAnyOrderElementsOf(keys("key:").keySet());
  }

  private static Map<String, String> keys(String prefix) {
    Map<String, String> keys = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      keys.put(prefix + i, "v");
    }
    return keys;
  }

  @Test
  void aHashComesBackWhole() {
    redis.hset("hash", Map.of("a", "1", "b", "2"));
    redis.zadd("zset", 1.5, "m");
    assertThat(redis.hgetall("hash")).isEqualTo(Map.of("a", "1", "b", "2"));
    MapScanCursor<String, String> page = redis.hscan("hash");
    assertThat(page.isFinished()).isTrue();
    assertThat(page.getMap()).hasSize(2);
    assertThat(redis.zscore("zset", "m")).isEqualTo(1.5);
  }

  @Test
  void afterARestartTheConnectionComesBackAndEverythingIsStillThere() {
    redis.set("text", "kept");
    redis.rpush("list", "a", "b");
    String id = redis.xadd("stream", Map.of("n", "1"));
    shared.broker().kill9();
    shared.broker().restart();
    assertThat(redis.get("text")).isEqualTo("kept");
    assertThat(redis.lrange("list", 0, -1)).containsExactly("a", "b");
    assertThat(redis.xrange("stream", Range.unbounded()).getFirst().getId()).isEqualTo(id);
  }
}
