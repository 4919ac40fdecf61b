package naru.compatibility.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;

/// A client that pushes numbers to a list of its own, one after the other, until it is cut off or
/// has enough; and knows what it was told of each.
final class Pusher {
  private static final int PATIENCE_MS = 30_000;

  private final String key;
  private final String padding;
  private final int enough;
  private final RawClient client;
  private final Thread thread;
  private final List<String> acknowledged = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private volatile int sent;

  private Pusher(Broker broker, String key, int paddingBytes, int enough) {
    this.key = key;
    this.padding = "x".repeat(paddingBytes);
    this.enough = enough;
    client = RawClient.to(broker);
    thread = Thread.ofPlatform().name(key).start(this::push);
  }

  /// Begins at once.
  ///
  /// @param enough how many pushes are to be acknowledged
  static Pusher start(Broker broker, String key, int paddingBytes, int enough) {
    return new Pusher(broker, key, paddingBytes, enough);
  }

  /// So many of them, each with a list of its own.
  static List<Pusher> start(int count, Broker broker, int paddingBytes, int enough) {
    List<Pusher> pushers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pushers.add(start(broker, "list" + i, paddingBytes, enough));
    }
    return pushers;
  }

  private void push() {
    try (client) {
      while (acknowledged.size() < enough) {
        String element = element(sent++);
        switch (client.call("RPUSH", key, element)) {
          case Reply.Whole _ -> acknowledged.add(element);
          case Reply other -> {
            assertThat(other.text()).startsWith("-MISCONF");
            refused.add(element);
          }
        }
      }
    } catch (UncheckedIOException _) {
      // The broker has ended: the last push was never answered.
    }
  }

  private String element(int number) {
    return number + padding;
  }

  /// Until it was cut off or has enough.
  Pusher await() {
    try {
      thread.join(PATIENCE_MS);
      assertThat(thread.isAlive()).as("%s still pushes", key).isFalse();
      return this;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int acknowledged() {
    return acknowledged.size();
  }

  /// What was acknowledged is there, in order, what was refused is not, and nothing is there that
  /// was never sent.
  void check(RawClient reader) {
    List<String> found =
        switch (reader.call("LRANGE", key, "0", "-1")) {
          case Reply.Sequence(List<Reply> items) -> items.stream().map(Reply::text).toList();
          case Reply other -> throw new AssertionError(key + ": " + other.text());
        };
    assertThat(found).as("what was acknowledged").containsSubsequence(acknowledged);
    assertThat(found).as("what is there").doesNotHaveDuplicates().noneMatch(refused::contains);
    List<String> possible = new ArrayList<>();
    for (int i = 0; i < sent; i++) {
      possible.add(element(i));
    }
    assertThat(possible).as("what was sent").containsSubsequence(found);
  }
}
