package naru.compatibility.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;

/// A queue that is pushed to by one and popped by others: each element is either still there, or
/// was handed to one reader, or was under way to a reader when the broker was killed.
final class Queue implements Driver {
  private static final int ELEMENTS_AT_ONCE_MAX = 20;

  private final String key;
  private final List<QueueReader> readers;
  private final Set<String> popped;
  private final BitSet acknowledged = new BitSet();
  private int sent;

  Queue(String key, List<QueueReader> readers, Set<String> popped) {
    this.key = key;
    this.readers = readers;
    this.popped = popped;
  }

  @Override
  public void work(RawClient client, RandomGenerator random) {
    while (true) {
      int first = sent;
      List<String> words = new ArrayList<>(List.of("RPUSH", key));
      for (int count = 1 + random.nextInt(ELEMENTS_AT_ONCE_MAX); count > 0; count--) {
        words.add(Payload.of(key, sent++));
      }
      assertThat(client.call(words.toArray(String[]::new))).isInstanceOf(Reply.Whole.class);
      acknowledged.set(first, sent);
    }
  }

  @Override
  public void check(RawClient client) {
    List<String> left = client.call("LRANGE", key, "0", "-1").texts();
    List<Integer> steps = left.stream().map(Queue::step).toList();
    assertThat(steps).as("order of the queue").isSortedAccordingTo(Queue::rising);
    assertThat(left).isEqualTo(steps.stream().map(step -> Payload.of(key, step)).toList());
    assertThat(steps).allMatch(step -> step < sent, "was sent");

    Set<String> known = new HashSet<>(left);
    known.addAll(popped);
    long missing =
        acknowledged.stream().filter(step -> !known.contains(Payload.of(key, step))).count();
    long lostReplies = readers.stream().mapToLong(QueueReader::brokenOff).sum();
    assertThat(missing).as("elements neither there nor popped").isLessThanOrEqualTo(lostReplies);
  }

  /// Equal elements are out of order too.
  private static int rising(int one, int other) {
    return one < other ? -1 : 1;
  }

  private static int step(String payload) {
    return Integer.parseInt(payload.split("-")[1]);
  }
}
