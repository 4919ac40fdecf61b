package naru.compatibility.jedis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import naru.compatibility.BlockedClients;
import naru.compatibility.NewerThanRedis7;
import naru.compatibility.OneBroker;
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
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.args.ListDirection;
import redis.clients.jedis.util.KeyValue;

@Shows(value = Client.JEDIS, area = "queues")
@ParameterizedClass
@EnumSource(names = {"RESP2", "RESP3"})
final class JedisQueuesTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @Parameter RedisProtocol protocol;

  private RedisClient jedis;

  @BeforeEach
  void open() {
    jedis = Jedises.pool(shared.broker(), protocol);
  }

  @AfterEach
  void close() {
    jedis.close();
  }

  @Test
  void aListIsAQueueOrAStack() {
    assertThat(jedis.rpush("queue", "a", "b", "c")).isEqualTo(3);
    assertThat(jedis.lpush("queue", "z")).isEqualTo(4);
    assertThat(jedis.lpop("queue")).isEqualTo("z");
    assertThat(jedis.rpop("queue")).isEqualTo("c");
    assertThat(jedis.lpop("queue", 5)).containsExactly("a", "b");
    assertThat(jedis.lpop("queue")).isNull();
    assertThat(jedis.exists("queue")).isFalse();
  }

  @Test
  void aBlockingPopTakesFromTheFirstKeyThatHasSomething() {
    jedis.rpush("low", "1");
    jedis.rpush("high", "2");
    assertThat(jedis.blpop(1, "empty", "high", "low")).containsExactly("high", "2");
    assertThat(jedis.blpop(1, "empty", "high", "low")).containsExactly("low", "1");
  }

  @Test
  void aBlockingPopGivesUpAfterItsTimeout() {
    long begin = System.nanoTime();
    assertThat(jedis.blpop(0.3, "empty", "empty too")).isNull();
    assertThat((System.nanoTime() - begin) / 1_000_000).isBetween(290L, 3_000L);
  }

  @Test
  void aPushToAWaitingPopIsHandedOver() throws Exception {
    try (Together together = new Together()) {
      Future<KeyValue<String, String>> waiting =
          together.begin(() -> jedis.brpop(10.0, "other", "queue"));
      awaitBlockedClients(1);
      jedis.lpush("queue", "job");
      KeyValue<String, String> popped = Together.result(waiting);
      assertThat(popped.getKey()).isEqualTo("queue");
      assertThat(popped.getValue()).isEqualTo("job");
      assertThat(jedis.llen("queue")).isZero();
    }
  }

  @Test
  void waitingPopsAreServedInTheOrderInWhichTheyCame() throws Exception {
    try (Together together = new Together()) {
      List<Future<KeyValue<String, String>>> waiting = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        waiting.add(together.begin(() -> jedis.blpop(10.0, "queue")));
        awaitBlockedClients(i);
      }
      jedis.rpush("queue", "0", "1", "2", "3");
      List<KeyValue<String, String>> popped = Together.results(waiting);
      assertThat(popped.stream().map(KeyValue::getValue)).containsExactly("0", "1", "2", "3");
    }
  }

  @Test
  void aReliableQueueKeepsWhatAWorkerHasNotFinished() {
    jedis.rpush("queue", "a", "b");
    assertThat(jedis.lmove("queue", "working", ListDirection.LEFT, ListDirection.RIGHT))
        .isEqualTo("a");
    assertThat(jedis.blmove("queue", "working", ListDirection.LEFT, ListDirection.RIGHT, 1))
        .isEqualTo("b");
    assertThat(jedis.lrange("working", 0, -1)).containsExactly("a", "b");
    assertThat(jedis.lrem("working", 1, "a")).isEqualTo(1);
    assertThat(jedis.lmove("working", "queue", ListDirection.LEFT, ListDirection.RIGHT))
        .isEqualTo("b");
    assertThat(jedis.lrange("queue", 0, -1)).containsExactly("b");
    assertThat(jedis.exists("working")).isFalse();
  }

  @Test
  void manyAtOnceArePoppedFromTheFirstListThatHasSome() throws Exception {
    jedis.rpush("queue", "a", "b", "c");
    KeyValue<String, List<String>> popped = jedis.lmpop(ListDirection.LEFT, 2, "empty", "queue");
    assertThat(popped.getKey()).isEqualTo("queue");
    assertThat(popped.getValue()).containsExactly("a", "b");
    assertThat(jedis.blmpop(1, ListDirection.RIGHT, 9, "empty", "queue").getValue())
        .containsExactly("c");
    assertThat(jedis.lmpop(ListDirection.LEFT, "empty", "queue")).isNull();
  }

  @Test
  void nothingIsLostOrDoubledAmongManyProducersAndConsumers() throws Exception {
    int producers = 4;
    int jobsOfEach = 500;
    try (Together together = new Together()) {
      List<Future<List<String>>> consumers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        consumers.add(together.begin(this::consumeUntilTheEnd));
      }
      List<Future<Boolean>> pushing = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        String name = "p" + i;
        pushing.add(together.begin(() -> produce(name, jobsOfEach)));
      }
      Together.results(pushing);
      jedis.rpush("queue", "end", "end", "end", "end");

      List<String> done = new ArrayList<>();
      Together.results(consumers).forEach(done::addAll);
      assertThat(done).hasSize(producers * jobsOfEach).doesNotHaveDuplicates();
      assertThat(jedis.exists("queue")).isFalse();
    }
  }

  private boolean produce(String name, int jobs) {
    for (int job = 0; job < jobs; job++) {
      jedis.rpush("queue", name + "-" + job);
    }
    return true;
  }

  private List<String> consumeUntilTheEnd() {
    List<String> done = new ArrayList<>();
    for (String job = next(); !job.equals("end"); job = next()) {
      done.add(job);
    }
    return done;
  }

  private String next() {
    return jedis.blpop(20.0, "queue").getValue();
  }

  @Test
  @NewerThanRedis7
  void fieldsOfAHashExpireEachByItself() {
    jedis.hset("hash", "stays", "1");
    jedis.hset("hash", "goes", "2");
    assertThat(jedis.hpexpire("hash", 1, "goes")).containsExactly(1L);
    assertThat(jedis.hexpire("hash", 1_000, "stays", "nosuch")).containsExactly(1L, -2L);
    assertThat(jedis.httl("hash", "stays").getFirst()).isBetween(900L, 1_000L);
  }

  private static void awaitBlockedClients(int count) throws Exception {
    BlockedClients.await(shared.broker(), count);
  }
}
