package naru.compatibility.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import naru.compatibility.Broker;
import naru.compatibility.OneBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Users made by random rules, in redis-server and in Naru, may do the same: they are shown the
/// same, dry runs say the same, and what they call is answered and refused alike.
///
/// What Redis 7.2 words in another way than 7.0 is put into 7.0's words first, and nothing else.
/// Rules of commands are compared by what they mean: Naru's are given to Redis, which then has to
/// say the same of them as of its own.
///
/// `-Dnaru.differential.seed=N -Dnaru.differential.sequences=1` plays one sequence again.
@Timeout(300)
final class AclDifferentialTest {
  private static final int CALLS = 24;
  private static final int DRY_RUNS = 10;
  private static final int FAILURES_SHOWN = 3;

  /// Compared where the user is shown. Redis reads `~*` as `allkeys` even where it was `%RW~*`.
  private static final String KEYS = "(?<=[ (])(%[RW])?~[^ )]* ?";

  /// Shown by 7.0 where it was said, since then always.
  private static final String SANITIZES = "(?<!-)sanitize-payload ";

  /// Where categories of 7.2 differ from those of 7.0: WAIT blocks.
  private static final Set<String> NEWER = Set.of("+blocking wait");

  @RegisterExtension static final OneBroker shared = new OneBroker();

  @TempDir private static Path folder;
  private static RedisServer redis;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(RedisServer.isInstalled(), "there is no redis-server to compare with");
    redis = RedisServer.start(folder);
    if (!Broker.isPeer()) {
      try (Wire wire = Wire.open(shared.port())) {
        wire.ask("CONFIG", "SET", "auth-failure-delay-ms", "0");
      }
    }
  }

  @AfterAll
  static void stop() {
    if (redis != null) {
      redis.close();
    }
  }

  /// The same connections to both servers, and all that was said on them.
  private static final class Pair implements AutoCloseable {
    private final List<Wire> theirs = new ArrayList<>();
    private final List<Wire> ours = new ArrayList<>();
    private final StringBuilder story = new StringBuilder();
    private boolean differs;

    Pair(int connections) throws IOException {
      for (int i = 0; i < connections; i++) {
        theirs.add(open(redis.port()));
        ours.add(open(shared.port()));
      }
    }

    private static Wire open(int port) throws IOException {
      Wire wire = Wire.open(port);
      wire.patience(10_000);
      return wire;
    }

    void ask(int connection, List<String> words) {
      if (differs) {
        return;
      }
      Reply expected = theirs.get(connection).ask(words.toArray(String[]::new));
      Reply found = ours.get(connection).ask(words.toArray(String[]::new));
      compare(connection + "> " + words, AclWording.of70(expected), AclWording.of70(found));
    }

    void ask(int connection, String... words) {
      ask(connection, List.of(words));
    }

    void compare(String what, String expected, String found) {
      story.append(what).append(" -> ").append(expected).append('\n');
      if (!expected.equals(found)) {
        story.append("but Naru: ").append(found).append('\n');
        differs = true;
      }
    }

    /// The rules that Naru shows mean to Redis what its own mean.
    void compareRules(String user) {
      if (differs) {
        return;
      }
      String line = line(ours.getFirst(), user);
      List<String> words = new ArrayList<>(List.of("ACL", "SETUSER", "copy", "reset"));
      if (!line.isEmpty()) {
        words.addAll(List.of(line.split(" ")));
      }
      Reply taken = theirs.getFirst().ask(words.toArray(String[]::new));
      compare("Naru's rules: " + line, "OK", taken.text());
      String expected = line(theirs.getFirst(), user).replaceAll(KEYS, "");
      String found = line(theirs.getFirst(), "copy").replaceAll(KEYS, "");
      compare("which Redis shows", expected, found);
      theirs.getFirst().ask("ACL", "DELUSER", "copy");
    }

    /// What `ACL LIST` says of a user, its name left out; empty if there is no such user.
    private static String line(Wire wire, String user) {
      String prefix = "user " + user + " ";
      return wire.ask("ACL", "LIST").items().stream()
          .map(Reply::text)
          .filter(line -> line.startsWith(prefix))
          .map(line -> line.substring(prefix.length()).replaceFirst(SANITIZES, ""))
          .findFirst()
          .orElse("");
    }

    @Override
    public void close() {
      theirs.forEach(Wire::close);
      ours.forEach(Wire::close);
    }
  }

  @Test
  void usersMayDoTheSameAsInRedis() throws IOException {
    long first = seed();
    int sequences = Integer.getInteger("naru.differential.sequences", 300);
    List<String> failures = new ArrayList<>();
    for (long seed = first; seed < first + sequences && failures.size() < FAILURES_SHOWN; seed++) {
      String story = play(seed);
      if (!story.isEmpty()) {
        failures.add(story);
      }
    }
    assertThat(String.join("\n\n", failures)).isEmpty();
  }

  private static long seed() {
    String seed = System.getProperty("naru.differential.seed", "1");
    return seed.equals("fresh") ? System.currentTimeMillis() * 1000 : Long.parseLong(seed);
  }

  /// All that was said up to the first difference; empty if there is none.
  private static String play(long seed) throws IOException {
    AclScript script = new AclScript(seed);
    try (Pair pair = new Pair(3)) {
      pair.story.append("-Dnaru.differential.seed=").append(seed).append('\n');
      prepare(pair, script);
      change(pair, script);
      for (int i = 0; i < DRY_RUNS; i++) {
        pair.ask(0, prefixed(script.call(), "ACL", "DRYRUN", "u"));
      }
      enter(pair, script, 1);
      for (int i = 0; i < CALLS; i++) {
        pair.ask(1, script.call());
        if (script.chance(0.08)) {
          change(pair, script);
        }
      }
      enter(pair, script, 2);
      pair.ask(2, script.listening());
      pair.ask(0, "ACL", "LOG", "100");
      return pair.differs ? pair.story.toString() : "";
    }
  }

  private static void prepare(Pair pair, AclScript script) {
    pair.ask(0, "FLUSHALL");
    pair.ask(0, "ACL", "DELUSER", "u");
    pair.ask(0, "ACL", "LOG", "RESET");
    pair.ask(0, "SET", "a1", "5");
    pair.ask(0, "RPUSH", "a2", "3", "1", "2");
    pair.ask(0, "ZADD", "b1", "1", "one", "2", "two");
    pair.ask(0, "MSET", "w1", "3", "w2", "2", "w3", "1", "v1", "x", "v2", "y", "v3", "z");
    pair.ask(0, prefixed(script.firstRules(), "ACL", "SETUSER", "u", "on", ">p1"));
  }

  private static void change(Pair pair, AclScript script) {
    pair.ask(0, prefixed(script.rules(), "ACL", "SETUSER", "u"));
    pair.ask(0, "ACL", "GETUSER", "u");
    pair.compareRules("u");
  }

  private static void enter(Pair pair, AclScript script, int connection) {
    pair.ask(connection, "AUTH", "u", script.password());
    pair.ask(0, "ACL", "SETUSER", "u", "on", ">p1");
    pair.ask(connection, "AUTH", "u", "p1");
    pair.ask(connection, "ACL", "WHOAMI");
  }

  private static List<String> prefixed(List<String> words, String... before) {
    List<String> all = new ArrayList<>(List.of(before));
    all.addAll(words);
    return all;
  }

  @Test
  void categoriesHoldTheSameCommands() throws IOException {
    try (Wire theirs = Pair.open(redis.port());
        Wire ours = Pair.open(shared.port())) {
      Set<String> both = members(theirs, "");
      both.retainAll(members(ours, ""));
      assertThat(both).hasSizeGreaterThan(200);
      Set<String> categories = texts(theirs.ask("ACL", "CAT"));
      assertThat(texts(ours.ask("ACL", "CAT"))).containsAll(categories);
      Set<String> differences = new TreeSet<>();
      for (String category : categories) {
        Set<String> expected = members(theirs, category);
        Set<String> found = members(ours, category);
        both.stream()
            .filter(name -> expected.contains(name) != found.contains(name))
            .forEach(
                name ->
                    differences.add((found.contains(name) ? "+" : "-") + category + " " + name));
      }
      assertThat(differences).isEqualTo(NEWER);
    }
  }

  /// The commands of a category; of all for an empty one.
  private static Set<String> members(Wire wire, String category) {
    if (!category.isEmpty()) {
      return texts(wire.ask("ACL", "CAT", category));
    }
    Set<String> all = new TreeSet<>();
    texts(wire.ask("ACL", "CAT")).forEach(each -> all.addAll(members(wire, each)));
    return all;
  }

  private static Set<String> texts(Reply reply) {
    Set<String> texts = new TreeSet<>();
    assertThat(reply).isInstanceOf(Reply.Group.class);
    reply.items().forEach(item -> texts.add(item.text()));
    return texts;
  }
}
