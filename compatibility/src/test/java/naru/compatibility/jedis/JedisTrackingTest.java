package naru.compatibility.jedis;

import static org.assertj.core.api.Assertions.assertThat;

import naru.compatibility.Eventually;
import naru.compatibility.NewerThanRedis7;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.csc.Cache;

/// Jedis wants Redis 7.4 for this.
@NewerThanRedis7
@Shows(value = Client.JEDIS, area = "client-side caching")
final class JedisTrackingTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private RedisClient caching;
  private RedisClient other;
  private Cache cache;

  @BeforeEach
  void open() {
    caching = Jedises.caching(shared.broker());
    cache = caching.getCache();
    other = Jedises.pool(shared.broker(), RedisProtocol.RESP3);
  }

  @AfterEach
  void close() {
    caching.close();
    other.close();
  }

  @Test
  void aCachedValueIsNotAskedForAgainUntilAnotherChangesIt() throws Exception {
    other.set("name", "anna");
    for (int n = 0; n < 10; n++) {
      assertThat(caching.get("name")).isEqualTo("anna");
    }
    assertThat(cache.getStats().getMissCount()).isEqualTo(1);
    assertThat(cache.getStats().getHitCount()).isEqualTo(9);
    other.set("name", "berta");
    Eventually.get(() -> caching.get("name"), "berta"::equals);
    assertThat(cache.getStats().getInvalidationCount()).isEqualTo(1);
  }

  @Test
  void aHashIsForgottenWhenAFieldOfItChanges() throws Exception {
    other.hset("hash", "field", "old");
    assertThat(caching.hget("hash", "field")).isEqualTo("old");
    assertThat(caching.hgetAll("hash")).containsEntry("field", "old");
    assertThat(cache.getSize()).isEqualTo(2);
    other.hset("hash", "other", "new");
    Eventually.get(() -> caching.hgetAll("hash").size(), size -> size == 2);
    assertThat(caching.hget("hash", "field")).isEqualTo("old");
  }

  @Test
  void whenAllIsFlushedAllIsForgotten() throws Exception {
    other.set("a", "1");
    assertThat(caching.get("a")).isEqualTo("1");
    other.flushAll();
    Eventually.get(() -> caching.get("a") == null, gone -> gone);
  }
}
