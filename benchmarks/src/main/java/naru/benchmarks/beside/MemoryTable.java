package naru.benchmarks.beside;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/// What an element takes in memory, beside redis-server, as a Markdown table: both are filled with
/// the same, kind by kind, and emptied between. Of Naru counts how much more of the heap is in use
/// when all garbage was collected, and beside it what Naru reckons; of Redis `used_memory`.
///
/// Arguments: the repository, and how many elements of each kind, a million by default.
public final class MemoryTable {
  private static final int BATCH = 1000;
  private static final int ENTRIES_READ_AT_ONCE = 10_000;
  private static final int SMALL = 20;

  private MemoryTable() {}

  /// @param commands the command for each element, by its number
  /// @param isRead whether these are entries that exist already, and are given to a consumer
  private record Kind(String name, LongFunction<String[]> commands, boolean isRead) {
    Kind(String name, LongFunction<String[]> commands) {
      this(name, commands, false);
    }
  }

  /// Prints the table to stdout.
  public static void main(String[] arguments) throws IOException {
    Path repository = Path.of(arguments.length > 0 ? arguments[0] : ".");
    long count = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
    Path folder = Files.createTempDirectory("memory-table");
    try (Server naru = Server.naru(repository, folder, "no");
        Server redis = Server.redis(folder, "no")) {
      naru.send(List.of("PING", "CONFIG SET auto-aof-rewrite-percentage 0"));
      redis.send(List.of("PING", "CONFIG SET appendonly no"));
      System.out.println("| " + count + " of | Naru | reckoned | Redis 7.0 | Naru / Redis |");
      System.out.println("|---|---|---|---|---|");
      for (Kind kind : kinds()) {
        System.out.println(row(kind, count, naru, redis));
      }
    }
  }

  private static List<Kind> kinds() {
    return List.of(
        new Kind("keys, 16 bytes, with a string of 10", i -> words("SET", key(i), value(i))),
        new Kind("the same, expiring", i -> words("SET", key(i), value(i), "EX", "1000000")),
        new Kind("elements of one list", i -> words("RPUSH", "list", value(i))),
        new Kind(
            "elements of lists of " + SMALL, i -> words("RPUSH", "list:" + i / SMALL, value(i))),
        new Kind("fields of one hash", i -> words("HSET", "hash", "field:" + number(i), value(i))),
        new Kind(
            "fields of hashes of " + SMALL,
            i -> words("HSET", "hash:" + i / SMALL, "field:" + i % SMALL, value(i))),
        new Kind("members of one set", i -> words("SADD", "set", "member:" + number(i))),
        new Kind("numbers in one set", i -> words("SADD", "numbers", Long.toString(i * 7919))),
        new Kind(
            "members of one sorted set",
            i -> words("ZADD", "sorted", Long.toString(i * 7919 % 1_000_003), "member:" + i)),
        new Kind("entries of one stream", i -> entry("stream", i)),
        new Kind("entries of streams of " + SMALL, i -> entry("stream:" + i / SMALL, i)),
        new Kind("pending entries", i -> entry("stream", i), true));
  }

  private static String[] entry(String stream, long i) {
    String id = 1_700_000_000_000L + i + "-0";
    return words("XADD", stream, id, "order", Long.toString(i), "state", "paid");
  }

  private static String key(long i) {
    return "key:" + number(i) + "ab";
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

  private static String row(Kind kind, long count, Server naru, Server redis) throws IOException {
    double[] ours = measure(kind, count, naru);
    double[] theirs = measure(kind, count, redis);
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | **%.2f** |",
        kind.name,
        ours[0],
        ours[1],
        theirs[1],
        ours[0] / theirs[1]);
  }

  /// Bytes each: of the heap, and as reckoned.
  private static double[] measure(Kind kind, long count, Server server) throws IOException {
    System.err.println(server.name() + ": " + kind.name);
    try (Client client = new Client(server.port())) {
      client.ask("FLUSHALL");
      if (kind.isRead) {
        client.fill(count, kind.commands);
        client.ask("XGROUP", "CREATE", "stream", "group", "0");
      }
      long[] before = client.memory();
      if (kind.isRead) {
        for (long i = 0; i < count; i += ENTRIES_READ_AT_ONCE) {
          client.ask("XREADGROUP GROUP group consumer COUNT 10000 STREAMS stream >".split(" ", -1));
        }
      } else {
        client.fill(count, kind.commands);
      }
      long[] after = client.memory();
      double elements = count;
      return new double[] {(after[0] - before[0]) / elements, (after[1] - before[1]) / elements};
    }
  }

  /// A connection that sends commands in batches.
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    void fill(long count, LongFunction<String[]> commands) throws IOException {
      long answers = 0;
      for (long i = 0; i < count; i++) {
        write(commands.apply(i));
        answers++;
        if (answers == BATCH) {
          readAll(answers);
          answers = 0;
        }
      }
      readAll(answers);
    }

    private void readAll(long answers) throws IOException {
      out.flush();
      for (long i = 0; i < answers; i++) {
        skip();
      }
    }

    String ask(String... words) throws IOException {
      write(words);
      out.flush();
      return skip();
    }

    private void write(String... words) throws IOException {
      StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
      for (String word : words) {
        text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
      out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The heap in use after collecting garbage, and `used_memory`.
    long[] memory() throws IOException {
      ask("MEMORY", "PURGE");
      String text = ask("INFO", "memory");
      return new long[] {field(text, "heap_used"), field(text, "used_memory")};
    }

    private static long field(String text, String name) {
      for (String line : text.split("\r\n", -1)) {
        if (line.startsWith(name + ":")) {
          return Long.parseLong(line.substring(name.length() + 1));
        }
      }
      return 0;
    }

    /// Reads a reply; returns it if it is a string.
    private String skip() throws IOException {
      String line = line();
      int number = "$*".indexOf(line.charAt(0)) < 0 ? 0 : Integer.parseInt(line.substring(1));
      if (line.charAt(0) == '-') {
        throw new IOException(line);
      }
      if (line.charAt(0) == '*') {
        for (int i = 0; i < number; i++) {
          skip();
        }
      } else if (line.charAt(0) == '$' && number >= 0) {
        byte[] bytes = in.readNBytes(number);
        in.skipNBytes(2);
        return new String(bytes, StandardCharsets.ISO_8859_1);
      }
      return line;
    }

    private String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next != '\r'; next = in.read()) {
        if (next < 0) {
          throw new IOException("closed");
        }
        line.write(next);
      }
      in.skipNBytes(1);
      return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
