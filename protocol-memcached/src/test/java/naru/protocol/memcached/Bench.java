package naru.protocol.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Failure;
import naru.engine.Key;
import naru.engine.Moment;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.Reply;
import naru.engine.Request;
import naru.engine.State;
import naru.engine.StateDigest;
import naru.engine.StateRetelling;
import naru.engine.Value;
import naru.log.OpsLog;
import naru.reactor.Reactor;
import naru.world.simulated.SimulatedClient;
import naru.world.simulated.SimulatedClock;
import naru.world.simulated.SimulatedNetwork;

/// A broker in memory to try commands on: the real reactor, shard and session, a clock that stands
/// still. [#close] checks that the log, replayed, gives the same state, and a snapshot too.
final class Bench implements AutoCloseable {
  private static final int PORT = 11211;
  private static final long START_US = 1_700_000_000_000_000L;
  private static final int OUTPUT_MAX_BYTES = 64 << 20;

  private final SimulatedClock clock = new SimulatedClock(START_US);
  private final SimulatedNetwork network = new SimulatedNetwork();
  private final List<byte[]> records = new ArrayList<>();
  private final State state = new State(7);
  private final Reactor reactor;
  private final MemcachedServer server;
  private final SimulatedClient first;

  Bench() {
    this(Admission.OPEN, MemcachedSettings.DEFAULTS);
  }

  Bench(Admission admission, MemcachedSettings settings) {
    reactor = new Reactor(clock, () -> 42, network, state, _ -> new Recorder(records));
    server = new MemcachedServer(reactor, settings, admission, 4711);
    reactor.listen("127.0.0.1", PORT, new MemcachedProtocol(server));
    first = network.connect(PORT);
  }

  State state() {
    return state;
  }

  MemcachedServer server() {
    return server;
  }

  Value value(String key) {
    Value value = state.valueAt(new Key(0, Bytes.of(key)));
    assertThat(value).isNotNull();
    return value;
  }

  SimulatedClient connect() {
    return network.connect(PORT);
  }

  SimulatedClient connectFrom(String host) {
    return network.connect(PORT, host);
  }

  /// Sends lines, each with what ends it; returns the lines that come back, `|` between them.
  String run(String... lines) {
    return run(first, lines);
  }

  String run(SimulatedClient client, String... lines) {
    return raw(client, String.join("\r\n", lines) + "\r\n");
  }

  String raw(String text) {
    return raw(first, text);
  }

  String raw(SimulatedClient client, String text) {
    client.send(text.getBytes(StandardCharsets.ISO_8859_1));
    turn();
    return receive(client);
  }

  String receive(SimulatedClient client) {
    StringBuilder all = new StringBuilder();
    byte[] some = client.receive();
    while (some.length > 0 && all.length() < OUTPUT_MAX_BYTES) {
      all.append(new String(some, StandardCharsets.ISO_8859_1));
      turn();
      some = client.receive();
    }
    String text = all.toString();
    return (text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : text)
        .replace("\r\n", "|");
  }

  /// How much comes until nothing more does.
  long receivedBytes(SimulatedClient client) {
    long bytes = 0;
    int some = client.receive().length;
    while (some > 0) {
      bytes += some;
      turn();
      some = client.receive().length;
    }
    return bytes;
  }

  boolean isClosed() {
    turn();
    return first.isClosed();
  }

  /// Makes ops happen that another protocol might ask for.
  void apply(Op... ops) {
    for (Op op : ops) {
      reactor.shard().perform(new Foreign(op));
    }
    turn();
  }

  void sleepMs(long ms) {
    clock.advanceNs(ms * 1_000_000);
    turn();
  }

  void turn() {
    do {
      reactor.turn();
    } while (network.hasEvents());
    reactor.turn();
  }

  private State replayed() {
    State made = new State(7);
    for (byte[] record : records) {
      applyAll(record, made);
    }
    return made;
  }

  private static void applyAll(byte[] record, State to) {
    ByteReader in = new ByteReader(record);
    while (in.remaining() > 0) {
      OpCodec.decode(in).applyTo(to);
    }
  }

  private State retold() {
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
    assertThat(new StateRetelling(state).tell(listener)).isFalse();
    State made = new State(7);
    applyAll(told.toArray(), made);
    return made;
  }

  @Override
  public void close() {
    turn();
    assertThat(StateDigest.of(replayed())).isEqualTo(StateDigest.of(state));
    assertThat(StateDigest.of(retold())).isEqualTo(StateDigest.of(state));
  }

  /// An op that comes from elsewhere.
  private record Foreign(Op op) implements Request, Reply {
    @Override
    public void forEachKey(Consumer<Key> visitor) {
      op.forEachKey(visitor);
    }

    @Override
    public Decision decide(State state, Moment moment) {
      return Decision.done(this, op);
    }

    @Override
    public void answer(Reply reply) {}

    @Override
    public void decline(Failure failure) {
      throw new AssertionError(failure);
    }

    @Override
    public Request kept() {
      return this;
    }
  }

  /// Keeps the records in memory; everything is safe at once.
  private static final class Recorder implements OpsLog {
    private final List<byte[]> records;
    private final ByteWriter open = new ByteWriter(1024);

    Recorder(List<byte[]> records) {
      this.records = records;
    }

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
      return records.size();
    }

    @Override
    public void tick(long monotonicNs) {}

    @Override
    public void close() {
      seal();
    }
  }
}
