package naru.compatibility.jedis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
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
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;

@Shows(value = Client.JEDIS, area = "transactions")
@ParameterizedClass
@EnumSource(names = {"RESP2", "RESP3"})
final class JedisTransactionsTest {
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
  void allCommandsAreCarriedOutAtExec() {
    try (AbstractTransaction transaction = jedis.multi()) {
      Response<Long> pushed = transaction.rpush("list", "a", "b");
      Response<String> popped = transaction.lpop("list");
      Response<Long> counted = transaction.incr("counter");
      assertThat(jedis.exists("list")).isFalse();
      assertThat(transaction.exec()).containsExactly(2L, "a", 1L);
      assertThat(pushed.get()).isEqualTo(2);
      assertThat(popped.get()).isEqualTo("a");
      assertThat(counted.get()).isEqualTo(1);
    }
    assertThat(jedis.lrange("list", 0, -1)).containsExactly("b");
  }

  @Test
  void aWatchedKeyThatChangesUndoesAll() {
    jedis.set("balance", "10");
    try (AbstractTransaction transaction = jedis.transaction(false)) {
      transaction.watch("balance");
      transaction.multi();
      transaction.set("balance", "20");
      transaction.set("other", "1");
      jedis.incr("balance");
      assertThat(transaction.exec()).isNull();
    }
    assertThat(jedis.get("balance")).isEqualTo("11");
    assertThat(jedis.exists("other")).isFalse();
  }

  @Test
  void aWatchedKeyThatStaysLetsAllPass() {
    jedis.set("balance", "10");
    try (AbstractTransaction transaction = jedis.transaction(false)) {
      transaction.watch("balance");
      transaction.multi();
      transaction.incr("balance");
      assertThat(transaction.exec()).containsExactly(11L);
    }
  }

  @Test
  void discardForgetsEverything() {
    try (AbstractTransaction transaction = jedis.multi()) {
      transaction.set("a", "1");
      assertThat(transaction.discard()).isEqualTo("OK");
    }
    assertThat(jedis.exists("a")).isFalse();
  }

  @Test
  void oneCommandThatFailsDoesNotStopTheOthers() {
    jedis.set("text", "abc");
    try (AbstractTransaction transaction = jedis.multi()) {
      transaction.set("a", "1");
      transaction.lpush("text", "x");
      transaction.set("b", "2");
      List<Object> replies = transaction.exec();
      assertThat(replies.get(0)).isEqualTo("OK");
      assertThat(replies.get(1)).isInstanceOf(JedisDataException.class);
      assertThat(replies.get(2)).isEqualTo("OK");
    }
    assertThat(jedis.mget("a", "b")).containsExactly("1", "2");
  }

  @Test
  void aCommandThatIsNotUnderstoodUndoesAll() {
    try (Jedis single = Jedises.single(shared.broker(), protocol);
        Transaction transaction = single.multi()) {
      transaction.set("a", "1");
      transaction.sendCommand(() -> "NOSUCH".getBytes(US_ASCII), "an argument");
      assertThatThrownBy(transaction::exec).hasMessageContaining("EXECABORT");
    }
    assertThat(jedis.exists("a")).isFalse();
  }

  @Test
  void noUpdateIsLostAmongManyThatWatch() throws Exception {
    jedis.set("counter", "0");
    try (Together together = new Together()) {
      List<Future<Integer>> adders = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        adders.add(together.begin(() -> addUntilDone(50)));
      }
      Together.results(adders);
    }
    assertThat(jedis.get("counter")).isEqualTo("200");
  }

  private int addUntilDone(int times) {
    int conflicts = 0;
    for (int done = 0; done < times; ) {
      try (AbstractTransaction transaction = jedis.transaction(false)) {
        transaction.watch("counter");
        int value = Integer.parseInt(jedis.get("counter"));
        transaction.multi();
        transaction.set("counter", "" + (value + 1));
        boolean isDone = transaction.exec() != null;
        done += isDone ? 1 : 0;
        conflicts += isDone ? 0 : 1;
      }
    }
    return conflicts;
  }
}
