package naru.benchmarks.beside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import naru.benchmarks.load.ClosedLoop;
import naru.benchmarks.load.Driver;
import naru.benchmarks.load.GroupConsumer;
import naru.benchmarks.load.Paced;
import naru.benchmarks.load.Part;
import naru.benchmarks.load.Receiver;
import naru.benchmarks.load.RespFraming;

/// Measures what a broker is for, beside redis-server: groups on a stream, queues, publishing to
/// many. What redis-benchmark cannot play is played by our own driver, its share of a processor in
/// the last column. Times are from when a message should have been sent until it is received.
///
/// Arguments: the repository, `always`, `everysec` or `no`, and the number of rounds.
public final class BesideRedisMessaging {
  private static final double SECONDS = 4;
  private static final double SETTLING_SECONDS = 1;

  private BesideRedisMessaging() {}

  /// A load, made anew for each round: what it leaves behind is in keys of its own.
  private interface Load {
    List<Part> parts(String name);
  }

  private record Kind(String title, List<String> prepared, Load load) {}

  /// Prints the table to stdout, progress to stderr.
  public static void main(String[] arguments) throws IOException {
    Path repository = Path.of(arguments.length > 0 ? arguments[0] : ".");
    String fsync = arguments.length > 1 ? arguments[1] : "everysec";
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Path folder = Files.createTempDirectory("beside-redis");
    try (Server naru = Server.naru(repository, folder, fsync);
        Server redis = Server.redis(folder, fsync)) {
      System.out.println(Comparison.head("Redis"));
      for (Kind kind : kinds()) {
        for (Server server : List.of(naru, redis)) {
          var _ = play(kind, server);
        }
        System.out.println(
            Comparison.row(kind.title, rounds, server -> play(kind, server), List.of(naru, redis)));
      }
    }
  }

  private static Driver.Result play(Kind kind, Server server) throws IOException {
    List<String> commands = new ArrayList<>(List.of("FLUSHALL"));
    commands.addAll(kind.prepared);
    server.send(commands);
    try (Driver driver =
        new Driver(server.port(), new RespFraming(), kind.load.parts(kind.title))) {
      driver.settle(SETTLING_SECONDS);
      return driver.run(Long.MAX_VALUE, SECONDS);
    }
  }

  private static List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (int consumers : new int[] {1, 4, 16}) {
      kinds.add(
          new Kind(
              "XADD pipelined → " + consumers + " consumers of a group, XREADGROUP 100 + XACK",
              List.of("XGROUP CREATE stream group $ MKSTREAM"),
              _ -> group(consumers)));
    }
    kinds.add(new Kind("LPUSH → BRPOP, 1:1, 5,000/s", List.of(), _ -> queue(1, 5_000)));
    kinds.add(new Kind("LPUSH → BRPOP, 16:16, 20,000/s", List.of(), _ -> queue(16, 20_000)));
    for (int bytes : new int[] {100, 10_000}) {
      for (int subscribers : new int[] {1, 100, 1000}) {
        int perSecond = Math.max(20, 20_000 / subscribers / (bytes / 100 > 1 ? 10 : 1));
        kinds.add(
            new Kind(
                String.format(
                    Locale.ROOT,
                    "PUBLISH → %,d subscribers, %,d bytes, %,d/s",
                    subscribers,
                    bytes,
                    perSecond),
                List.of(),
                _ -> fanOut(subscribers, bytes, perSecond)));
      }
    }
    kinds.add(
        new Kind("PUBLISH, 10,000 patterns, 1 matches, 500/s", List.of(), _ -> patterns(10_000)));
    return kinds;
  }

  private static List<Part> group(int consumers) {
    List<Part> parts = new ArrayList<>();
    byte[] add = Part.resp("XADD", "stream", "MAXLEN", "~", "100000", "*", "field", "value-of-it");
    parts.add(new ClosedLoop(50, false, 0, _ -> add));
    for (int i = 0; i < consumers; i++) {
      parts.add(new GroupConsumer("stream", "group", "consumer-" + i, 100));
    }
    return parts;
  }

  private static List<Part> queue(int pairs, int perSecond) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      parts.add(Receiver.popping("queue"));
    }
    for (int i = 0; i < pairs; i++) {
      parts.add(
          new Paced(
              perSecond / (double) pairs,
              false,
              dueNs -> Part.resp("LPUSH", "queue", Receiver.message(dueNs, 100))));
    }
    return parts;
  }

  private static List<Part> fanOut(int subscribers, int bytes, int perSecond) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < subscribers; i++) {
      parts.add(Receiver.subscribed("channel"));
    }
    parts.add(publisher(bytes, perSecond));
    return parts;
  }

  private static List<Part> patterns(int count) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      parts.add(new ManyPatterns(i, count / 10));
    }
    parts.add(Receiver.subscribedToPattern("chann?l"));
    parts.add(publisher(100, 500));
    return parts;
  }

  private static Paced publisher(int bytes, int perSecond) {
    return new Paced(
        perSecond, false, dueNs -> Part.resp("PUBLISH", "channel", Receiver.message(dueNs, bytes)));
  }

  /// Listens to patterns that match nothing.
  private static final class ManyPatterns extends Part {
    private final int number;
    private final int count;

    ManyPatterns(int number, int count) {
      this.number = number;
      this.count = count;
    }

    @Override
    protected void begin(Line line, long nowNs) {
      for (int i = 0; i < count; i++) {
        line.send(resp("PSUBSCRIBE", "other:" + number + ":" + i + ":*"));
      }
    }

    @Override
    protected void replied(Line line, byte[] in, int from, int to, long nowNs) {
      // Only that it listens.
    }

    @Override
    protected boolean isMeasured() {
      return false;
    }
  }
}
