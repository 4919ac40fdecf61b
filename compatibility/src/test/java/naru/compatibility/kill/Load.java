package naru.compatibility.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import naru.compatibility.Broker;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;

/// Clients of all kinds at work at once, each on a connection of its own.
final class Load {
  private static final String STREAM = "stream";
  private static final String GROUP = "group";

  private final Broker broker;
  private final RandomGenerator random;
  private final List<Writer> writers = new ArrayList<>();
  private final List<GroupReader> groupReaders = new ArrayList<>();
  private final List<Driver> drivers = new ArrayList<>();
  private final List<Future<?>> running = new ArrayList<>();
  private final Set<String> delivered = ConcurrentHashMap.newKeySet();

  Load(Broker broker, RandomGenerator random) {
    this.broker = broker;
    this.random = random;
    writeTo("stream by a", new StreamTarget(STREAM, "a"));
    writeTo("stream by b", new StreamTarget(STREAM, "b"));
    writeTo("list", new Targets.ListKey("list"));
    writeTo("counter", new Targets.CounterKey("counter"));
    writeTo("set", new Targets.SetKey("set"));
    writeTo("hash", new Targets.HashKey("hash"));
    writeTo("sorted set", new Targets.SortedSetKey("zset"));
    writeTo("transaction", new Targets.Transaction("together"));
    drivers.addAll(writers);
    groupReaders.add(new GroupReader(STREAM, GROUP, "anna", delivered));
    groupReaders.add(new GroupReader(STREAM, GROUP, "berta", delivered));
    drivers.addAll(groupReaders);
    addQueue();
    try (RawClient client = RawClient.to(broker)) {
      assertThat(client.call("FLUSHALL").text()).isEqualTo("OK");
      assertThat(client.call("XGROUP", "CREATE", STREAM, GROUP, "0", "MKSTREAM").text())
          .isEqualTo("OK");
    }
  }

  private void writeTo(String name, Target target) {
    writers.add(new Writer(name, target));
  }

  /// Snapshots are taken all the time.
  Load saving() {
    drivers.add(new Saver());
    return this;
  }

  private void addQueue() {
    Set<String> popped = ConcurrentHashMap.newKeySet();
    List<QueueReader> readers =
        List.of(new QueueReader("queue", popped), new QueueReader("queue", popped));
    drivers.addAll(readers);
    drivers.add(new Queue("queue", readers, popped));
  }

  void start() {
    ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
    for (Driver driver : drivers) {
      long seed = random.nextLong();
      running.add(threads.submit(() -> workUntilBrokenOff(driver, seed)));
    }
    threads.shutdown();
  }

  private void workUntilBrokenOff(Driver driver, long seed) {
    try (RawClient client = RawClient.to(broker)) {
      driver.work(client, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    } catch (UncheckedIOException e) {
      // The broker was killed.
    }
  }

  void awaitBrokenOff() throws Exception {
    for (Future<?> driver : running) {
      try {
        driver.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError("a driver met what it did not expect", e.getCause());
      }
    }
    running.clear();
  }

  void check() {
    try (RawClient client = RawClient.to(broker)) {
      drivers.forEach(driver -> driver.check(client));
      Sets.isWithin("delivered, and no longer there", delivered, streamIds(client));
    }
  }

  /// Reads all that nobody has read yet: then each entry is acknowledged or pending, none both.
  void drainAndCheck() {
    try (RawClient client = RawClient.to(broker)) {
      String read = "XREADGROUP GROUP group last COUNT 1000000 STREAMS stream >";
      Set<String> open = new HashSet<>();
      if (client.call(read.split(" ")) instanceof Reply.Sequence(List<Reply> streams)) {
        for (Reply entry : streams.getFirst().items().getLast().items()) {
          String id = entry.items().getFirst().text();
          assertThat(delivered).as("delivered before").doesNotContain(id);
        }
      }
      for (Reply entry : client.call("XPENDING", STREAM, GROUP, "-", "+", "1000000").items()) {
        open.add(entry.items().getFirst().text());
      }
      for (GroupReader reader : groupReaders) {
        Sets.areDisjoint("acknowledged, and pending", open, reader.acknowledgedIds());
        open.addAll(reader.acknowledgedIds());
      }
      assertThat(open).isEqualTo(streamIds(client));
    }
  }

  int acknowledgedSteps() {
    return writers.stream().mapToInt(Writer::acknowledgedSteps).sum();
  }

  private static Set<String> streamIds(RawClient client) {
    Set<String> ids = new HashSet<>();
    for (Reply entry : client.call("XRANGE", STREAM, "-", "+").items()) {
      ids.add(entry.items().getFirst().text());
    }
    return ids;
  }
}
