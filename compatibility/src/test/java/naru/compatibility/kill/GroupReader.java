package naru.compatibility.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;

/// A consumer of a group: reads what is new, acknowledges most of it. Once the broker has said that
/// an entry is acknowledged it is never pending again; until then a delivered entry stays pending.
final class GroupReader implements Driver {
  private static final int COUNT_MAX = 10;

  private final String stream;
  private final String group;
  private final String consumer;

  /// Shared by all consumers of the group: an entry is delivered to one of them, once.
  private final Set<String> deliveredToAny;

  private final Set<String> pending = new HashSet<>();
  private final Set<String> acknowledging = new HashSet<>();
  private final Set<String> acknowledged = new HashSet<>();

  GroupReader(String stream, String group, String consumer, Set<String> deliveredToAny) {
    this.stream = stream;
    this.group = group;
    this.consumer = consumer;
    this.deliveredToAny = deliveredToAny;
  }

  Set<String> acknowledgedIds() {
    return acknowledged;
  }

  @Override
  public void work(RawClient client, RandomGenerator random) {
    while (true) {
      List<String> ids = read(client, 1 + random.nextInt(COUNT_MAX));
      ids.removeIf(id -> random.nextInt(10) == 0);
      if (!ids.isEmpty()) {
        acknowledge(client, ids);
      }
    }
  }

  private List<String> read(RawClient client, int count) {
    String line = "XREADGROUP GROUP %s %s COUNT %d BLOCK 50 STREAMS %s >";
    Reply reply = client.call(line.formatted(group, consumer, count, stream).split(" "));
    List<String> ids = new ArrayList<>();
    if (reply instanceof Reply.Nothing) {
      return ids;
    }
    for (Reply entry : reply.items().getFirst().items().getLast().items()) {
      String id = entry.items().getFirst().text();
      assertThat(deliveredToAny.add(id)).as(id + " is delivered for the first time").isTrue();
      pending.add(id);
      ids.add(id);
    }
    return ids;
  }

  private void acknowledge(RawClient client, List<String> ids) {
    acknowledging.addAll(ids);
    List<String> words = new ArrayList<>(List.of("XACK", stream, group));
    words.addAll(ids);
    Reply reply = client.call(words.toArray(String[]::new));
    assertThat(reply.whole()).isEqualTo(ids.size());
    ids.forEach(acknowledging::remove);
    ids.forEach(pending::remove);
    acknowledged.addAll(ids);
  }

  @Override
  public void check(RawClient client) {
    Set<String> found = new HashSet<>();
    for (Reply entry :
        client.call("XPENDING", stream, group, "-", "+", "1000000", consumer).items()) {
      found.add(entry.items().getFirst().text());
    }
    Sets.areDisjoint("acknowledged, and pending again", found, acknowledged);

    Set<String> certain = new HashSet<>(pending);
    certain.removeAll(acknowledging);
    Sets.isWithin("delivered, and no longer pending", certain, found);

    Set<String> unseen = new HashSet<>(found);
    unseen.removeAll(pending);
    assertThat(unseen).as("deliveries whose reply was lost").hasSizeLessThanOrEqualTo(COUNT_MAX);
    for (String id : unseen) {
      assertThat(deliveredToAny.add(id)).as(id + " was delivered to nobody else").isTrue();
    }

    acknowledging.removeAll(found);
    acknowledged.addAll(acknowledging);
    acknowledging.clear();
    pending.clear();
    pending.addAll(found);
  }
}
