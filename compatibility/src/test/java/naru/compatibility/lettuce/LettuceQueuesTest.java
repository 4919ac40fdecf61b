package naru.compatibility.lettuce;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.KeyValue;
import io.lettuce.core.LMPopArgs;
import io.lettuce.core.LMoveArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import naru.compatibility.BlockedClients;
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

@Shows(value = Client.LETTUCE, area = "queues")
@ParameterizedClass
@EnumSource
final class LettuceQueuesTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @Parameter ProtocolVersion protocol;

  private OneLettuce lettuce;
  private RedisCommands<String, String> redis;

  @BeforeEach
  void open() {
    lettuce = new OneLettuce(shared.broker(), protocol);
    redis = lettuce.commands();
  }

  @AfterEach
  void close() {
    lettuce.close();
  }

  @Test
  void aBlockingPopTakesFromTheFirstKeyThatHasSomething() {
    redis.rpush("low", "1");
    redis.rpush("high", "2");
    assertThat(redis.blpop(1, "empty", "high", "low")).isEqualTo(KeyValue.just("high", "2"));
    assertThat(redis.brpop(1, "empty", "high", "low")).isEqualTo(KeyValue.just("low", "1"));
    assertThat(redis.blpop(0.1, "empty", "high", "low")).isNull();
  }

  @Test
  void aPushToAWaitingPopIsHandedOver() throws Exception {
    try (Together together = new Together()) {
      RedisCommands<String, String> waiter = lettuce.commands();
      Future<KeyValue<String, String>> waiting =
          together.begin(() -> waiter.blpop(10, "other", "queue"));
      BlockedClients.await(shared.broker(), 1);
      redis.rpush("queue", "job");
      assertThat(Together.result(waiting)).isEqualTo(KeyValue.just("queue", "job"));
      assertThat(redis.llen("queue")).isZero();
    }
  }

  @Test
  void aReliableQueueKeepsWhatAWorkerHasNotFinished() {
    redis.rpush("queue", "a", "b");
    assertThat(redis.lmove("queue", "working", LMoveArgs.Builder.leftRight())).isEqualTo("a");
    assertThat(redis.blmove("queue", "working", LMoveArgs.Builder.leftRight(), 1)).isEqualTo("b");
    assertThat(redis.lrem("working", 1, "a")).isEqualTo(1);
    assertThat(redis.lmove("working", "queue", LMoveArgs.Builder.leftLeft())).isEqualTo("b");
    assertThat(redis.lrange("queue", 0, -1)).containsExactly("b");
    assertThat(redis.exists("working")).isZero();
  }

  @Test
  void manyAtOnceArePoppedFromTheFirstListThatHasSome() {
    redis.rpush("queue", "a", "b", "c");
    assertThat(redis.lmpop(LMPopArgs.Builder.left().count(2), "empty", "queue"))
        .isEqualTo(KeyValue.just("queue", List.of("a", "b")));
    assertThat(redis.blmpop(1, LMPopArgs.Builder.right().count(9), "empty", "queue"))
        .isEqualTo(KeyValue.just("queue", List.of("c")));
  }

  @Test
  void nothingIsLostOrDoubledAmongManyProducersAndConsumers() throws Exception {
    try (Together together = new Together()) {
      List<Future<List<String>>> consumers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        RedisCommands<String, String> mine = lettuce.commands();
        consumers.add(together.begin(() -> consumeUntilTheEnd(mine)));
      }
      List<Future<Boolean>> producers = new ArrayList<>();
      for (String name : List.of("a", "b", "c", "d")) {
        producers.add(together.begin(() -> produce(name)));
      }
      Together.results(producers);
      redis.rpush("queue", "end", "end", "end", "end");
      List<String> done = new ArrayList<>();
      Together.results(consumers).forEach(done::addAll);
      assertThat(done).hasSize(1_200).doesNotHaveDuplicates();
      assertThat(redis.exists("queue")).isZero();
    }
  }

  /// On the shared connection: Lettuce pipelines what its threads send.
  private boolean produce(String name) {
    for (int n = 0; n < 300; n++) {
      redis.rpush("queue", name + "-" + n);
    }
    return true;
  }

  private static List<String> consumeUntilTheEnd(RedisCommands<String, String> mine) {
    List<String> done = new ArrayList<>();
    for (String job = next(mine); !job.equals("end"); job = next(mine)) {
      done.add(job);
    }
    return done;
  }

  private static String next(RedisCommands<String, String> mine) {
    return mine.blpop(15, "queue").getValue();
  }
}
