package naru.compatibility.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import naru.compatibility.Broker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/// The same commands, made at random, to memcached and to Naru: the replies have to be the same.
///
/// `-Dnaru.differential.seed=N -Dnaru.differential.sequences=1` plays one sequence again.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "redis-server does not speak memcached")
final class MemcachedDifferentialTest {
  private static final int COMMANDS = 30;
  private static final int FAILURES_SHOWN = 3;
  private static final Pattern VERSION =
      Pattern.compile("(?m)(?<=^VALUE \\S{1,250} \\d{1,10} \\d{1,10} )\\d+|(?<= c)\\d+(?=[ \\r])");

  private static Broker broker;
  private static Memcached memcached;

  /// A connection, and the versions that were shown on it: by key, and in their order.
  private static final class Side implements AutoCloseable {
    private final TextClient client;
    private final Map<String, String> byKey = new HashMap<>();
    private final List<String> inOrder = new ArrayList<>();

    Side(int port) {
      client = new TextClient(port);
    }

    /// The reply, with each version replaced by the number of its first appearance.
    String play(Commands.Command command) {
      String version = byKey.getOrDefault(command.key(), "999999");
      String reply = client.ask(command.text().replace("@", version));
      Matcher matcher = VERSION.matcher(reply);
      StringBuilder normal = new StringBuilder();
      while (matcher.find()) {
        byKey.put(command.key(), matcher.group());
        if (!inOrder.contains(matcher.group())) {
          inOrder.add(matcher.group());
        }
        matcher.appendReplacement(normal, "#" + inOrder.indexOf(matcher.group()));
      }
      return matcher.appendTail(normal).toString();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Memcached.isInstalled(), "there is no memcached to compare with");
    memcached = Memcached.start();
    broker = Broker.start(List.of("--memcached-port", "auto", "--log", "off"));
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
      memcached.close();
    }
  }

  @Test
  void repliesAreThoseOfMemcached() {
    long first = Long.getLong("naru.differential.seed", 1);
    int sequences = Integer.getInteger("naru.differential.sequences", 1500);
    List<String> failures = new ArrayList<>();
    for (long seed = first; seed < first + sequences && failures.size() < FAILURES_SHOWN; seed++) {
      String difference = play(seed, 0);
      // memcached counts time in seconds, which may end between any two commands.
      for (int attempt = 1; attempt < 4 && !difference.isEmpty(); attempt++) {
        difference = play(seed, attempt);
      }
      if (!difference.isEmpty()) {
        failures.add(difference);
      }
    }
    assertThat(String.join("\n\n", failures)).isEmpty();
  }

  /// What differs in a sequence, with all that led to it; empty if nothing does.
  private static String play(long seed, int attempt) {
    Commands commands = new Commands(seed, "s" + seed + "-" + attempt + "-");
    StringBuilder story = new StringBuilder("-Dnaru.differential.seed=" + seed + "\n");
    try (Side theirs = new Side(memcached.port());
        Side ours = new Side(broker.memcachedPort())) {
      for (int i = 0; i < COMMANDS; i++) {
        Commands.Command command = commands.next();
        String expected = theirs.play(command);
        String found = ours.play(command);
        story.append(shown(command.text())).append(" -> ").append(shown(expected)).append('\n');
        if (!expected.equals(found)) {
          return story + "but Naru: " + shown(found);
        }
      }
    }
    return "";
  }

  private static String shown(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
