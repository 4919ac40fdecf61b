package naru.protocol.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.State;
import naru.engine.StateDigest;
import naru.engine.StateRetelling;
import naru.log.OpsLog;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.setting.Settings;
import naru.reactor.Reactor;
import naru.world.simulated.SimulatedClient;
import naru.world.simulated.SimulatedClock;
import naru.world.simulated.SimulatedNetwork;

/// A broker in memory to try verbs on: the real reactor, shard and session, a clock that stands
/// still.
///
/// Replies are shown as text: `OK`, `:1`, `"bulk"`, `nil`, `[1, 2]`, `{k: v}`, `~[set]`, `>[push]`,
/// `,1.5`, `#t`, `-ERR sentence`. [#close] checks that replaying the log gives the same keys, and
/// that a snapshot does.
public final class Bench implements AutoCloseable {
  private static final int PORT = 6379;
  private static final long START_US = 1_700_000_000_000_000L;

  private final SimulatedClock clock;
  private final SimulatedNetwork network = new SimulatedNetwork();
  private final MemoryLog log = new MemoryLog();
  private final Reactor reactor;
  private final RespServer server;
  private final List<Connection> connections = new ArrayList<>();

  public Bench() {
    this(new Settings());
  }

  /// With settings that may have been changed already.
  public Bench(Settings settings) {
    this(START_US, List.of(), settings);
  }

  private Bench(long wallUs, List<byte[]> records, Settings settings) {
    clock = new SimulatedClock(wallUs);
    State state = new State(7);
    state.observe(wallUs / 1000);
    for (byte[] record : records) {
      ByteReader in = new ByteReader(record);
      while (in.remaining() > 0) {
        state.apply(OpCodec.decode(in));
      }
    }
    reactor = new Reactor(clock, () -> 42, network, state, _ -> log);
    server = new RespServer(reactor, settings);
    reactor.listen("127.0.0.1", PORT, new RespProtocol(server));
  }

  public RespServer server() {
    return server;
  }

  public Reactor reactor() {
    return reactor;
  }

  /// Milliseconds since 1970 on the bench's clock.
  public long nowMs() {
    return clock.wallUs() / 1000;
  }

  /// A new connection that speaks RESP2.
  public Connection connect() {
    Connection connection = new Connection(network.connect(PORT));
    connections.add(connection);
    return connection;
  }

  /// A new connection from another machine; an address of IPv6 stands in brackets.
  public Connection connectFrom(String host) {
    Connection connection = new Connection(network.connect(PORT, host));
    connections.add(connection);
    return connection;
  }

  /// A new connection that speaks RESP3.
  public Connection connect3() {
    Connection connection = connect();
    connection.run("HELLO", "3");
    return connection;
  }

  /// Runs a command, given as words separated by spaces, on a connection of the bench's own.
  public String run(String line) {
    return run(line.split(" "));
  }

  /// Runs a command on a connection of the bench's own.
  public String run(String... words) {
    if (connections.isEmpty()) {
      connect();
    }
    return connections.get(0).run(words);
  }

  /// Time passes.
  public void sleepMs(long ms) {
    clock.advanceNs(ms * 1_000_000);
    turn();
  }

  /// Lets everything happen that can happen now.
  public void turn() {
    do {
      reactor.turn();
    } while (network.hasEvents());
    reactor.turn();
  }

  /// From now on nothing gets to disk, though it leaves all the same: `everysec`, between two
  /// syncs.
  public void holdSync() {
    server.settings().appendfsync.take("everysec");
    log.synced = log.position();
  }

  /// What was held back is on disk now.
  public void sync() {
    log.synced = log.position();
    sleepMs(200);
  }

  /// Ops that were logged so far, as their class names and fields.
  public List<String> ops() {
    List<String> ops = new ArrayList<>();
    for (byte[] record : log.records) {
      ByteReader in = new ByteReader(record);
      while (in.remaining() > 0) {
        ops.add(OpCodec.decode(in).toString());
      }
    }
    return ops;
  }

  /// How many records were logged so far.
  public int records() {
    turn();
    return log.records.size();
  }

  /// Every key that an op was about since so many records were logged.
  public Set<String> changedKeys(int since) {
    turn();
    Set<String> keys = new TreeSet<>();
    for (byte[] record : log.records.subList(since, log.records.size())) {
      ByteReader in = new ByteReader(record);
      while (in.remaining() > 0) {
        OpCodec.decode(in).forEachKey(key -> keys.add(key.bytes().toString()));
      }
    }
    return keys;
  }

  /// A second broker, with the same time, made from this one's log.
  public Bench replayed() {
    turn();
    return new Bench(clock.wallUs(), log.records, new Settings());
  }

  /// A second broker, with the same time, made from a snapshot of this one.
  private Bench retold() {
    ByteWriter told = new ByteWriter(1024);
    StateRetelling.Listener listener =
        new StateRetelling.Listener() {
          @Override
          public void accept(Op op) {
            OpCodec.encode(op, told);
          }

          @Override
          public boolean hasEnough() {
            return false;
          }
        };
    assertThat(new StateRetelling(state()).tell(listener)).isFalse();
    return new Bench(clock.wallUs(), List.of(told.toArray()), new Settings());
  }

  private State state() {
    return server.shard().state();
  }

  @Override
  public void close() {
    List<String> contents = contents();
    assertThat(state().sizeBytes()).isEqualTo(sizeByWalk(state()));
    try (BenchCopy copy = new BenchCopy(replayed())) {
      assertThat(copy.bench.contents()).isEqualTo(contents);
      assertThat(copy.bench.state().sizeBytes()).isEqualTo(sizeByWalk(copy.bench.state()));
    }
    try (BenchCopy copy = new BenchCopy(retold())) {
      assertThat(copy.bench.contents()).isEqualTo(contents);
      assertThat(StateDigest.of(copy.bench.state())).isEqualTo(StateDigest.of(state()));
    }
  }

  /// What the state takes in memory, every key looked at.
  private static long sizeByWalk(State state) {
    long[] bytes = {state.libraries().sizeBytes()};
    for (int i = 0; i < State.DATABASES; i++) {
      bytes[0] += state.database(i).tableBytes();
      state.database(i).forEach(entry -> bytes[0] += entry.sizeBytes());
    }
    return bytes[0];
  }

  private record BenchCopy(Bench bench) implements AutoCloseable {
    @Override
    public void close() {
      bench.network.close();
    }
  }

  /// Every key of every database with its type, expiry and content.
  public List<String> contents() {
    Connection reader = connect();
    List<String> contents = new ArrayList<>();
    for (int database = 0; database < State.DATABASES; database++) {
      List<Bytes> keys = new ArrayList<>();
      server
          .shard()
          .state()
          .database(database)
          .forEach(entry -> keys.add(Bytes.of(entry.key().clone())));
      keys.sort(null);
      if (!keys.isEmpty()) {
        reader.run("SELECT", Integer.toString(database));
      }
      for (Bytes key : keys) {
        contents.add(database + " " + key + " " + describe(reader, key.toString()));
      }
    }
    return contents;
  }

  private static String describe(Connection reader, String key) {
    String type = reader.run("TYPE", key);
    String content =
        switch (type) {
          case "string" -> reader.run("GET", key);
          case "list" -> reader.run("LRANGE", key, "0", "-1");
          case "hash" -> sorted(reader.run("HGETALL", key));
          case "set" -> sorted(reader.run("SMEMBERS", key));
          case "zset" -> reader.run("ZRANGE", key, "0", "-1", "WITHSCORES");
          case "stream" -> withoutSeen(reader.run("XINFO", "STREAM", key, "FULL", "COUNT", "0"));
          default -> "?";
        };
    return type + " " + reader.run("PTTL", key) + " " + content;
  }

  /// When a consumer last asked for something is not in the log.
  private static String withoutSeen(String reply) {
    return reply.replaceAll("\"seen-time\", :\\d+, ", "");
  }

  private static String sorted(String reply) {
    String[] items = reply.substring(1, reply.length() - 1).split(", ");
    Arrays.sort(items);
    return Arrays.toString(items);
  }

  /// One connection to the bench.
  public final class Connection {
    private final SimulatedClient client;

    private Connection(SimulatedClient client) {
      this.client = client;
    }

    /// Runs a command; all that comes back, several replies separated by a space, `""` for nothing.
    public String run(String... words) {
      send(words);
      return receive();
    }

    /// Runs a command, given as words separated by spaces.
    public String run(String line) {
      return run(line.split(" "));
    }

    /// Sends a command without looking for the reply.
    public void send(String... words) {
      ByteWriter out = new ByteWriter(64);
      out.writeAscii("*" + words.length + "\r\n");
      for (String word : words) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        out.writeAscii("$" + bytes.length + "\r\n");
        out.write(bytes);
        out.writeAscii("\r\n");
      }
      sendRaw(out.toArray());
    }

    public void sendRaw(byte[] bytes) {
      client.send(bytes);
      turn();
    }

    /// What has come since it was looked last, as text.
    public String receive() {
      turn();
      return ReplyText.of(client.receive());
    }

    /// The bytes that have come since it was looked last.
    public byte[] receiveRaw() {
      turn();
      return client.receive();
    }

    public SimulatedClient client() {
      return client;
    }

    public boolean isClosed() {
      turn();
      return client.isClosed();
    }

    public void close() {
      client.close();
      turn();
    }
  }

  /// Keeps the records in memory; everything is safe at once.
  private static final class MemoryLog implements OpsLog {
    private final List<byte[]> records = new ArrayList<>();
    private final ByteWriter open = new ByteWriter(1024);
    private long synced = Long.MAX_VALUE;

    @Override
    public ByteWriter record() {
      return open;
    }

    @Override
    public long position() {
      return records.size() + (open.length() > 0 ? 1 : 0);
    }

    @Override
    public void seal() {
      if (open.length() > 0) {
        records.add(open.toArray());
        open.clear(1024);
      }
    }

    @Override
    public long safePosition() {
      return records.size();
    }

    @Override
    public long syncedPosition() {
      return Math.min(synced, records.size());
    }

    @Override
    public void tick(long monotonicNs) {}

    @Override
    public void close() {
      seal();
    }
  }
}
