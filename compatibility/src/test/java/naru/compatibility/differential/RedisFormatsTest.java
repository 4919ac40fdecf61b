package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import naru.compatibility.Broker;
import naru.compatibility.RawClient;
import naru.compatibility.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values made in redis-server go to the broker and back: as payloads, as files.
///
/// Each run has a seed of its own, which a failure names; `-Dformats.seed=N` runs one again.
class RedisFormatsTest {
  private static final int VALUES = 80;
  private static final int PATIENCE_S = 40;
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

  /// What a key holds, in a form that does not depend on the order of tables.
  private static String contents(RawClient client, String key) {
    String type = client.call("TYPE", key).text();
    return type
        + " "
        + switch (type) {
          case "string" -> client.call("GET", key).text();
          case "list" -> client.call("LRANGE", key, "0", "-1").text();
          case "set" -> sorted(client.call("SMEMBERS", key).texts(), 1);
          case "hash" -> sorted(client.call("HGETALL", key).texts(), 2);
          case "zset" -> scored(client.call("ZRANGE", key, "0", "-1", "WITHSCORES").texts());
          case "stream" -> stream(client, key);
          default -> "?";
        };
  }

  private static String sorted(List<String> items, int stride) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < items.size(); i += stride) {
      rows.add(items.subList(i, i + stride).toString());
    }
    Collections.sort(rows);
    return rows.toString();
  }

  /// The two write other digits of the same number.
  private static String scored(List<String> items) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < items.size(); i += 2) {
      String score = items.get(i + 1);
      double number = score.endsWith("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(score);
      text.append(items.get(i)).append('=').append(number).append(' ');
    }
    return text.toString();
  }

  private static String stream(RawClient client, String key) {
    StringBuilder text = new StringBuilder(client.call("XRANGE", key, "-", "+").text());
    List<String> about = client.call("XINFO", "STREAM", key).texts();
    for (String name : List.of("last-generated-id", "max-deleted-entry-id", "entries-added")) {
      text.append(' ').append(about.get(about.indexOf(name) + 1));
    }
    for (var group : client.call("XINFO", "GROUPS", key).items()) {
      List<String> told = group.texts();
      for (String name :
          List.of("name", "consumers", "pending", "last-delivered-id", "entries-read", "lag")) {
        text.append(' ').append(told.get(told.indexOf(name) + 1));
      }
      text.append(client.call("XPENDING", key, told.get(told.indexOf("name") + 1)).text());
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

  private static List<String> everything(RawClient client) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < VALUES; i++) {
      all.add(client.call("PEXPIRETIME", "k" + i).text() + " " + contents(client, "k" + i));
    }
    return all;
  }

  private void naru(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(Repository.root().resolve("naru").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NARU_BUILD", "never");
    Path output = folder.resolve("output");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}
