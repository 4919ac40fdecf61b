package naru.compatibility.jedis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import naru.compatibility.OneBroker;
import naru.compatibility.RawClient;
import naru.compatibility.Together;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.JedisShardedPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;

@Shows(value = Client.JEDIS, area = "pub/sub")
@ParameterizedClass
@EnumSource(names = {"RESP2", "RESP3"})
final class JedisPubSubTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @Parameter RedisProtocol protocol;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final Together together = new Together();
  private RedisClient jedis;

  @BeforeEach
  void open() {
    jedis = Jedises.pool(shared.broker(), protocol);
  }

  @AfterEach
  void close() {
    together.close();
    jedis.close();
  }

  @Test
  void aChannelsMessagesReachItsSubscribersUntilTheyLeave() throws Exception {
    JedisPubSub listener = new Listener();
    Future<Boolean> listening = together.begin(() -> subscribe(listener, "news", "sport"));
    assertThat(next()).isEqualTo("subscribed news 1");
    assertThat(next()).isEqualTo("subscribed sport 2");

    assertThat(jedis.publish("news", "hello")).isEqualTo(1);
    assertThat(jedis.publish("weather", "rain")).isZero();
    assertThat(jedis.publish("sport", "goal")).isEqualTo(1);
    assertThat(next()).isEqualTo("news: hello");
    assertThat(next()).isEqualTo("sport: goal");

    listener.unsubscribe("news");
    assertThat(next()).isEqualTo("left news 1");
    assertThat(jedis.publish("news", "nobody hears")).isZero();
    listener.unsubscribe();
    assertThat(next()).isEqualTo("left sport 0");
    assertThat(Together.result(listening)).isTrue();
  }

  @Test
  void aPatternTakesAllChannelsThatMatch() throws Exception {
    JedisPubSub listener = new Listener();
    Future<Boolean> listening = together.begin(() -> psubscribe(listener, "news.*", "h[ae]llo"));
    assertThat(next()).isEqualTo("psubscribed news.* 1");
    assertThat(next()).isEqualTo("psubscribed h[ae]llo 2");
    jedis.publish("news.today", "one");
    jedis.publish("news", "two");
    jedis.publish("hello", "three");
    jedis.publish("hillo", "four");
    assertThat(next()).isEqualTo("news.* news.today: one");
    assertThat(next()).isEqualTo("h[ae]llo hello: three");
    listener.punsubscribe();
    assertThat(next()).startsWith("pleft");
    assertThat(next()).startsWith("pleft").endsWith(" 0");
    assertThat(Together.result(listening)).isTrue();
  }

  @Test
  void aSubscriberMayPing() throws Exception {
    JedisPubSub listener = new PingingListener();
    Future<Boolean> listening = together.begin(() -> subscribe(listener, "news"));
    assertThat(next()).isEqualTo("subscribed news 1");
    assertThat(next()).isEqualTo("pong still there?");
    listener.unsubscribe();
    assertThat(Together.result(listening)).isTrue();
  }

  @Test
  void shardedChannelsAreAWorldOfTheirOwn() throws Exception {
    ShardedListener listener = new ShardedListener();
    Future<Boolean> listening = together.begin(() -> ssubscribe(listener, "{news}"));
    assertThat(next()).isEqualTo("ssubscribed {news} 1");
    try (RawClient publisher = shared.connect()) {
      assertThat(publisher.call("PUBLISH", "{news}", "not for shards").whole()).isZero();
      assertThat(publisher.call("SPUBLISH", "{news}", "hello").whole()).isEqualTo(1);
    }
    assertThat(next()).isEqualTo("{news}: hello");
    listener.sunsubscribe();
    assertThat(next()).isEqualTo("sleft {news} 0");
    assertThat(Together.result(listening)).isTrue();
  }

  private boolean subscribe(JedisPubSub listener, String... channels) {
    jedis.subscribe(listener, channels);
    return true;
  }

  private boolean psubscribe(JedisPubSub listener, String... patterns) {
    jedis.psubscribe(listener, patterns);
    return true;
  }

  private boolean ssubscribe(JedisShardedPubSub listener, String... channels) {
    try (Connection connection = Jedises.connection(shared.broker(), protocol)) {
      connection.setTimeoutInfinite();
      listener.proceed(connection, channels);
      return true;
    }
  }

  private String next() throws InterruptedException {
    String next = heard.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("heard within 10 s").isNotNull();
    return next;
  }

  /// Pings on the thread that listens. With RESP3, Jedis notes only after it has sent a ping that
  /// an answer is expected: one that comes before that, read by another thread, is dropped.
  private final class PingingListener extends Listener {
    @Override
    public void onSubscribe(String channel, int channels) {
      super.onSubscribe(channel, channels);
      ping("still there?");
    }
  }

  private class Listener extends JedisPubSub {
    @Override
    public void onMessage(String channel, String message) {
      heard.add(channel + ": " + message);
    }

    @Override
    public void onPMessage(String pattern, String channel, String message) {
      heard.add(pattern + " " + channel + ": " + message);
    }

    @Override
    public void onSubscribe(String channel, int channels) {
      heard.add("subscribed " + channel + " " + channels);
    }

    @Override
    public void onUnsubscribe(String channel, int channels) {
      heard.add("left " + channel + " " + channels);
    }

    @Override
    public void onPSubscribe(String pattern, int patterns) {
      heard.add("psubscribed " + pattern + " " + patterns);
    }

    @Override
    public void onPUnsubscribe(String pattern, int patterns) {
      heard.add("pleft " + pattern + " " + patterns);
    }

    @Override
    public void onPong(String message) {
      heard.add("pong " + message);
    }
  }

  private final class ShardedListener extends JedisShardedPubSub {
    @Override
    public void onSMessage(String channel, String message) {
      heard.add(channel + ": " + message);
    }

    @Override
    public void onSSubscribe(String channel, int channels) {
      heard.add("ssubscribed " + channel + " " + channels);
    }

    @Override
    public void onSUnsubscribe(String channel, int channels) {
      heard.add("sleft " + channel + " " + channels);
    }
  }
}
