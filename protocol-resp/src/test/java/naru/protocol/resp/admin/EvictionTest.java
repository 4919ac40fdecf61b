package naru.protocol.resp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens when more memory is used than `maxmemory`.
class EvictionTest {
  private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.";
  private static final String VALUE = "v".repeat(1000);

  private final Bench bench = new Bench();

  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      bench.run("SET", "key:" + i, VALUE);
    }
  }

  /// No more may be used than is used now.
  private void limitToWhatIsUsed() {
    bench.run("CONFIG", "SET", "maxmemory", Long.toString(usedBytes()));
  }

  private long usedBytes() {
    return bench.reactor().memory().countedBytes();
  }

  private int size() {
    return Integer.parseInt(bench.run("DBSIZE").substring(1));
  }

  private long limit() {
    return bench.server().settings().maxmemory.bytes();
  }

  @Test
  void whatNeedsMemoryIsRefusedWhenThereIsNone() {
    fill(0, 10);
    bench.run("CONFIG", "SET", "maxmemory", "1000");
    assertThat(bench.run("SET a b")).isEqualTo(OOM);
    assertThat(bench.run("LPUSH l b")).isEqualTo(OOM);
    assertThat(bench.run("GET key:1")).isEqualTo('"' + VALUE + '"');
    assertThat(bench.run("DEL key:1")).isEqualTo(":1");
    assertThat(bench.run("EXPIRE key:2 100")).isEqualTo(":1");
    assertThat(size()).isEqualTo(9);
    bench.run("CONFIG SET maxmemory 0");
    assertThat(bench.run("SET a b")).isEqualTo("OK");
    bench.close();
  }

  @Test
  void aTransactionThatNeedsMemoryIsRefusedAsAWhole() {
    fill(0, 10);
    bench.run("MULTI");
    bench.run("SET a b");
    bench.connect().run("CONFIG", "SET", "maxmemory", "1000");
    assertThat(bench.run("EXEC"))
        .isEqualTo(
            "-EXECABORT Transaction discarded because of: OOM command not allowed when used memory"
                + " > 'maxmemory'.");
    bench.run("MULTI");
    assertThat(bench.run("GET a")).isEqualTo(OOM);
    assertThat(bench.run("EXEC"))
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.");
    assertThat(bench.run("EXISTS a")).isEqualTo(":0");
    bench.close();
  }

  @Test
  void aTransactionThatOnlyFreesMemoryIsCarriedOut() {
    fill(0, 10);
    bench.run("MULTI");
    bench.run("DEL key:1");
    bench.connect().run("CONFIG", "SET", "maxmemory", "1000");
    assertThat(bench.run("EXEC")).isEqualTo("[:1]");
    bench.close();
  }

  @Test
  void aScriptMayGoOnWritingOnceItHasWritten() {
    fill(0, 10);
    bench.run("CONFIG", "SET", "maxmemory", "1000");
    assertThat(bench.run("EVAL", "return redis.call('set','a','b')", "0"))
        .startsWith("-OOM command not allowed when used memory > 'maxmemory'.");
    String script = "redis.call('del','key:1') return redis.call('set','a','b')";
    assertThat(bench.run("EVAL", script, "0")).isEqualTo("OK");
    assertThat(bench.run("EVAL", "#!lua\nreturn 1", "0"))
        .isEqualTo(
            "-OOM allow-oom flag is not set on the script, can not run it when used memory >"
                + " 'maxmemory'");
    assertThat(bench.run("EVAL", "#!lua flags=no-writes\nreturn 1", "0")).isEqualTo(":1");
    assertThat(bench.run("EVAL", "#!lua flags=allow-oom\nreturn redis.call('set','b','c')", "0"))
        .isEqualTo("OK");
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-lrm", "allkeys-random"})
  void keysGoSoThatNoMoreIsUsedThanMayBe(String policy) {
    bench.run("CONFIG", "SET", "maxmemory-policy", policy);
    fill(0, 200);
    limitToWhatIsUsed();
    fill(200, 600);
    assertThat(size()).isBetween(150, 220);
    assertThat(usedBytes()).isLessThan(limit() + 3000);
    assertThat(bench.server().shard().eviction().evictedKeys()).isEqualTo(600 - size());
    assertThat(bench.ops()).anyMatch(op -> op.startsWith("Removed") && op.contains("EVICTED"));
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"volatile-lru", "volatile-lfu", "volatile-lrm", "volatile-random"})
  void onlyKeysThatExpireGo(String policy) {
    bench.run("CONFIG", "SET", "maxmemory-policy", policy);
    fill(0, 100);
    for (int i = 0; i < 100; i++) {
      bench.run("SET", "expiring:" + i, VALUE, "EX", "1000");
    }
    limitToWhatIsUsed();
    fill(100, 180);
    assertThat(bench.run("EXISTS key:1 key:50 key:99 key:179")).isEqualTo(":4");
    fill(180, 400);
    assertThat(bench.run("SET", "one", VALUE)).isEqualTo(OOM);
    assertThat(bench.run("KEYS expiring:*")).isEqualTo("[]");
    bench.close();
  }

  @Test
  void whatExpiresFirstGoesFirst() {
    bench.run("CONFIG SET maxmemory-policy volatile-ttl");
    bench.run("CONFIG SET maxmemory-samples 64");
    for (int i = 0; i < 100; i++) {
      bench.run("SET", "key:" + i, VALUE, "EX", Integer.toString(1000 - i));
    }
    limitToWhatIsUsed();
    for (int i = 0; i < 20; i++) {
      bench.run("SET", "more:" + i, VALUE);
    }
    assertThat(bench.run("EXISTS key:0 key:10 key:20 key:30 key:40")).isEqualTo(":5");
    assertThat(bench.run("EXISTS key:99 key:98 key:97")).isEqualTo(":0");
    bench.close();
  }

  @Test
  void whatWasUsedLatelyStays() {
    bench.run("CONFIG SET maxmemory-policy allkeys-lru");
    fill(0, 200);
    bench.sleepMs(10_000);
    for (int i = 0; i < 100; i++) {
      bench.run("GET", "key:" + i);
    }
    bench.sleepMs(10_000);
    limitToWhatIsUsed();
    fill(200, 260);
    int used = 0;
    for (int i = 0; i < 100; i++) {
      used += bench.run("EXISTS", "key:" + i).equals(":1") ? 1 : 0;
    }
    assertThat(used).isGreaterThan(90);
    bench.close();
  }

  @Test
  void whatWasReadButNotWrittenGoesWhenModificationCounts() {
    bench.run("CONFIG SET maxmemory-policy allkeys-lrm");
    fill(0, 200);
    bench.sleepMs(10_000);
    for (int i = 0; i < 100; i++) {
      bench.run("APPEND", "key:" + i, "");
      bench.run("GET", "key:" + (i + 100));
    }
    assertThat(bench.run("OBJECT IDLETIME key:150")).isEqualTo(":10");
    bench.sleepMs(10_000);
    limitToWhatIsUsed();
    fill(200, 260);
    int written = 0;
    for (int i = 0; i < 100; i++) {
      written += bench.run("EXISTS", "key:" + i).equals(":1") ? 1 : 0;
    }
    assertThat(written).isGreaterThan(90);
    bench.close();
  }

  @Test
  void whatIsUsedOftenStays() {
    bench.run("CONFIG SET maxmemory-policy allkeys-lfu");
    fill(0, 200);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 100; i++) {
        bench.run("GET", "key:" + i);
      }
    }
    assertThat(Integer.parseInt(bench.run("OBJECT FREQ key:1").substring(1))).isBetween(6, 15);
    assertThat(bench.run("OBJECT FREQ key:150")).isEqualTo(":5");
    assertThat(bench.run("OBJECT IDLETIME key:1"))
        .isEqualTo(
            "-ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when"
                + " switching between policies at runtime LRU and LFU data will take some time to"
                + " adjust.");
    limitToWhatIsUsed();
    fill(200, 260);
    int used = 0;
    for (int i = 0; i < 100; i++) {
      used += bench.run("EXISTS", "key:" + i).equals(":1") ? 1 : 0;
    }
    assertThat(used).isGreaterThan(95);
    bench.close();
  }

  @Test
  void streamsWithGroupsStay() {
    bench.run("CONFIG SET maxmemory-policy allkeys-random");
    for (int i = 0; i < 20; i++) {
      bench.run("XADD", "kept:" + i, "1-1", "f", VALUE);
      bench.run("XADD", "plain:" + i, "1-1", "f", VALUE);
      bench.run("XGROUP", "CREATE", "kept:" + i, "g", "0");
    }
    bench.run("CONFIG SET maxmemory 1000");
    assertThat(bench.run("SET a b")).isEqualTo(OOM);
    assertThat(size()).isEqualTo(20);
    assertThat(bench.run("EXISTS kept:0 kept:19")).isEqualTo(":2");
    bench.close();
  }

  @Test
  void theOneKeyThatMayGoIsFoundAmongManyThatMayNot() {
    bench.run("CONFIG SET maxmemory-policy allkeys-lru");
    for (int i = 0; i < 300; i++) {
      bench.run("XADD", "kept:" + i, "1-1", "f", "v");
      bench.run("XGROUP", "CREATE", "kept:" + i, "g", "0");
    }
    bench.run("SELECT 7");
    bench.run("SET", "plain", VALUE);
    limitToWhatIsUsed();
    bench.run("SET a b");
    bench.run("SET b b");
    assertThat(bench.run("EXISTS plain")).isEqualTo(":0");
    bench.close();
  }

  @Test
  void thoseWhoListenAndWatchAreTold() {
    bench.run("CONFIG SET maxmemory-policy allkeys-lru");
    bench.run("CONFIG SET notify-keyspace-events Ee");
    bench.run("SET", "key", VALUE);
    Bench.Connection listener = bench.connect();
    listener.run("SUBSCRIBE __keyevent@0__:evicted");
    Bench.Connection watcher = bench.connect();
    watcher.run("WATCH key");
    watcher.run("MULTI");
    watcher.run("PING");
    bench.run("CONFIG SET maxmemory 1");
    bench.turn();
    bench.run("CONFIG SET maxmemory 0");
    assertThat(listener.receive()).contains("__keyevent@0__:evicted").contains("key");
    assertThat(watcher.run("EXEC")).isEqualTo("nil");
    bench.close();
  }

  @Test
  void settingsAreShownAsBytesAndWords() {
    assertThat(bench.run("CONFIG SET maxmemory 100mb")).isEqualTo("OK");
    assertThat(bench.run("CONFIG GET maxmemory")).isEqualTo("[\"maxmemory\", \"104857600\"]");
    assertThat(bench.run("CONFIG SET maxmemory 50%")).isEqualTo("OK");
    assertThat(limit())
        .isBetween(
            Runtime.getRuntime().maxMemory() * 49 / 100, Runtime.getRuntime().maxMemory() / 2);
    assertThat(bench.run("CONFIG SET maxmemory 101%")).startsWith("-ERR CONFIG SET failed");
    assertThat(bench.run("CONFIG SET maxmemory-policy sometimes"))
        .startsWith("-ERR CONFIG SET failed");
    assertThat(bench.run("CONFIG SET maxmemory-policy AllKeys-LRU")).isEqualTo("OK");
    assertThat(bench.run("CONFIG GET maxmemory-policy"))
        .isEqualTo("[\"maxmemory-policy\", \"allkeys-lru\"]");
    bench.close();
  }
}
