package naru.compatibility.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.OneBroker;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The same keys by both protocols; and what an item is worth after a kill.
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "redis-server does not speak memcached")
final class BesideRedisTest {
  @RegisterExtension static final OneBroker shared = new OneBroker("--memcached-port", "auto");

  private RawClient redis;
  private TextClient memcached;

  @BeforeEach
  void connect() {
    redis = shared.connect();
    memcached = new TextClient(shared.broker().memcachedPort());
  }

  @AfterEach
  void close() {
    redis.close();
    memcached.close();
  }

  @Test
  void whatOneSetsTheOtherReads() {
    assertThat(memcached.ask("set a 5 0 5\r\nhello\r\n")).isEqualTo("STORED\r\n");
    assertThat(redis.call("GET", "a").text()).isEqualTo("hello");
    redis.call("SET", "b", "world");
    assertThat(memcached.ask("get a b\r\n"))
        .isEqualTo("VALUE a 5 5\r\nhello\r\nVALUE b 0 5\r\nworld\r\nEND\r\n");
  }

  @Test
  void flagsOutliveAppendButNotSet() {
    memcached.ask("set a 5 0 1\r\nx\r\n");
    redis.call("APPEND", "a", "y");
    assertThat(memcached.ask("get a\r\n")).isEqualTo("VALUE a 5 2\r\nxy\r\nEND\r\n");
    redis.call("SET", "a", "z");
    assertThat(memcached.ask("get a\r\n")).isEqualTo("VALUE a 0 1\r\nz\r\nEND\r\n");
  }

  @Test
  void whoeverChangesAnItemChangesItsVersion() {
    memcached.ask("set a 0 0 1\r\n1\r\n");
    String version = version();
    redis.call("INCR", "a");
    redis.call("DECR", "a");
    assertThat(memcached.ask("cas a 0 0 1 " + version + "\r\n9\r\n")).isEqualTo("EXISTS\r\n");
    assertThat(memcached.ask("cas a 0 0 1 " + version() + "\r\n9\r\n")).isEqualTo("STORED\r\n");
  }

  private String version() {
    return memcached.ask("gets a\r\n").split("\r\n")[0].split(" ")[4];
  }

  @Test
  void expiriesAreShared() {
    memcached.ask("set a 0 1000 1\r\nx\r\n");
    assertThat(redis.call("TTL", "a").whole()).isBetween(990L, 1000L);
    redis.call("PERSIST", "a");
    assertThat(memcached.ask("mg a t\r\n")).isEqualTo("HD t-1\r\n");
    redis.call("EXPIRE", "a", "500");
    assertThat(memcached.ask("mg a t\r\n")).matches("HD t(500|499|498|497)\r\n");
  }

  @Test
  void aListIsNoItem() {
    redis.call("RPUSH", "a", "x");
    assertThat(memcached.ask("get a\r\n")).isEqualTo("END\r\n");
    assertThat(memcached.ask("append a 0 0 1\r\ny\r\n"))
        .isEqualTo("CLIENT_ERROR the key holds a value that is not a string\r\n");
    assertThat(redis.call("LLEN", "a").whole()).isEqualTo(1);
    assertThat(memcached.ask("set a 0 0 1\r\ny\r\n")).isEqualTo("STORED\r\n");
    assertThat(redis.call("TYPE", "a").text()).isEqualTo("string");
  }

  @Test
  void aWatchIsBrokenByAnItem() {
    redis.call("WATCH", "a");
    memcached.ask("set a 0 0 1\r\nx\r\n");
    redis.call("MULTI");
    redis.call("SET", "b", "1");
    assertThat(redis.call("EXEC")).isInstanceOf(Reply.Nothing.class);
  }

  @Test
  void readingAVersionBreaksNoWatch() {
    redis.call("SET", "a", "x");
    redis.call("WATCH", "a");
    memcached.ask("gets a\r\n");
    redis.call("MULTI");
    redis.call("SET", "b", "1");
    assertThat(redis.call("EXEC")).isNotInstanceOf(Reply.Nothing.class);
  }

  @Test
  void whoListensToTheKeyspaceHearsOfItems() {
    redis.call("CONFIG", "SET", "notify-keyspace-events", "EA");
    try (RawClient listener = shared.connect()) {
      listener.call("PSUBSCRIBE", "__keyevent@0__:*");
      memcached.ask("set a 0 0 1\r\nx\r\ndelete a\r\n");
      assertThat(listener.read().texts()).contains("__keyevent@0__:set", "a");
      assertThat(listener.read().texts()).contains("__keyevent@0__:del", "a");
    }
  }

  @Test
  void anItemIsAsItWasAfterAKill() {
    try (Broker broker = Broker.start(List.of("--memcached-port", "auto"))) {
      String seen;
      try (TextClient client = new TextClient(broker.memcachedPort())) {
        for (int i = 0; i < 200; i++) {
          assertThat(client.ask("set k" + i + " " + i + " 0 3\r\n" + (100 + i) + "\r\n"))
              .isEqualTo("STORED\r\n");
        }
        client.ask("ms gone 1\r\nx\r\nmd gone\r\nmd k7 I\r\nflush_all 100000\r\n");
        seen = client.ask("mg k5 v f c\r\nmg k7 c\r\n");
      }
      for (boolean withSnapshot : new boolean[] {false, true}) {
        if (withSnapshot) {
          try (RawClient client = RawClient.to(broker)) {
            assertThat(client.call("SAVE").text()).isEqualTo("OK");
          }
        }
        broker.kill9();
        broker.restart();
        try (TextClient client = new TextClient(broker.memcachedPort())) {
          // The one who was told to make it anew was told so before.
          assertThat(client.ask("mg k5 v f c\r\nmg k7 c\r\n"))
              .isEqualTo(seen.replace("X W", "Z X"));
          assertThat(client.ask("get k199\r\n")).startsWith("VALUE k199 199 3\r\n299\r\n");
        }
      }
      long last = Long.parseLong(seen.replaceAll("(?s).* c(\\d+).*", "$1"));
      try (TextClient client = new TextClient(broker.memcachedPort())) {
        String given = client.ask("ms new 1 c\r\nx\r\n");
        assertThat(Long.parseLong(given.replaceAll("\\D", ""))).isGreaterThan(last);
      }
    }
  }

  @Test
  void aPasswordIsAskedForHereToo() {
    try (Broker broker =
            Broker.start(List.of("--memcached-port", "auto", "--requirepass", "secret"));
        TextClient client = new TextClient(broker.memcachedPort())) {
      String no = "CLIENT_ERROR unauthenticated\r\n";
      assertThat(client.send("get a\r\n").send("set x 0 0 9\r\nuser nope\r\n").send("quit\r\n"))
          .isNotNull();
      assertThat(client.send("set x 0 0 11\r\nuser secret\r\n").ask("get a\r\n"))
          .isEqualTo(no + "CLIENT_ERROR authentication failure\r\n" + no + "STORED\r\nEND\r\n");
    }
  }
}
