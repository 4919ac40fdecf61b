package naru.compatibility.redisson;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import naru.compatibility.Eventually;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RReliableTopic;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.config.Protocol;

/// One client speaks RESP2, the other RESP3.
@Shows(value = Client.REDISSON, area = "topics")
final class RedissonTopicsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private RedissonClient anna;
  private RedissonClient berta;

  @BeforeEach
  void open() {
    anna = Redissons.open(shared.port(), Protocol.RESP2);
    berta = Redissons.open(shared.port(), Protocol.RESP3);
  }

  @AfterEach
  void close() {
    anna.shutdown(0, 1, SECONDS);
    berta.shutdown(0, 1, SECONDS);
  }

  @Test
  void aTopicIsHeardInOrderByAllWhoListen() throws Exception {
    anna.getTopic("news").addListener(String.class, (_, message) -> heard.add(message));
    berta.getTopic("news").addListener(String.class, (_, message) -> heard.add(message));
    RTopic news = anna.getTopic("news");
    for (String message : List.of("one", "two", "three")) {
      assertThat(news.publish(message)).isEqualTo(2);
      assertThat(next()).isEqualTo(message);
      assertThat(next()).isEqualTo(message);
    }
    news.removeAllListeners();
    Eventually.get(() -> news.publish("gone"), listeners -> listeners == 1);
    assertThat(next()).isEqualTo("gone");
  }

  @Test
  void aPatternHearsEveryTopicThatFits() throws Exception {
    anna.getPatternTopic("news.*")
        .addListener(String.class, (_, channel, message) -> heard.add(channel + ": " + message));
    berta.getTopic("weather").publish("rain");
    berta.getTopic("news.sport").publish("1:0");
    assertThat(next()).isEqualTo("news.sport: 1:0");
  }

  @Test
  void aShardedTopicIsHeard() throws Exception {
    anna.getShardedTopic("news").addListener(String.class, (_, message) -> heard.add(message));
    assertThat(berta.getShardedTopic("news").publish("hello")).isEqualTo(1);
    assertThat(next()).isEqualTo("hello");
  }

  @Test
  void aReliableTopicIsHeardOnceInOrderByEachListener() throws Exception {
    RReliableTopic topic = anna.getReliableTopic("reliable");
    BlockingQueue<String> others = new LinkedBlockingQueue<>();
    String id = topic.addListener(String.class, (_, message) -> heard.add(message));
    berta.getReliableTopic("reliable").addListener(String.class, (_, it) -> others.add(it));
    List<String> sent = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      sent.add("message " + n);
      topic.publish(sent.getLast());
    }
    Eventually.get(() -> heard.size() + others.size(), count -> count == 100);
    assertThat(new ArrayList<>(heard)).isEqualTo(sent);
    assertThat(new ArrayList<>(others)).isEqualTo(sent);
    topic.removeListener(id);
    assertThat(topic.countListeners()).isZero();
    // What each listener has heard is taken out, so a topic does not grow.
    Eventually.get(topic::size, size -> size == 0);
  }

  @Test
  void listenersHearAgainAfterTheBrokerWasKilled() throws Exception {
    anna.getTopic("news").addListener(String.class, (_, message) -> heard.add(message));
    RReliableTopic reliable = anna.getReliableTopic("reliable");
    reliable.addListener(String.class, (_, message) -> heard.add(message));
    shared.broker().kill9();
    shared.broker().restart();
    Eventually.succeeds(RedisException.class, () -> berta.getKeys().count());
    Eventually.get(() -> berta.getTopic("news").publish("again"), listeners -> listeners == 1);
    assertThat(next()).isEqualTo("again");
    reliable.publish("reliably");
    assertThat(next()).isEqualTo("reliably");
  }

  private String next() throws InterruptedException {
    return heard.poll(20, SECONDS);
  }
}
