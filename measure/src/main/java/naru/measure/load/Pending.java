package naru.measure.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongFunction;
import naru.measure.drive.ClosedLoop;
import naru.measure.drive.Part;
import naru.measure.report.Sample;
import naru.measure.server.Server;
import naru.measure.server.Setup;

/// A group with very many entries pending: pages of `XPENDING` and of `XAUTOCLAIM` anywhere in
/// them, with and without entries that have been idle for long enough.
final class Pending {
  private static final int CONSUMERS = 100;
  private static final int READ_AT_ONCE = 10_000;
  private static final int CLIENTS = 10;

  /// In milliseconds: nothing has been idle for so long.
  private static final String HOUR = "3600000";

  private final long count;
  private final Set<Server> filled = new HashSet<>();

  private Pending(long count) {
    this.count = count;
  }

  static Group group(Scale scale) {
    Setup setup = new Setup(scale.fsync(), true, Setup.Wire.REDIS);
    return new Group(
        "pending",
        "XPENDING and XAUTOCLAIM where --count entries are pending",
        setup,
        Commands.COLUMNS,
        new Pending(scale.count()).loads());
  }

  private List<Load> loads() {
    LongFunction<String> anywhere = number -> id(CommandLoad.scattered(number, count));
    LongFunction<String> consumer = number -> "consumer-" + number % CONSUMERS;
    return List.of(
        new Page("summary", "XPENDING, the summary", _ -> words("XPENDING")),
        new Page(
            "page",
            "XPENDING from anywhere, 100",
            i -> words("XPENDING", anywhere.apply(i), "+", "100")),
        new Page(
            "consumer",
            "XPENDING of one consumer from anywhere, 100",
            i -> words("XPENDING", anywhere.apply(i), "+", "100", consumer.apply(i))),
        new Page(
            "idle",
            "XPENDING IDLE, none is",
            _ -> words("XPENDING", "IDLE", HOUR, "-", "+", "100")),
        new Page(
            "claim",
            "XAUTOCLAIM from anywhere, 100, JUSTID",
            i ->
                words(
                    "XAUTOCLAIM",
                    consumer.apply(i),
                    "0",
                    anywhere.apply(i),
                    "COUNT",
                    "100",
                    "JUSTID")),
        new Page(
            "claim-idle",
            "XAUTOCLAIM from anywhere, 100, none is idle",
            i -> words("XAUTOCLAIM", "consumer-1", HOUR, anywhere.apply(i), "COUNT", "100")));
  }

  private static byte[] words(String command, String... rest) {
    List<String> words = new ArrayList<>(List.of(command, "stream", "group"));
    words.addAll(List.of(rest));
    return Part.resp(words.toArray(new String[0]));
  }

  private static String id(long number) {
    return number + 1 + "-0";
  }

  /// So many entries, all read by some consumer, none acknowledged.
  static void fill(Server server, long count) throws IOException {
    server.fill(1, _ -> Part.resp("XGROUP", "CREATE", "stream", "group", "0", "MKSTREAM"));
    server.fill(count, i -> Part.resp("XADD", "stream", id(i), "field", "value"));
    for (long i = 0; i < count; i += READ_AT_ONCE) {
      String consumer = "consumer-" + i / READ_AT_ONCE % CONSUMERS;
      server.fill(1, _ -> Part.resp(read(consumer)));
    }
  }

  private static String[] read(String consumer) {
    return ("XREADGROUP GROUP group " + consumer + " COUNT " + READ_AT_ONCE + " STREAMS stream >")
        .split(" ", -1);
  }

  private final class Page implements Load {
    private final String word;
    private final String title;
    private final LongFunction<byte[]> request;

    Page(String word, String title, LongFunction<byte[]> request) {
      this.word = word;
      this.title = title;
      this.request = request;
    }

    @Override
    public String name() {
      return "pending/" + word;
    }

    @Override
    public String title() {
      return String.format(Locale.ROOT, "%s; %,d pending", title, count);
    }

    @Override
    public int connections() {
      return CLIENTS;
    }

    /// All rows share what is pending.
    @Override
    public void prepare(Server server) throws IOException {
      if (filled.add(server)) {
        server.empty();
        fill(server, count);
      }
    }

    @Override
    public Sample play(Server server, double seconds) throws IOException {
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        parts.add(new ClosedLoop(1, true, i * 1_000_003L, request));
      }
      return Timed.played(server, parts, 0, seconds);
    }
  }
}
