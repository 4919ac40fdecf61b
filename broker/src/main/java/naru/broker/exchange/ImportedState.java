package naru.broker.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Frequency;
import naru.engine.Keyspace;
import naru.engine.Op;
import naru.engine.State;
import naru.engine.UsageClock;
import naru.engine.key.KeyOp;
import naru.engine.key.KeyOp.Measure;
import naru.log.NoLog;
import naru.protocol.resp.CommandReplay;
import naru.protocol.resp.server.RespServer;
import naru.rdb.RdbContents;
import naru.reactor.Reactor;
import naru.world.Clock;
import naru.world.Network;
import naru.world.real.SystemClock;
import naru.world.real.SystemRandomness;
import org.jspecify.annotations.Nullable;

/// What is read becomes of this: a state, first in memory alone.
final class ImportedState implements RdbContents {
  private static final int REFUSALS_SHOWN = 5;

  /// Commands that were carried out are carried out again as if it were long ago: what has expired
  /// since then, and was made to last later on, must not be gone in between.
  private static final long LONG_AGO_US = 1_000_000;

  private final State state;
  private final SystemClock clock = new SystemClock();
  private final long nowMs = clock.wallUs() / 1000;
  private final MovableClock replayClock = new MovableClock();
  private final Reactor reactor;
  private final CommandReplay commands;
  private final List<String> refusals = new ArrayList<>();
  private long refused;
  private long keys;
  private long expired;
  private long empty;
  private long libraries;
  private long carriedOut;
  private int database;
  private Bytes key = Bytes.EMPTY;
  private long expiresAtMs;

  /// What the files say of how keys were used; null if nothing.
  private @Nullable Measure use;

  ImportedState(State state) {
    this.state = state;
    SystemRandomness randomness = new SystemRandomness();
    reactor = new Reactor(replayClock, randomness, new NoNetwork(), state, _ -> new NoLog());
    reactor.shard().activeExpiry(false);
    commands = new CommandReplay(new RespServer(reactor));
    state.observe(nowMs);
  }

  /// Shows the time that it is told.
  private final class MovableClock implements Clock {
    private long wallUs = LONG_AGO_US;

    @Override
    public long wallUs() {
      return wallUs;
    }

    @Override
    public long monotonicNs() {
      return clock.monotonicNs();
    }
  }

  private static final class NoNetwork implements Network {
    @Override
    public int listen(String host, int port, Encryption encryption, Acceptor acceptor) {
      return port;
    }

    @Override
    public void poll(long timeoutNs) {}

    @Override
    public void wakeUp() {}

    @Override
    public void stopListening() {}

    @Override
    public void close() {}
  }

  long keys() {
    return keys;
  }

  /// How many commands were carried out.
  long carriedOut() {
    return carriedOut;
  }

  /// What is worth to know of what was not taken as it was.
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (expired > 0) {
      remarks.add(expired + " keys had expired and were left out");
    }
    if (empty > 0) {
      remarks.add(empty + " keys held collections without elements and were left out");
    }
    if (libraries > 0) {
      remarks.add(libraries + " libraries of functions were taken");
    }
    if (refused > 0) {
      remarks.add(refused + " commands or libraries were refused: " + String.join("; ", refusals));
    }
    return remarks;
  }

  @Override
  public void function(Bytes library) {
    String error =
        commands.run(List.of(Bytes.of("FUNCTION"), Bytes.of("LOAD"), Bytes.of("REPLACE"), library));
    if (error == null) {
      libraries++;
    } else {
      refused("a library of functions", error);
    }
  }

  @Override
  public void key(int newDatabase, Bytes newKey, long newExpiresAtMs) {
    database = newDatabase;
    key = newKey;
    expiresAtMs = newExpiresAtMs;
    if (newExpiresAtMs > nowMs) {
      new KeyOp.Removed(database, key, KeyOp.Cause.DELETED).applyTo(state);
    }
  }

  @Override
  public void op(Op op) {
    if (expiresAtMs > nowMs) {
      op.applyTo(state);
    }
  }

  /// A file has one of both, the same for all of its keys.
  @Override
  public void use(long idleS, int frequency) {
    if (expiresAtMs <= nowMs) {
      return;
    }
    Measure measure = frequency >= 0 ? Measure.FREQUENCY : Measure.LAST_USED_S;
    if (use != measure) {
      use = measure;
      note(measure);
    }
    long used = frequency >= 0 ? frequency : nowMs / 1000 - Math.min(idleS, Entry.IDLE_MAX_S);
    new KeyOp.Used(database, key, measure, used).applyTo(state);
  }

  /// Of keys that are there already nothing is known: they count as new.
  private void note(Measure measure) {
    boolean isFrequency = measure == Measure.FREQUENCY;
    state.usageClock(isFrequency ? UsageClock.FREQUENCY : UsageClock.RECENCY, Frequency.DEFAULT);
    for (int i = 0; i < State.DATABASES && isFrequency; i++) {
      Keyspace keyspace = state.database(i);
      keyspace.forEach(entry -> keyspace.frequency(entry, Frequency.COUNTER_FIRST));
    }
  }

  /// How keys were used, as ops that come behind those that make them; nothing if no file said so,
  /// or if commands came behind it, which have used keys at a time that nobody knows.
  void tellUse(Consumer<Op> out) {
    Measure measure = use;
    if (measure == null || carriedOut > 0) {
      return;
    }
    state.observe(nowMs);
    for (int i = 0; i < State.DATABASES; i++) {
      int number = i;
      Keyspace keyspace = state.database(i);
      keyspace.forEach(
          entry -> {
            long used =
                measure == Measure.FREQUENCY
                    ? keyspace.frequency(entry)
                    : nowMs / 1000 - keyspace.idleS(entry);
            out.accept(new KeyOp.Used(number, entry.keyBytes(), measure, used));
          });
    }
  }

  @Override
  public void keyEnded() {
    if (expiresAtMs <= nowMs) {
      expired++;
      return;
    }
    keys++;
    if (expiresAtMs != Entry.NEVER) {
      new KeyOp.ExpiryChanged(database, key, expiresAtMs).applyTo(state);
    }
  }

  @Override
  public void emptyKey(int itsDatabase, Bytes itsKey) {
    empty++;
  }

  /// Carries out a command of an append-only file; returns why that cannot be, null if it was or if
  /// the command itself was refused.
  @Nullable String command(List<Bytes> words) {
    String group = CommandReplay.group(words.getFirst());
    if (group == null) {
      return "the command '" + words.getFirst().printed() + "', which there is not here";
    }
    // Streams do not expire within, and know when their consumers were seen.
    replayClock.wallUs = group.equals("stream") ? clock.wallUs() : LONG_AGO_US;
    reactor.turn();
    String error = commands.run(words);
    carriedOut++;
    if (error != null) {
      refused(words.getFirst().printed(), error);
    }
    return null;
  }

  private void refused(String what, String error) {
    refused++;
    if (refusals.size() < REFUSALS_SHOWN) {
      refusals.add(what + ": " + error);
    }
  }
}
