package naru.compatibility.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.models.stream.ClaimedMessages;
import io.lettuce.core.models.stream.PendingMessage;
import io.lettuce.core.models.stream.PendingMessages;
import io.lettuce.core.models.stream.StreamEntryDeletionResult;
import io.lettuce.core.protocol.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

@Shows(value = Client.LETTUCE, area = "streams")
@ParameterizedClass
@EnumSource
@SuppressWarnings("unchecked") // Lettuce takes streams as generic varargs.
final class LettuceStreamsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static final Consumer<String> ANNA = Consumer.from("workers", "anna");
  private static final Consumer<String> BERTA = Consumer.from("workers", "berta");

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
  void entriesAreReadInTheOrderOfTheirIds() {
    List<String> added = add(3);
    List<StreamMessage<String, String>> entries = redis.xrange("orders", Range.unbounded());
    assertThat(ids(entries)).isEqualTo(added);
    assertThat(entries.getLast().getBody()).containsExactly(Map.entry("n", "2"));
    assertThat(ids(redis.xread(StreamOffset.from("orders", added.getFirst()))))
        .isEqualTo(added.subList(1, 3));
    assertThat(redis.xlen("orders")).isEqualTo(3);
  }

  @Test
  void aBlockingReadGetsWhatIsAddedLater() throws Exception {
    try (Together together = new Together()) {
      RedisCommands<String, String> waiter = lettuce.commands();
      Future<List<StreamMessage<String, String>>> waiting =
          together.begin(
              () ->
                  waiter.xread(
                      XReadArgs.Builder.block(10_000),
                      StreamOffset.latest("other"),
                      StreamOffset.latest("orders")));
      BlockedClients.await(shared.broker(), 1);
      List<String> added = add(1);
      assertThat(ids(Together.result(waiting))).isEqualTo(added);
    }
  }

  @Test
  void aGroupHandsEachEntryToOneConsumerAndKeepsItUntilItIsAcknowledged() {
    createGroup();
    List<String> added = add(3);
    assertThat(ids(read(ANNA, 2))).isEqualTo(added.subList(0, 2));
    assertThat(ids(read(BERTA, 2))).isEqualTo(added.subList(2, 3));
    assertThat(read(BERTA, 2)).isEmpty();

    PendingMessages summary = redis.xpending("orders", "workers");
    assertThat(summary.getCount()).isEqualTo(3);
    assertThat(summary.getMessageIds()).isEqualTo(Range.create(added.getFirst(), added.getLast()));
    assertThat(summary.getConsumerMessageCount()).isEqualTo(Map.of("anna", 2L, "berta", 1L));

    assertThat(redis.xack("orders", "workers", added.getFirst(), added.getLast())).isEqualTo(2);
    List<PendingMessage> pending =
        redis.xpending("orders", "workers", Range.unbounded(), Limit.from(10));
    assertThat(pending).hasSize(1);
    assertThat(pending.getFirst().getId()).isEqualTo(added.get(1));
    assertThat(pending.getFirst().getConsumer()).isEqualTo("anna");
    assertThat(pending.getFirst().getRedeliveryCount()).isEqualTo(1);
  }

  @Test
  void aGroupThatWaitsIsServedOnce() throws Exception {
    createGroup();
    try (Together together = new Together()) {
      List<Future<List<StreamMessage<String, String>>>> waiting = new ArrayList<>();
      for (Consumer<String> consumer : List.of(ANNA, BERTA)) {
        RedisCommands<String, String> waiter = lettuce.commands();
        waiting.add(
            together.begin(
                () ->
                    waiter.xreadgroup(
                        consumer,
                        XReadArgs.Builder.block(10_000).count(1),
                        StreamOffset.lastConsumed("orders"))));
      }
      BlockedClients.await(shared.broker(), 2);
      List<String> added = add(2);
      List<String> read = new ArrayList<>();
      Together.results(waiting).forEach(entries -> read.addAll(ids(entries)));
      assertThat(read).containsExactlyInAnyOrderElementsOf(added);
    }
  }

  @Test
  void theEntriesOfADeadConsumerAreClaimed() {
    createGroup();
    List<String> added = add(3);
    read(ANNA, 3);
    ClaimedMessages<String, String> claimed =
        redis.xautoclaim(
            "orders",
            new XAutoClaimArgs<String>().consumer(BERTA).minIdleTime(0).startId("0-0").count(2));
    assertThat(claimed.getId()).isEqualTo(added.get(2));
    assertThat(ids(claimed.getMessages())).isEqualTo(added.subList(0, 2));
    assertThat(redis.xpending("orders", "workers").getConsumerMessageCount())
        .isEqualTo(Map.of("anna", 1L, "berta", 2L));
  }

  @Test
  void aStreamTellsAboutItselfItsGroupsAndTheirConsumers() {
    createGroup();
    List<String> added = add(3);
    read(ANNA, 2);
    assertThat(redis.xinfoStream("orders"))
        .containsSequence("length", 3L)
        .containsSequence("last-generated-id", added.getLast());
    assertThat(redis.xinfoGroups("orders").toString()).contains("workers", "entries-read, 2");
    assertThat(redis.xinfoConsumers("orders", "workers").toString())
        .contains("name, anna", "pending, 2");
  }

  @Test
  void aGroupThatIsThereAlreadyIsRefused() {
    createGroup();
    assertThatThrownBy(this::createGroup).isInstanceOf(RedisBusyException.class);
  }

  @Test
  @NewerThanRedis7
  void acknowledgingAndDeletingIsOneStep() {
    createGroup();
    List<String> added = add(1);
    read(ANNA, 1);
    assertThat(redis.xackdel("orders", "workers", added.getFirst()))
        .containsExactly(StreamEntryDeletionResult.DELETED);
    assertThat(redis.xlen("orders")).isZero();
  }

  private void createGroup() {
    redis.xgroupCreate(
        StreamOffset.from("orders", "0"), "workers", XGroupCreateArgs.Builder.mkstream());
  }

  private List<String> add(int count) {
    List<String> ids = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      ids.add(redis.xadd("orders", Map.of("n", "" + n)));
    }
    return ids;
  }

  private List<StreamMessage<String, String>> read(Consumer<String> consumer, int count) {
    return redis.xreadgroup(
        consumer, XReadArgs.Builder.count(count), StreamOffset.lastConsumed("orders"));
  }

  private static List<String> ids(List<StreamMessage<String, String>> entries) {
    return entries.stream().map(StreamMessage::getId).toList();
  }
}
