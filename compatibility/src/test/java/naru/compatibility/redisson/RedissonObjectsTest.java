package naru.compatibility.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import naru.compatibility.Eventually;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RBatch;
import org.redisson.api.RBloomFilter;
import org.redisson.api.RBucket;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RMapCache;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.RScript;
import org.redisson.api.RTransaction;
import org.redisson.api.RedissonClient;
import org.redisson.api.TransactionOptions;
import org.redisson.api.map.event.EntryCreatedListener;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.transaction.TransactionException;

@Shows(value = Client.REDISSON, area = "objects")
final class RedissonObjectsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static RedissonClient anna;
  private static RedissonClient berta;

  @BeforeAll
  static void open() {
    anna = Redissons.open(shared.port());
    berta = Redissons.open(shared.port());
  }

  @AfterAll
  static void close() {
    anna.shutdown(0, 1, SECONDS);
    berta.shutdown(0, 1, SECONDS);
  }

  @Test
  void anEntryOfAMapCacheExpires() throws Exception {
    RMapCache<String, Integer> cache = anna.getMapCache("cache");
    BlockingQueue<String> created = new LinkedBlockingQueue<>();
    EntryCreatedListener<String, Integer> listener = event -> created.add(event.getKey());
    berta.<String, Integer>getMapCache("cache").addListener(listener);
    cache.put("short", 1, 150, MILLISECONDS);
    cache.put("long", 2, 100, SECONDS);
    assertThat(created.poll(20, SECONDS)).isEqualTo("short");
    assertThat(created.poll(20, SECONDS)).isEqualTo("long");
    Eventually.get(() -> berta.getMapCache("cache").containsKey("short"), there -> !there);
    assertThat(cache.get("long")).isEqualTo(2);
    assertThat(cache.remainTimeToLive("long")).isBetween(90_000L, 100_000L);
  }

  @Test
  void aTransactionIsDoneAsAWholeOrNotAtAll() {
    RTransaction kept = anna.createTransaction(TransactionOptions.defaults());
    kept.getBucket("name").set("anna");
    kept.getMap("map").put("a", 1);
    assertThat(anna.getBucket("name").isExists()).isFalse();
    kept.commit();
    assertThat(anna.getBucket("name").get()).isEqualTo("anna");
    assertThat(anna.getMap("map").get("a")).isEqualTo(1);
    RTransaction dropped = anna.createTransaction(TransactionOptions.defaults());
    dropped.getBucket("name").set("nobody");
    dropped.rollback();
    assertThat(anna.getBucket("name").get()).isEqualTo("anna");
    assertThatThrownBy(dropped::commit).isInstanceOf(IllegalStateException.class);
    assertThat(TransactionException.class).isAssignableTo(RuntimeException.class);
  }

  @Test
  void aBatchIsAnsweredInItsOrder() {
    RBatch batch = anna.createBatch();
    IntStream.range(0, 500).forEach(_ -> batch.getAtomicLong("counter").incrementAndGetAsync());
    assertThat(batch.execute().getResponses())
        .isEqualTo(IntStream.rangeClosed(1, 500).mapToObj(Long::valueOf).toList());
  }

  @Test
  void aLocalCacheHearsWhatOthersChange() throws Exception {
    RLocalCachedMap<String, String> mine =
        anna.getLocalCachedMap(LocalCachedMapOptions.name("local"));
    RLocalCachedMap<String, String> theirs =
        berta.getLocalCachedMap(LocalCachedMapOptions.name("local"));
    theirs.put("key", "old");
    assertThat(mine.get("key")).isEqualTo("old");
    // The news of what is read may come only now, and has it forgotten once.
    Eventually.get(
        () -> List.of(mine.get("key"), mine.cachedKeySet()), List.of("old", Set.of("key"))::equals);
    theirs.put("key", "new");
    Eventually.get(() -> mine.get("key"), "new"::equals);
    mine.destroy();
    theirs.destroy();
  }

  @Test
  void comparingAndSettingLosesNothing() {
    RBucket<String> bucket = anna.getBucket("bucket");
    assertThat(bucket.setIfAbsent("one", Duration.ofSeconds(100))).isTrue();
    assertThat(bucket.setIfAbsent("two")).isFalse();
    assertThat(bucket.compareAndSet("two", "three")).isFalse();
    assertThat(bucket.compareAndSet("one", "two")).isTrue();
    assertThat(bucket.getAndSet("three")).isEqualTo("two");
    assertThat(bucket.getAndDelete()).isEqualTo("three");
    assertThat(anna.getAtomicDouble("double").addAndGet(0.5)).isEqualTo(0.5);
    assertThat(anna.getIdGenerator("ids").nextId()).isEqualTo(1);
    assertThat(berta.getIdGenerator("ids").nextId()).isEqualTo(5_001);
  }

  @Test
  void setsMapsAndFiltersHoldWhatTheyAreGiven() {
    RScoredSortedSet<String> scores = anna.getScoredSortedSet("scores");
    scores.addAll(Map.of("anna", 2.5, "berta", 1.5, "carla", 3.5));
    assertThat(scores.entryRange(0, 1).stream().map(it -> it.getValue()).toList())
        .containsExactly("berta", "anna");
    assertThat(scores.pollLast()).isEqualTo("carla");
    RBloomFilter<String> bloom = anna.getBloomFilter("bloom");
    assertThat(bloom.tryInit(1_000, 0.01)).isTrue();
    assertThat(bloom.add(List.of("a", "b", "c"))).isEqualTo(3);
    assertThat(bloom.contains("b")).isTrue();
    anna.getSetMultimap("tags").putAll("fruit", List.of("apple", "pear", "apple"));
    assertThat(anna.getSetMultimap("tags").get("fruit").size()).isEqualTo(2);
    assertThat(anna.getHyperLogLog("visitors").addAll(List.of("a", "b", "a"))).isTrue();
    assertThat(anna.getHyperLogLog("visitors").count()).isEqualTo(2);
    assertThat(anna.getKeys().deleteByPattern("*")).isGreaterThan(4);
    assertThat(anna.getKeys().count()).isZero();
  }

  @Test
  void aScriptOfOnesOwnIsCarriedOut() {
    RScript script = anna.getScript(StringCodec.INSTANCE);
    String source =
        "redis.call('rpush', KEYS[1], ARGV[1], ARGV[2]) return redis.call('llen', KEYS[1])";
    String digest = script.scriptLoad(source);
    assertThat(script.scriptExists(digest, "0".repeat(40))).containsExactly(true, false);
    Long length =
        script.evalSha(
            RScript.Mode.READ_WRITE, digest, RScript.ReturnType.LONG, List.of("list"), "a", "b");
    assertThat(length).isEqualTo(2);
    assertThat(anna.getList("list", StringCodec.INSTANCE).readAll()).isEqualTo(List.of("a", "b"));
  }
}
