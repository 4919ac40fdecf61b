package naru.compatibility.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import naru.compatibility.Eventually;
import naru.compatibility.OneBroker;
import naru.compatibility.Together;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cache.Cache;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.Consumer;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.support.atomic.RedisAtomicLong;

@Shows(value = Client.SPRING_DATA_REDIS, area = "template")
final class SpringTemplateTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static LettuceConnectionFactory connections;
  private static StringRedisTemplate redis;

  @BeforeAll
  static void open() {
    connections = Springs.connect(shared.port());
    redis = new StringRedisTemplate(connections);
  }

  @AfterAll
  static void close() {
    connections.destroy();
  }

  @Test
  void aListIsAQueueWithWaitingPops() throws Exception {
    try (Together together = new Together()) {
      Future<String> waiting =
          together.begin(() -> redis.opsForList().leftPop("queue", Duration.ofSeconds(20)));
      redis.opsForList().rightPush("queue", "job");
      assertThat(Together.result(waiting)).isEqualTo("job");
    }
    redis.opsForList().rightPushAll("queue", "a", "b");
    assertThat(redis.opsForList().rightPopAndLeftPush("queue", "working")).isEqualTo("b");
    assertThat(redis.opsForList().range("working", 0, -1)).containsExactly("b");
  }

  @Test
  void valuesExpireAndAreSetOnlyWhereTheyAreNot() {
    assertThat(redis.opsForValue().setIfAbsent("key", "one", Duration.ofSeconds(100))).isTrue();
    assertThat(redis.opsForValue().setIfAbsent("key", "two")).isFalse();
    assertThat(redis.getExpire("key")).isBetween(90L, 100L);
    assertThat(redis.opsForValue().getAndPersist("key")).isEqualTo("one");
    assertThat(redis.getExpire("key")).isEqualTo(-1);
    redis.opsForValue().multiSet(Map.of("a", "1", "b", "2"));
    assertThat(redis.opsForValue().multiGet(List.of("a", "b", "c")))
        .containsExactly("1", "2", null);
    assertThat(redis.opsForValue().increment("a", 41)).isEqualTo(42);
    assertThat(new RedisAtomicLong("a", connections).addAndGet(-2)).isEqualTo(40);
  }

  @Test
  void hashesSetsAndSortedSetsHoldWhatTheyAreGiven() {
    redis.opsForHash().putAll("hash", Map.of("name", "anna", "age", "40"));
    assertThat(redis.opsForHash().increment("hash", "age", 2)).isEqualTo(42);
    assertThat(redis.<String, String>opsForHash().entries("hash"))
        .isEqualTo(Map.of("name", "anna", "age", "42"));
    redis.opsForSet().add("one", "a", "b", "c");
    redis.opsForSet().add("other", "b", "c", "d");
    assertThat(redis.opsForSet().intersect("one", "other")).containsExactlyInAnyOrder("b", "c");
    redis.opsForZSet().add("scores", "anna", 2.5);
    redis.opsForZSet().add("scores", "berta", 1.5);
    assertThat(redis.opsForZSet().rangeWithScores("scores", 0, -1))
        .extracting(TypedTuple::getValue, TypedTuple::getScore)
        .containsExactly(tuple("berta", 1.5), tuple("anna", 2.5));
    assertThat(redis.opsForZSet().popMin("scores").getValue()).isEqualTo("berta");
  }

  @Test
  void aScanSeesEveryKeyOnce() {
    Map<String, String> all = new HashMap<>();
    IntStream.range(0, 1_000).forEach(n -> all.put("key:" + n, "v"));
    redis.opsForValue().multiSet(all);
    redis.opsForValue().set("other", "v");
    List<String> seen = new ArrayList<>();
    try (Cursor<String> cursor =
        redis.scan(ScanOptions.scanOptions().match("key:*").count(100).build())) {
      cursor.forEachRemaining(seen::add);
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all.keySet());
  }

  @Test
  void aTransactionIsCarriedOutAsAWhole() {
    List<Object> replies = redis.execute(transfer("account", "10"));
    assertThat(replies).hasSize(2);
    assertThat(redis.opsForValue().get("account")).isEqualTo("10");
  }

  @Test
  void aTransactionIsDroppedWhenAWatchedKeyChanges() {
    List<Object> replies =
        redis.execute(
            new SessionCallback<>() {
              @Override
              @SuppressWarnings("unchecked") // The operations are the template's.
              public <K, V> List<Object> execute(RedisOperations<K, V> any) {
                RedisOperations<String, String> session = (RedisOperations<String, String>) any;
                session.watch("account");
                new StringRedisTemplate(connections).opsForValue().set("account", "99");
                session.multi();
                session.opsForValue().set("account", "10");
                return session.exec();
              }
            });
    assertThat(replies).isNullOrEmpty();
    assertThat(redis.opsForValue().get("account")).isEqualTo("99");
  }

  private static SessionCallback<List<Object>> transfer(String account, String amount) {
    return new SessionCallback<>() {
      @Override
      @SuppressWarnings("unchecked") // The operations are the template's.
      public <K, V> List<Object> execute(RedisOperations<K, V> any) {
        RedisOperations<String, String> session = (RedisOperations<String, String>) any;
        session.multi();
        session.opsForValue().set(account, amount);
        session.opsForList().rightPush("journal", amount);
        return session.exec();
      }
    };
  }

  @Test
  void aPipelineIsAnsweredInItsOrder() {
    List<Object> replies =
        redis.executePipelined(
            (RedisCallback<Object>)
                connection -> {
                  for (int n = 0; n < 300; n++) {
                    connection.stringCommands().incr("counter".getBytes());
                  }
                  return null;
                });
    assertThat(replies).isEqualTo(IntStream.rangeClosed(1, 300).mapToObj(Long::valueOf).toList());
  }

  @Test
  void aScriptIsSentOnceAndThenCalledByItsDigest() {
    RedisScript<Long> script =
        new DefaultRedisScript<>(
            "redis.call('rpush', KEYS[1], ARGV[1]) return redis.call('llen', KEYS[1])", Long.class);
    assertThat(redis.execute(script, List.of("list"), "a")).isEqualTo(1);
    assertThat(redis.execute(script, List.of("list"), "b")).isEqualTo(2);
    RedisScript<Long> wrong = new DefaultRedisScript<>("return redis.call('nosuch')", Long.class);
    assertThatThrownBy(() -> redis.execute(wrong, List.of()))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("Error");
  }

  @Test
  @SuppressWarnings("unchecked") // An array of what has a parameter.
  void aStreamHasGroupsWhoseDeadConsumersAreTakenOver() {
    RecordId first = redis.opsForStream().add("orders", Map.of("n", "1"));
    RecordId second =
        redis.opsForStream().add(StreamRecords.newRecord().in("orders").ofMap(Map.of("n", "2")));
    redis.opsForStream().createGroup("orders", ReadOffset.from("0"), "billing");
    List<MapRecord<String, Object, Object>> read =
        redis
            .opsForStream()
            .read(
                Consumer.from("billing", "dead"),
                StreamOffset.create("orders", ReadOffset.lastConsumed()));
    assertThat(read).extracting(MapRecord::getId).containsExactly(first, second);
    assertThat(redis.opsForStream().acknowledge("orders", "billing", first)).isEqualTo(1);
    assertThat(redis.opsForStream().pending("orders", "billing").getTotalPendingMessages())
        .isEqualTo(1);
    List<MapRecord<String, Object, Object>> claimed =
        redis.opsForStream().claim("orders", "billing", "alive", Duration.ZERO, second);
    assertThat(claimed.getFirst().getValue()).isEqualTo(Map.of("n", "2"));
    assertThat(redis.opsForStream().info("orders").groupCount()).isEqualTo(1);
  }

  @Test
  void aCacheForgetsWhatIsPutOutOrTooOld() throws Exception {
    RedisCacheConfiguration forEver = RedisCacheConfiguration.defaultCacheConfig();
    RedisCacheManager caches =
        RedisCacheManager.builder(connections)
            .withCacheConfiguration("sessions", forEver.entryTtl(Duration.ofMillis(200)))
            .withCacheConfiguration("users", forEver)
            .build();
    caches.afterPropertiesSet();
    Cache sessions = caches.getCache("sessions");
    sessions.put("1", "anna");
    assertThat(sessions.get("1", String.class)).isEqualTo("anna");
    Eventually.get(() -> Optional.ofNullable(sessions.get("1")), Optional::isEmpty);
    Cache users = caches.getCache("users");
    users.put("2", "berta");
    assertThat(users.get("2", String.class)).isEqualTo("berta");
    users.clear();
    Eventually.get(() -> Optional.ofNullable(users.get("2")), Optional::isEmpty);
  }
}
