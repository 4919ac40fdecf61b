package naru.compatibility.lettuce;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.sync.RedisPubSubCommands;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

@Shows(value = Client.LETTUCE, area = "pub/sub")
@ParameterizedClass
@EnumSource
final class LettucePubSubTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @Parameter ProtocolVersion protocol;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private OneLettuce lettuce;
  private RedisCommands<String, String> redis;
  private RedisPubSubCommands<String, String> subscriber;

  @BeforeEach
  void open() {
    lettuce = new OneLettuce(shared.broker(), protocol);
    redis = lettuce.commands();
    StatefulRedisPubSubConnection<String, String> connection = lettuce.client().connectPubSub();
    connection.addListener(new Listener());
    subscriber = connection.sync();
  }

  @AfterEach
  void close() {
    lettuce.close();
  }

  @Test
  void aChannelsMessagesReachItsSubscribersUntilTheyLeave() throws Exception {
    subscriber.subscribe("news", "sport");
    assertThat(next()).isEqualTo("subscribed news 1");
    assertThat(next()).isEqualTo("subscribed sport 2");
    assertThat(redis.publish("news", "hello")).isEqualTo(1);
    assertThat(redis.publish("weather", "rain")).isZero();
    assertThat(next()).isEqualTo("news: hello");
    subscriber.unsubscribe("news");
    assertThat(next()).isEqualTo("left news 1");
    assertThat(redis.publish("news", "nobody hears")).isZero();
    assertThat(redis.publish("sport", "goal")).isEqualTo(1);
    assertThat(next()).isEqualTo("sport: goal");
  }

  @Test
  void aPatternTakesAllChannelsThatMatch() throws Exception {
    subscriber.psubscribe("news.*");
    assertThat(next()).isEqualTo("psubscribed news.* 1");
    redis.publish("news", "one");
    redis.publish("news.today", "two");
    assertThat(next()).isEqualTo("news.* news.today: two");
    subscriber.punsubscribe("news.*");
    assertThat(next()).isEqualTo("pleft news.* 0");
  }

  @Test
  void shardedChannelsAreAWorldOfTheirOwn() throws Exception {
    subscriber.ssubscribe("{news}");
    assertThat(next()).isEqualTo("ssubscribed {news} 1");
    assertThat(redis.publish("{news}", "not for shards")).isZero();
    assertThat(redis.spublish("{news}", "hello")).isEqualTo(1);
    assertThat(next()).isEqualTo("sharded {news}: hello");
    subscriber.sunsubscribe("{news}");
    assertThat(next()).isEqualTo("sleft {news} 0");
  }

  @Test
  void afterARestartTheSubscriptionIsRenewed() throws Exception {
    subscriber.subscribe("news");
    assertThat(next()).isEqualTo("subscribed news 1");
    shared.broker().kill9();
    shared.broker().restart();
    Eventually.get(() -> redis.publish("news", "back again"), receivers -> receivers == 1);
    Eventually.get(this::next, "news: back again"::equals);
  }

  private String next() throws InterruptedException {
    String next = heard.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("heard within 10 s").isNotNull();
    return next;
  }

  private final class Listener extends RedisPubSubAdapter<String, String> {
    @Override
    public void message(String channel, String message) {
      heard.add(channel + ": " + message);
    }

    @Override
    public void message(String pattern, String channel, String message) {
      heard.add(pattern + " " + channel + ": " + message);
    }

    @Override
    public void smessage(String channel, String message) {
      heard.add("sharded " + channel + ": " + message);
    }

    @Override
    public void subscribed(String channel, long count) {
      heard.add("subscribed " + channel + " " + count);
    }

    @Override
    public void unsubscribed(String channel, long count) {
      heard.add("left " + channel + " " + count);
    }

    @Override
    public void psubscribed(String pattern, long count) {
      heard.add("psubscribed " + pattern + " " + count);
    }

    @Override
    public void punsubscribed(String pattern, long count) {
      heard.add("pleft " + pattern + " " + count);
    }

    @Override
    public void ssubscribed(String channel, long count) {
      heard.add("ssubscribed " + channel + " " + count);
    }

    @Override
    public void sunsubscribed(String channel, long count) {
      heard.add("sleft " + channel + " " + count);
    }
  }
}
