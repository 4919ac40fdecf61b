package naru.compatibility.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import naru.compatibility.BlockedClients;
import naru.compatibility.OneBroker;
import naru.compatibility.Together;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RBoundedBlockingQueue;
import org.redisson.api.RDelayedQueue;
import org.redisson.api.RPriorityBlockingQueue;
import org.redisson.api.RRingBuffer;
import org.redisson.api.RStream;
import org.redisson.api.RTransferQueue;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamPendingRangeArgs;
import org.redisson.api.stream.StreamReadGroupArgs;

@Shows(value = Client.REDISSON, area = "queues and streams")
final class RedissonQueuesTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static RedissonClient anna;
  private static RedissonClient berta;

  @BeforeAll
  static void open() {
    anna = Redissons.open(shared.port());
    berta = Redissons.open(shared.port());
  }

  @AfterAll
  static void close() {
    anna.shutdown(0, 1, SECONDS);
    berta.shutdown(0, 1, SECONDS);
  }

  @Test
  void aWaitingTakeIsHandedWhatIsPut() throws Exception {
    RBlockingQueue<String> queue = anna.getBlockingQueue("queue");
    assertThat(queue.poll(50, MILLISECONDS)).isNull();
    try (Together together = new Together()) {
      Future<String> waiting = together.begin(queue::take);
      BlockedClients.await(shared.broker(), 1);
      berta.getBlockingQueue("queue").put("job");
      assertThat(Together.result(waiting)).isEqualTo("job");
    }
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void nothingIsLostOrDoubledAmongMany() throws Exception {
    try (Together together = new Together()) {
      List<Future<List<Integer>>> consumers = new ArrayList<>();
      for (RedissonClient client : List.of(anna, berta, anna, berta)) {
        consumers.add(together.begin(() -> consume(client.getBlockingQueue("jobs"))));
      }
      for (int n = 0; n < 300; n++) {
        (n % 2 == 0 ? anna : berta).getBlockingQueue("jobs").put(n);
      }
      anna.getBlockingQueue("jobs").addAll(List.of(-1, -1, -1, -1));
      List<Integer> done = new ArrayList<>();
      Together.results(consumers).forEach(done::addAll);
      assertThat(done)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 300).boxed().toList());
    }
  }

  private static List<Integer> consume(RBlockingQueue<Integer> queue) throws InterruptedException {
    List<Integer> done = new ArrayList<>();
    for (int job = queue.take(); job >= 0; job = queue.take()) {
      done.add(job);
    }
    return done;
  }

  @Test
  @SuppressWarnings("deprecation") // What replaces it is not in the free edition.
  void delayedElementsArriveInTheOrderOfTheirTimes() throws Exception {
    RBlockingQueue<String> queue = anna.getBlockingQueue("due");
    RDelayedQueue<String> delayed = berta.getDelayedQueue(berta.<String>getBlockingQueue("due"));
    long begin = System.nanoTime();
    delayed.offer("late", 600, MILLISECONDS);
    delayed.offer("early", 200, MILLISECONDS);
    delayed.offer("never", 1, SECONDS);
    assertThat(delayed.remove("never")).isTrue();
    assertThat(queue.poll()).isNull();
    assertThat(queue.poll(10, SECONDS)).isEqualTo("early");
    assertThat(queue.poll(10, SECONDS)).isEqualTo("late");
    assertThat(System.nanoTime() - begin).isGreaterThan(MILLISECONDS.toNanos(590));
    assertThat(delayed.isEmpty()).isTrue();
    delayed.destroy();
  }

  @Test
  void aPriorityQueueGivesTheSmallestFirst() throws Exception {
    RPriorityBlockingQueue<Integer> queue = anna.getPriorityBlockingQueue("priorities");
    queue.addAll(List.of(30, 10, 20));
    berta.getPriorityBlockingQueue("priorities").add(5);
    assertThat(List.of(queue.take(), queue.take(), queue.take(), queue.take()))
        .containsExactly(5, 10, 20, 30);
  }

  @Test
  @SuppressWarnings("deprecation") // What replaces it is not in the free edition.
  void aBoundedQueueHoldsBackWhoPutsTooMuch() throws Exception {
    RBoundedBlockingQueue<String> queue = anna.getBoundedBlockingQueue("bounded");
    assertThat(queue.trySetCapacity(2)).isTrue();
    assertThat(queue.offer("a")).isTrue();
    assertThat(queue.offer("b")).isTrue();
    assertThat(queue.offer("c", 50, MILLISECONDS)).isFalse();
    try (Together together = new Together()) {
      Future<Boolean> waiting = together.begin(() -> queue.offer("c", 20, SECONDS));
      assertThat(berta.getBoundedBlockingQueue("bounded").poll()).isEqualTo("a");
      assertThat(Together.result(waiting)).isTrue();
    }
    assertThat(queue.readAll()).containsExactly("b", "c");
  }

  @Test
  void aTransferWaitsForWhoTakes() throws Exception {
    // A client of its own, since it goes on waiting for more.
    RedissonClient carla = Redissons.open(shared.port());
    RTransferQueue<String> queue = carla.getTransferQueue("transfer");
    assertThat(queue.tryTransfer("nobody waits")).isFalse();
    try (Together together = new Together()) {
      Future<Boolean> giving =
          together.begin(
              () -> berta.<String>getTransferQueue("transfer").tryTransfer("job", 20, SECONDS));
      assertThat(queue.poll(20, SECONDS)).isEqualTo("job");
      assertThat(Together.result(giving)).isTrue();
    } finally {
      carla.shutdown(0, 1, SECONDS);
    }
  }

  @Test
  void aRingKeepsTheLast() {
    RRingBuffer<Integer> ring = anna.getRingBuffer("ring");
    assertThat(ring.trySetCapacity(3)).isTrue();
    IntStream.range(0, 10).forEach(ring::add);
    assertThat(ring.readAll()).containsExactly(7, 8, 9);
  }

  @Test
  void aMovedElementIsNowhereTwice() {
    anna.getDeque("deque").addAll(List.of("a", "b"));
    assertThat(anna.getDeque("deque").pollLastAndOfferFirstTo("working")).isEqualTo("b");
    assertThat(anna.getDeque("deque").readAll()).isEqualTo(List.of("a"));
    assertThat(anna.getDeque("working").readAll()).isEqualTo(List.of("b"));
  }

  @Test
  void aStreamIsSharedByAGroupAndTheDeadAreTakenOver() {
    RStream<String, String> orders = anna.getStream("orders");
    orders.createGroup(StreamCreateGroupArgs.name("billing").id(StreamMessageId.ALL).makeStream());
    List<StreamMessageId> ids =
        IntStream.range(0, 4)
            .mapToObj(n -> orders.add(StreamAddArgs.entry("n", Integer.toString(n))))
            .toList();
    StreamReadGroupArgs two = StreamReadGroupArgs.neverDelivered().count(2);
    assertThat(orders.readGroup("billing", "dead", two)).containsOnlyKeys(ids.get(0), ids.get(1));
    assertThat(berta.<String, String>getStream("orders").readGroup("billing", "alive", two))
        .containsEntry(ids.get(2), Map.of("n", "2"))
        .containsEntry(ids.get(3), Map.of("n", "3"));
    assertThat(orders.ack("billing", ids.get(2), ids.get(3))).isEqualTo(2);
    assertThat(orders.getPendingInfo("billing").getConsumerNames()).containsEntry("dead", 2L);
    assertThat(
            orders
                .autoClaim("billing", "alive", 0, MILLISECONDS, StreamMessageId.MIN, 10)
                .getMessages())
        .containsOnlyKeys(ids.get(0), ids.get(1));
    assertThat(
            orders.listPending(
                StreamPendingRangeArgs.groupName("billing")
                    .startId(ids.get(0))
                    .endId(ids.get(3))
                    .count(9)
                    .consumerName("alive")))
        .hasSize(2);
    assertThat(orders.getInfo().getGroups()).isEqualTo(1);
  }

  @Test
  void aWaitingReadOfAGroupGetsTheNextEntry() throws Exception {
    RStream<String, String> orders = anna.getStream("orders");
    orders.createGroup(StreamCreateGroupArgs.name("billing").makeStream());
    StreamReadGroupArgs next = StreamReadGroupArgs.neverDelivered().timeout(Duration.ofSeconds(20));
    try (Together together = new Together()) {
      Future<Map<StreamMessageId, Map<String, String>>> waiting =
          together.begin(() -> orders.readGroup("billing", "anna", next));
      BlockedClients.await(shared.broker(), 1);
      StreamMessageId id =
          berta.<String, String>getStream("orders").add(StreamAddArgs.entry("n", "1"));
      assertThat(Together.result(waiting)).containsOnlyKeys(id);
    }
  }
}
