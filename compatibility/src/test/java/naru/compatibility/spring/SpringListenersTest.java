package naru.compatibility.spring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.Consumer;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer.StreamMessageListenerContainerOptions;

@Shows(value = Client.SPRING_DATA_REDIS, area = "listeners")
final class SpringListenersTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static LettuceConnectionFactory connections;
  private static StringRedisTemplate redis;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @BeforeAll
  static void open() {
    connections = Springs.connect(shared.port());
    redis = new StringRedisTemplate(connections);
  }

  @AfterAll
  static void close() {
    connections.destroy();
  }

  @Test
  void aContainerHearsChannelsAndPatterns() throws Exception {
    try (Closing<?> _ = new Closing<>(messages())) {
      redis.convertAndSend("news", "one");
      assertThat(heard.poll(20, SECONDS)).isEqualTo("news: one");
      redis.convertAndSend("sport.ball", "1:0");
      assertThat(heard.poll(20, SECONDS)).isEqualTo("sport.ball: 1:0");
    }
  }

  @Test
  void aContainerHearsAgainAfterTheBrokerWasKilled() throws Exception {
    try (Closing<?> _ = new Closing<>(messages())) {
      redis.convertAndSend("news", "before");
      assertThat(heard.poll(20, SECONDS)).isEqualTo("news: before");
      shared.broker().kill9();
      shared.broker().restart();
      Eventually.succeeds(
          DataAccessException.class,
          () -> Eventually.get(() -> redis.convertAndSend("news", "again"), count -> count == 1));
      assertThat(heard.poll(20, SECONDS)).isEqualTo("news: again");
    }
  }

  private RedisMessageListenerContainer messages() {
    RedisMessageListenerContainer container = new RedisMessageListenerContainer();
    container.setConnectionFactory(connections);
    container.setRecoveryInterval(50);
    container.addMessageListener(
        (message, _) -> heard.add(text(message.getChannel()) + ": " + text(message.getBody())),
        List.of(ChannelTopic.of("news"), PatternTopic.of("sport.*")));
    container.afterPropertiesSet();
    container.start();
    return container;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void eachEntryGoesToOneConsumerOfTheGroupOnceAndIsAcknowledged() throws Exception {
    redis.opsForStream().createGroup("orders", ReadOffset.from("0"), "billing");
    try (Closing<?> _ = new Closing<>(streams("anna", "berta"))) {
      IntStream.range(0, 200).forEach(n -> redis.opsForStream().add("orders", Map.of("n", "" + n)));
      Eventually.get(heard::size, count -> count == 200);
      List<Integer> numbers = new ArrayList<>(heard).stream().map(Integer::valueOf).toList();
      assertThat(numbers)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200).boxed().toList());
      Eventually.get(
          () -> redis.opsForStream().pending("orders", "billing").getTotalPendingMessages(),
          pending -> pending == 0);
    }
  }

  private StreamMessageListenerContainer<String, MapRecord<String, String, String>> streams(
      String... consumers) {
    var container =
        StreamMessageListenerContainer.create(
            connections,
            StreamMessageListenerContainerOptions.builder()
                .pollTimeout(Duration.ofMillis(200))
                .batchSize(10)
                .build());
    for (String consumer : consumers) {
      container.receiveAutoAck(
          Consumer.from("billing", consumer),
          StreamOffset.create("orders", ReadOffset.lastConsumed()),
          record -> heard.add(record.getValue().get("n")));
    }
    container.start();
    return container;
  }

  /// Stops a container at the end of a block.
  private record Closing<T extends org.springframework.context.Lifecycle>(T container)
      implements AutoCloseable {
    @Override
    public void close() {
      container.stop();
    }
  }
}
