package naru.measure.load;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import naru.measure.drive.Part;
import naru.measure.report.Figure;
import naru.measure.report.Sample;
import naru.measure.server.Conversation;
import naru.measure.server.Server;
import naru.measure.server.Setup;

/// What an element takes in memory. Of Naru counts how much more of the heap is in use when all
/// garbage was collected, and beside it what Naru reckons; of Redis `used_memory`.
///
/// @param count how many there are
/// @param command the command for each element, by its number
/// @param isRead whether these are entries that exist already, and are given to a consumer
record Memory(String name, String title, long count, LongFunction<String[]> command, boolean isRead)
    implements Load {
  private static final int READ_AT_ONCE = 10_000;
  private static final int SMALL = 20;

  static Group group(Scale scale) {
    long count = scale.count();
    return new Group(
        "memory",
        "bytes of each of --count keys, elements, entries",
        new Setup("no", true, Setup.Wire.REDIS),
        List.of(Figure.BYTES_EACH, Figure.RECKONED_EACH, Figure.RESIDENT, Figure.DISK),
        List.of(
            of(count, "keys", "keys, 16 bytes, with a string of 10", i -> set(i)),
            of(
                count,
                "expiring",
                "expiring keys, 16 bytes, with a string of 10",
                i -> set(i, "EX", "1000000")),
            of(count, "list", "elements of one list", i -> words("RPUSH", "list", value(i))),
            of(
                count,
                "lists",
                "elements of lists of " + SMALL,
                i -> words("RPUSH", "list:" + i / SMALL, value(i))),
            of(
                count,
                "hash",
                "fields of one hash",
                i -> words("HSET", "hash", "field:" + number(i), value(i))),
            of(
                count,
                "hashes",
                "fields of hashes of " + SMALL,
                i -> words("HSET", "hash:" + i / SMALL, "field:" + i % SMALL, value(i))),
            of(
                count,
                "set",
                "members of one set",
                i -> words("SADD", "set", "member:" + number(i))),
            of(
                count,
                "numbers",
                "numbers in one set",
                i -> words("SADD", "numbers", Long.toString(i * 7919))),
            of(
                count,
                "sorted",
                "members of one sorted set",
                i -> words("ZADD", "sorted", "" + i * 7919 % 1_000_003, "member:" + i)),
            of(count, "stream", "entries of one stream", i -> entry("stream", i)),
            of(
                count,
                "streams",
                "entries of streams of " + SMALL,
                i -> entry("stream:" + i / SMALL, i)),
            new Memory("memory/pending", "pending entries", count, i -> entry("stream", i), true)));
  }

  private static Memory of(long count, String word, String title, LongFunction<String[]> command) {
    return new Memory("memory/" + word, title, count, command, false);
  }

  private static String[] set(long i, String... rest) {
    String[] words = new String[3 + rest.length];
    words[0] = "SET";
    words[1] = "key:" + number(i) + "ab";
    words[2] = value(i);
    System.arraycopy(rest, 0, words, 3, rest.length);
    return words;
  }

  private static String[] entry(String stream, long i) {
    String id = 1_700_000_000_000L + i + "-0";
    return words("XADD", stream, id, "order", Long.toString(i), "state", "paid");
  }

  private static String number(long i) {
    return String.format(Locale.ROOT, "%010d", i);
  }

  private static String value(long i) {
    return "v" + String.format(Locale.ROOT, "%09d", i);
  }

  private static String[] words(String... words) {
    return words;
  }

  @Override
  public String title() {
    return String.format(Locale.ROOT, "%,d %s", count, title);
  }

  @Override
  public void warmUp(Server server, double seconds) {}

  /// Bytes do not differ from one round to the next.
  @Override
  public int rounds(int asked) {
    return 1;
  }

  @Override
  public Sample play(Server server, double seconds) throws IOException {
    try (Conversation conversation = server.converse()) {
      conversation.ask("FLUSHALL");
      if (isRead) {
        fill(server);
        conversation.ask("XGROUP", "CREATE", "stream", "group", "0");
      }
      long[] before = bytes(conversation);
      if (isRead) {
        for (long i = 0; i < count; i += READ_AT_ONCE) {
          conversation.ask(
              "XREADGROUP GROUP group consumer COUNT 10000 STREAMS stream >".split(" ", -1));
        }
      } else {
        fill(server);
      }
      long[] after = bytes(conversation);
      return new Sample()
          .with(Figure.BYTES_EACH, (after[0] - before[0]) / (double) count)
          .with(Figure.RECKONED_EACH, (after[1] - before[1]) / (double) count);
    }
  }

  private void fill(Server server) throws IOException {
    server.fill(count, i -> Part.resp(command.apply(i)));
  }

  /// Of the heap where there is one, and `used_memory`.
  private static long[] bytes(Conversation conversation) throws IOException {
    conversation.ask("MEMORY", "PURGE");
    long reckoned = conversation.info("memory", "used_memory");
    long heap = conversation.info("memory", "heap_used");
    return new long[] {heap == 0 ? reckoned : heap, reckoned};
  }
}
