package naru.compatibility.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;

/// Pops from a queue. What it was handed is gone for good; one more may be gone, with a lost reply.
final class QueueReader implements Driver {
  private final String queue;
  private final Set<String> poppedByAny;
  private int brokenOff;

  QueueReader(String queue, Set<String> poppedByAny) {
    this.queue = queue;
    this.poppedByAny = poppedByAny;
  }

  /// How often a reply may have been lost, each with one element.
  int brokenOff() {
    return brokenOff;
  }

  @Override
  public void work(RawClient client, RandomGenerator random) {
    brokenOff++;
    while (true) {
      boolean blocking = random.nextBoolean();
      Reply reply = blocking ? client.call("BLPOP", queue, "0.05") : client.call("LPOP", queue);
      String element =
          switch (reply) {
            case Reply.Nothing _ -> "";
            case Reply.Bulk(String bytes) -> bytes;
            case Reply.Sequence(List<Reply> items) -> items.getLast().text();
            case Reply other -> throw new AssertionError("popped " + other);
          };
      if (!element.isEmpty()) {
        assertThat(poppedByAny.add(element)).as(element + " is popped once").isTrue();
      }
    }
  }

  @Override
  public void check(RawClient client) {
    Set<String> left = new HashSet<>(client.call("LRANGE", queue, "0", "-1").texts());
    Sets.areDisjoint("popped, and back again", left, poppedByAny);
  }
}
