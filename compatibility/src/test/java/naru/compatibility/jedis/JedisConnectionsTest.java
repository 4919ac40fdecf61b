package naru.compatibility.jedis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import naru.compatibility.Eventually;
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
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.Tuple;

@Shows(value = Client.JEDIS, area = "connections")
@ParameterizedClass
@EnumSource(names = {"RESP2", "RESP3"})
final class JedisConnectionsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @Parameter RedisProtocol protocol;

  private RedisClient jedis;

  @BeforeEach
  void open() {
    jedis = Jedises.pool(shared.broker(), protocol);
  }

  @AfterEach
  void close() {
    jedis.close();
  }

  @Test
  void theClientIntroducesItself() {
    try (Jedis single = Jedises.single(shared.broker(), protocol)) {
      assertThat(single.ping()).isEqualTo("PONG");
      assertThat(single.clientGetname()).isEqualTo("jedis");
      assertThat(single.clientInfo()).contains("resp=" + protocol.version());
      assertThat(single.clientId()).isPositive();
    }
  }

  @Test
  void aPipelineIsAnsweredInItsOrder() {
    List<Response<Long>> counted = new ArrayList<>();
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      for (int i = 0; i < 5_000; i++) {
        counted.add(pipeline.incr("counter"));
      }
      Response<Long> wrong = pipeline.lpush("counter", "x");
      Response<String> last = pipeline.get("counter");
      pipeline.sync();
      assertThat(last.get()).isEqualTo("5000");
      assertThat(failureOf(wrong)).startsWith("WRONGTYPE");
    }
    for (int i = 0; i < counted.size(); i++) {
      assertThat(counted.get(i).get()).isEqualTo(i + 1);
    }
  }

  private static String failureOf(Response<?> response) {
    try {
      return "none: " + response.get();
    } catch (JedisDataException e) {
      return e.getMessage();
    }
  }

  @Test
  void aScanMeetsEveryKey() {
    List<String> keys = new ArrayList<>();
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      for (int i = 0; i < 1_000; i++) {
        keys.add("key:" + i);
        pipeline.set("key:" + i, "v");
        pipeline.set("other:" + i, "v");
      }
      pipeline.sync();
    }
    List<String> met = new ArrayList<>();
    ScanParams params = new ScanParams().match("key:*").count(50);
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      ScanResult<String> page = jedis.scan(cursor, params);
      met.addAll(page.getResult());
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    assertThat(met).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void hashesSetsAndSortedSetsAreScannedToo() {
    try (AbstractPipeline pipeline = jedis.pipelined()) {
      for (int i = 0; i < 300; i++) {
        pipeline.hset("hash", "f" + i, "v" + i);
        pipeline.sadd("set", "m" + i);
        pipeline.zadd("zset", i, "z" + i);
      }
      pipeline.sync();
    }
    assertThat(jedis.hscan("hash", "0", new ScanParams().count(1_000)).getResult()).hasSize(300);
    assertThat(jedis.sscan("set", "0", new ScanParams().count(1_000)).getResult()).hasSize(300);
    assertThat(jedis.zscan("zset", "0", new ScanParams().match("z299").count(1_000)).getResult())
        .containsExactly(new Tuple("z299", 299.0));
  }

  @Test
  void afterARestartThePoolConnectsAgainAndEverythingIsStillThere() throws Exception {
    jedis.set("text", "kept");
    jedis.rpush("list", "a", "b");
    jedis.hset("hash", Map.of("f", "v"));
    StreamEntryID id = jedis.xadd("stream", StreamEntryID.NEW_ENTRY, Map.of("n", "1"));
    jedis.xgroupCreate("stream", "group", new StreamEntryID(), false);

    shared.broker().kill9();
    shared.broker().restart();

    assertThat(Eventually.succeeds(JedisConnectionException.class, () -> jedis.get("text")))
        .isEqualTo("kept");
    assertThat(jedis.lrange("list", 0, -1)).containsExactly("a", "b");
    assertThat(jedis.hgetAll("hash")).containsExactly(Map.entry("f", "v"));
    assertThat(jedis.xrange("stream", "-", "+").getFirst().getID()).isEqualTo(id);
    assertThat(jedis.xinfoGroups("stream").getFirst().getName()).isEqualTo("group");
  }
}
