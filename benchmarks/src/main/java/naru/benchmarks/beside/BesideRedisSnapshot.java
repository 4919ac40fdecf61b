package naru.benchmarks.beside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Measures what snapshots cost those who write meanwhile: Naru, which tells its state in slices,
/// beside redis-server, which forks. Each round runs the same writes without and with snapshots
/// taken one after the other.
///
/// Memory is the share of all processes in what they have in common and what is theirs alone, so a
/// page that the fork and its parent share counts once.
///
/// Arguments: the repository, how many keys, the number of rounds, and how many writes in each.
public final class BesideRedisSnapshot {
  private static final long EACH_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private BesideRedisSnapshot() {}

  /// Prints the table to stdout, progress to stderr.
  public static void main(String[] arguments) throws IOException {
    Path repository = Path.of(arguments.length > 0 ? arguments[0] : ".");
    int keys = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    int requests = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 200_000;
    List<String> set = List.of("-r", "" + keys, "-d", "100", "-t", "set");
    Path folder = Files.createTempDirectory("beside-redis-snapshot");
    try (Server naru = Server.naru(repository, folder, "everysec");
        Server redis = Server.redis(folder, "everysec")) {
      List<Server> servers = List.of(naru, redis);
      for (Server server : servers) {
        System.err.println("filling " + server.name());
        server.awaitPort();
        new Load("fill", 3 * keys, 50, 64, set).run(server);
      }
      System.out.println("| round | | p50 ms | p99 ms | ratio | /s | memory MB | ratio |");
      System.out.println("|---|---|---|---|---|---|---|---|");
      Load load = new Load("SET", requests, 50, 1, set);
      for (int round = 1; round <= rounds; round++) {
        for (Server server : servers) {
          System.err.println("round " + round + ", " + server.name());
          System.out.println(
              row(round, server, measured(load, server, false), measured(load, server, true)));
        }
      }
    }
  }

  /// @param memoryMb the most that was seen
  private record Measured(Load.Result result, long memoryMb) {}

  private static Measured measured(Load load, Server server, boolean saves) throws IOException {
    AtomicBoolean ends = new AtomicBoolean();
    AtomicLong memoryMb = new AtomicLong();
    Thread watch = Thread.ofPlatform().start(() -> watch(server, ends, memoryMb));
    Thread saver = Thread.ofPlatform().start(() -> save(server, saves, ends));
    try {
      return new Measured(load.run(server), memoryMb.get());
    } finally {
      ends.set(true);
      join(watch);
      join(saver);
    }
  }

  private static void watch(Server server, AtomicBoolean ends, AtomicLong most) {
    while (!ends.get()) {
      most.accumulateAndGet(server.proportionalMb(), Math::max);
      LockSupport.parkNanos(EACH_NS);
    }
  }

  /// A child has its parent's connections, so with Redis this waits for the child.
  private static void save(Server server, boolean saves, AtomicBoolean ends) {
    while (saves && !ends.get()) {
      try {
        server.send(List.of("BGSAVE"));
      } catch (IOException underWay) {
        // It is refused while one is under way: what is wanted.
      }
      LockSupport.parkNanos(EACH_NS);
    }
  }

  private static void join(Thread watch) {
    try {
      watch.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String row(int round, Server server, Measured without, Measured with) {
    List<String> cells = new ArrayList<>();
    cells.add("" + round);
    cells.add(server.name());
    cells.add(both(without.result().p50Ms(), with.result().p50Ms()));
    cells.add(both(without.result().p99Ms(), with.result().p99Ms()));
    cells.add(ratio(with.result().p99Ms() / without.result().p99Ms()));
    cells.add(
        String.format(
            Locale.ROOT, "%,.0f, %,.0f", without.result().perSecond(), with.result().perSecond()));
    cells.add(without.memoryMb() + ", " + with.memoryMb());
    cells.add(ratio((double) with.memoryMb() / without.memoryMb()));
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String both(double without, double with) {
    return String.format(Locale.ROOT, "%.2f, %.2f", without, with);
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "**%.2f**", ratio);
  }
}
