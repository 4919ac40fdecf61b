package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import naru.compatibility.Broker;
import naru.compatibility.Contents;
import naru.compatibility.Ended;
import naru.compatibility.RawClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values made in redis-server go to the broker and back: as payloads, as files.
///
/// Each run has a seed of its own, which a failure names; `-Dformats.seed=N` runs one again.
class RedisFormatsTest {
  private static final int VALUES = 80;
  private static final int[] SIZES = {1, 2, 5, 40, 130, 520, 700};

  @TempDir Path folder;

  private final long seed = Long.getLong("formats.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @BeforeEach
  void needsBothServers() {
    assumeThat(RedisServer.isInstalled()).isTrue();
    assumeThat(Broker.isPeer()).isFalse();
  }

  private String element() {
    int length = random.nextInt(30) == 0 ? 5000 : random.nextInt(90);
    return switch (random.nextInt(4)) {
      case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 1 -> "repeated".repeat(length / 8);
      case 2 -> {
        StringBuilder any = new StringBuilder();
        for (int i = 0; i < length; i++) {
          any.append((char) random.nextInt(256));
        }
        yield any.toString();
      }
      default -> "e" + random.nextInt(10_000);
    };
  }

  private String[] words(String command, String key, int count) {
    List<String> words = new ArrayList<>(List.of(command, key));
    for (int i = 0; i < count; i++) {
      words.add(element());
    }
    return words.toArray(String[]::new);
  }

  private void make(RawClient client, String key) {
    int size = SIZES[random.nextInt(SIZES.length)];
    switch (random.nextInt(7)) {
      case 0 -> client.call("SET", key, element());
      case 1 -> client.call(words("RPUSH", key, size));
      case 2 -> client.call(words("SADD", key, size));
      case 3 -> {
        for (int i = 0; i < size; i++) {
          client.call("SADD", key, Long.toString(random.nextLong() >> (8 * random.nextInt(8))));
        }
      }
      case 4 -> {
        for (int i = 0; i < size; i++) {
          double score = random.nextBoolean() ? random.nextInt(9) : random.nextGaussian() * 1e12;
          client.call("ZADD", key, Double.toString(score), element());
        }
      }
      case 5 -> client.call(words("HSET", key, 2 * size));
      default -> makeStream(client, key, size);
    }
    if (random.nextInt(5) == 0) {
      client.call("PEXPIREAT", key, "4000000000000");
    }
  }

  private void makeStream(RawClient client, String key, int size) {
    for (int i = 1; i <= size; i++) {
      String other = random.nextInt(5) == 0 ? element() : "f";
      client.call("XADD", key, i / 3 + 1 + "-" + i, other, element(), "g", element());
    }
    for (int i = 0; i < size / 6; i++) {
      int id = 1 + random.nextInt(size);
      client.call("XDEL", key, id / 3 + 1 + "-" + id);
    }
    for (int g = random.nextInt(3); g > 0; g--) {
      client.call("XGROUP", "CREATE", key, "g" + g, random.nextBoolean() ? "0" : "2-5");
      for (int c = random.nextInt(3); c > 0; c--) {
        client.call("XREADGROUP", "GROUP", "g" + g, "c" + c, "COUNT", "7", "STREAMS", key, ">");
      }
    }
  }

  /// What a key holds; of the groups of a stream, also how far they have read.
  private static String contents(RawClient client, String key) {
    StringBuilder text = new StringBuilder(Contents.of(client, key));
    if (client.call("TYPE", key).text().equals("stream")) {
      for (var group : client.call("XINFO", "GROUPS", key).items()) {
        List<String> told = group.texts();
        text.append(' ').append(told.get(told.indexOf("entries-read") + 1));
        text.append(' ').append(told.get(told.indexOf("lag") + 1));
      }
    }
    return text.toString();
  }

  @Test
  void payloadsGoBothWays() throws IOException {
    try (RedisServer redis = RedisServer.start(folder);
        Broker broker = Broker.start();
        RawClient there = RawClient.to(redis.port());
        RawClient here = RawClient.to(broker)) {
      for (int i = 0; i < VALUES; i++) {
        there.call("FLUSHALL");
        here.call("FLUSHALL");
        make(there, "k");
        String payload = there.call("DUMP", "k").text();
        if (payload.equals("(nil)")) {
          continue;
        }
        assertThat(here.call("RESTORE", "k", "0", payload).text()).as("%d", seed).isEqualTo("OK");
        assertThat(contents(here, "k")).as("seed %d", seed).isEqualTo(contents(there, "k"));
        String back = here.call("DUMP", "k").text();
        assertThat(there.call("RESTORE", "back", "0", back).text()).as("%d", seed).isEqualTo("OK");
        assertThat(contents(there, "back")).as("seed %d", seed).isEqualTo(contents(there, "k"));
        assertThat(there.call("OBJECT", "ENCODING", "back").text())
            .isEqualTo(there.call("OBJECT", "ENCODING", "k").text());
      }
    }
  }

  @Test
  void librariesOfFunctionsGoBothWays() throws IOException {
    String text = "#!lua name=l%d\nredis.register_function('f%d', function() return %d end)";
    try (RedisServer redis = RedisServer.start(folder);
        Broker broker = Broker.start();
        RawClient there = RawClient.to(redis.port());
        RawClient here = RawClient.to(broker)) {
      there.call("FUNCTION", "LOAD", text.formatted(1, 1, 1));
      String theirs = there.call("FUNCTION", "DUMP").text();
      assertThat(here.call("FUNCTION", "RESTORE", theirs).text()).isEqualTo("OK");
      assertThat(here.call("FUNCTION", "DUMP").text()).isEqualTo(theirs);
      String longer = text.formatted(2, 2, 2) + "\n--" + "comment ".repeat(100);
      here.call("FUNCTION", "LOAD", longer);
      String ours = here.call("FUNCTION", "DUMP").text();
      assertThat(there.call("FUNCTION", "RESTORE", ours, "FLUSH").text()).isEqualTo("OK");
      assertThat(there.call("FCALL", "f1", "0").text()).isEqualTo("1");
      assertThat(there.call("FUNCTION", "LIST", "LIBRARYNAME", "l2", "WITHCODE").text())
          .contains(longer);
    }
  }

  @Test
  void filesGoBothWays() throws Exception {
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Path ours = folder.resolve("ours");
    List<String> before;
    try (RedisServer redis = RedisServer.start(theirs);
        RawClient client = RawClient.to(redis.port())) {
      for (int i = 0; i < VALUES; i++) {
        make(client, "k" + i);
      }
      client.call("FUNCTION", "LOAD", "#!lua name=l\nredis.register_function('f', function() end)");
      assertThat(client.call("SAVE").text()).isEqualTo("OK");
      before = everything(client);
    }
    naru("import", theirs.toString(), "--dir", ours.toString());
    Path back = Files.createDirectory(folder.resolve("back"));
    naru("export", back.resolve("dump.rdb").toString(), "--dir", ours.toString());
    try (RedisServer redis = RedisServer.start(back);
        RawClient client = RawClient.to(redis.port())) {
      assertThat(everything(client)).as("seed %d", seed).isEqualTo(before);
      assertThat(client.call("FUNCTION", "LIST").text()).contains("library_name, l,");
    }
  }

  /// What keys are evicted by comes along, if the broker evicts by it too.
  @ParameterizedTest
  @CsvSource({"allkeys-lfu, FREQ, 77", "allkeys-lru, IDLETIME, 100000"})
  void howKeysWereUsedIsKept(String policy, String what, long value) throws Exception {
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    try (RedisServer redis = RedisServer.start(theirs);
        RawClient client = RawClient.to(redis.port())) {
      client.call("CONFIG", "SET", "maxmemory-policy", policy);
      client.call("SET", "k", "v");
      String payload = client.call("DUMP", "k").text();
      client.call("RESTORE", "used", "0", payload, what, Long.toString(value));
      assertThat(client.call("SAVE").text()).isEqualTo("OK");
    }
    try (Broker broker = Broker.start(List.of("--maxmemory-policy", policy))) {
      broker.stop();
      naru("import", theirs.toString(), "--dir", broker.directory().toString());
      broker.restart();
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("OBJECT", what, "used").whole()).isBetween(value - 1, value + 60);
        assertThat(client.call("OBJECT", what, "k").whole()).isBetween(0L, 60L);
      }
    }
  }

  private static List<String> everything(RawClient client) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < VALUES; i++) {
      all.add(client.call("PEXPIRETIME", "k" + i).text() + " " + contents(client, "k" + i));
    }
    return all;
  }

  private void naru(String... words) throws Exception {
    Ended ended = Ended.after(folder, words);
    assertThat(ended.code()).as(ended.errors()).isZero();
  }
}
