package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import naru.compatibility.Broker;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How good a cache we are: one trace of reads, what is not found being set, on the broker and on
/// redis-server, both with as much memory as [#KEYS_THAT_FIT] keys take.
class HitRatioTest {
  private static final int KEYS_THAT_FIT = 5_000;
  private static final int KEYS = 50_000;
  private static final int READS = 150_000;
  private static final int AT_ONCE = 100;
  private static final String VALUE = "v".repeat(200);

  @TempDir Path directory;

  @BeforeEach
  void redisIsInstalled() {
    Assumptions.assumeTrue(RedisServer.isInstalled() && !Broker.isPeer());
  }

  @Test
  void leastRecentlyUsedHitsAsOftenOnSkewedReads() throws IOException {
    hitsAsOften("allkeys-lru", skewed());
  }

  @Test
  void leastFrequentlyUsedHitsAsOftenOnSkewedReads() throws IOException {
    hitsAsOften("allkeys-lfu", skewed());
  }

  @Test
  void leastFrequentlyUsedHitsAsOftenWhenScansComeBetween() throws IOException {
    hitsAsOften("allkeys-lfu", withScans());
  }

  private void hitsAsOften(String policy, int[] trace) throws IOException {
    double ours;
    try (Broker broker = Broker.start(List.of("--log", "off"));
        RawClient client = RawClient.to(broker)) {
      ours = hitRatio(client, policy, trace);
    }
    double theirs;
    try (RedisServer redis = RedisServer.start(directory);
        RawClient client = RawClient.to(redis.port())) {
      theirs = hitRatio(client, policy, trace);
    }
    System.out.printf("%s: Naru %.4f, Redis %.4f%n", policy, ours, theirs);
    assertThat(ours / theirs).isGreaterThan(0.97);
  }

  /// Every key is as likely to be read as the reciprocal of its rank.
  private static int[] skewed() {
    Random random = new Random(1);
    double[] sums = new double[KEYS];
    double sum = 0;
    for (int i = 0; i < KEYS; i++) {
      sum += 1.0 / (i + 1);
      sums[i] = sum;
    }
    int[] trace = new int[READS];
    for (int i = 0; i < READS; i++) {
      int at = Arrays.binarySearch(sums, random.nextDouble() * sum);
      trace[i] = at < 0 ? Math.min(KEYS - 1, -1 - at) : at;
    }
    return trace;
  }

  /// As [#skewed], but that half of it is reads of keys that never come again, in long runs.
  private static int[] withScans() {
    int[] trace = skewed();
    int unseen = KEYS;
    for (int i = 0; i < trace.length; i++) {
      if (i / 5_000 % 2 == 1) {
        trace[i] = unseen++;
      }
    }
    return trace;
  }

  private static double hitRatio(RawClient client, String policy, int[] trace) {
    limit(client, policy);
    long hits = 0;
    for (int from = 0; from < trace.length; from += AT_ONCE) {
      List<String[]> reads = new ArrayList<>();
      for (int i = from; i < from + AT_ONCE; i++) {
        reads.add(new String[] {"GET", key(trace[i])});
      }
      List<Reply> found = client.pipeline(reads);
      List<String[]> writes = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        if (found.get(i) instanceof Reply.Bulk) {
          hits++;
        } else {
          writes.add(new String[] {"SET", key(trace[from + i]), VALUE});
        }
      }
      client.pipeline(writes);
    }
    return (double) hits / trace.length;
  }

  private static String key(int number) {
    return "key:" + (1_000_000 + number);
  }

  /// Has room for so many keys and no more, whatever a key takes.
  private static void limit(RawClient client, String policy) {
    client.call("CONFIG", "SET", "maxmemory-policy", policy);
    long before = usedBytes(client);
    List<String[]> writes = new ArrayList<>();
    for (int i = 0; i < KEYS_THAT_FIT; i++) {
      writes.add(new String[] {"SET", "key:" + (9_000_000 + i), VALUE});
    }
    client.pipeline(writes);
    long after = usedBytes(client);
    assertThat(after).isGreaterThan(before);
    client.call("CONFIG", "SET", "maxmemory", Long.toString(after));
  }

  private static long usedBytes(RawClient client) {
    String text = client.call("INFO", "memory").text();
    int at = text.indexOf("used_memory:") + "used_memory:".length();
    int end = at;
    while (Character.isDigit(text.charAt(end))) {
      end++;
    }
    return Long.parseLong(text.substring(at, end));
  }
}
