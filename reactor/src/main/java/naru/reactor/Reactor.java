package naru.reactor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import naru.engine.State;
import naru.log.OpsLog;
import naru.world.Clock;
import naru.world.Network;
import naru.world.Randomness;

/// One thread's worth of broker. A [#turn] is: poll the network (sessions parse, the shard decides
/// and applies, the log's record grows), inbox, timers, expiry; then seal the record, and send to
/// each connection what is safe, in one write.
///
/// Everything in here is used on one thread; [#inbox] is the way in from others.
public final class Reactor {
  private static final long TICK_NS = 100_000_000;

  private final Clock clock;
  private final Network network;
  private final Timers timers = new Timers();
  private final Traffic traffic = new Traffic();
  private final Inbox inbox;
  private final OpsLog log;
  private final StreamStorage streamStorage;
  private final Snapshots snapshots;
  private final MemoryUse memory;
  private final Shard shard;
  private final SpareWriters spareWriters = new SpareWriters();
  private List<Connection> toFlush = new ArrayList<>();
  private List<Connection> flushing = new ArrayList<>();
  private List<Connection> toResume = new ArrayList<>();
  private List<Connection> resuming = new ArrayList<>();
  private final List<Runnable> ticks = new ArrayList<>();
  private final List<Runnable> turnEnds = new ArrayList<>();
  private final List<Runnable> afterPoll = new ArrayList<>();
  private boolean polling;
  private boolean busy;
  private boolean turnBegun;
  private boolean moreIsDue;
  private boolean moreIsToMove;
  private boolean stopped;
  private boolean closed;
  private long nowNs;
  private long connectionIdLast;
  private int connections;
  private long closedAtLimit;

  /// What the log needs from the reactor whose log it is.
  public interface LogOpener {
    /// Opens it; `mailbox` runs what it is given on the reactor's thread.
    OpsLog open(Consumer<Runnable> mailbox);
  }

  /// Opens the log: what it holds has been applied to `state`.
  public Reactor(
      Clock clock, Randomness randomness, Network network, State state, LogOpener logOpener) {
    this.clock = clock;
    this.network = network;
    this.inbox = new Inbox(network);
    state.observe(Math.floorDiv(clock.wallUs(), 1000L));
    this.log = logOpener.open(inbox);
    this.streamStorage = new StreamStorage(state, log.blocks());
    this.snapshots = new Snapshots(clock, state, log, streamStorage);
    this.memory = new MemoryUse(state, () -> log.record().capacity());
    this.shard =
        new Shard(
            this, state, log, snapshots, timers, memory, clock::monotonicNs, randomness.nextLong());
    readClock();
    scheduleTick();
  }

  /// What memory is used for.
  public MemoryUse memory() {
    return memory;
  }

  public Shard shard() {
    return shard;
  }

  public OpsLog log() {
    return log;
  }

  public Snapshots snapshots() {
    return snapshots;
  }

  public StreamStorage streamStorage() {
    return streamStorage;
  }

  public Timers timers() {
    return timers;
  }

  /// What went through its sockets.
  public Traffic traffic() {
    return traffic;
  }

  /// Runs what it is given on this reactor's thread. The only method for other threads.
  public Consumer<Runnable> inbox() {
    return inbox;
  }

  /// Monotonic nanoseconds, read once a turn.
  public long nowNs() {
    return nowNs;
  }

  /// Monotonic nanoseconds, read now.
  public long readNs() {
    return clock.monotonicNs();
  }

  /// How many connections are open.
  public int connections() {
    return connections;
  }

  /// How many connections were closed because they left too much unread.
  public long closedAtLimit() {
    return closedAtLimit;
  }

  /// Runs `action` about ten times a second.
  public void eachTick(Runnable action) {
    ticks.add(action);
  }

  /// Runs `action` at the end of each turn, before what was written leaves.
  public void eachTurn(Runnable action) {
    turnEnds.add(action);
  }

  /// Serves `protocol` on an address, in clear text; returns the port.
  public int listen(String host, int port, Protocol protocol) {
    return listen(host, port, Network.Encryption.NONE, protocol);
  }

  /// Serves `protocol` on an address; returns the port.
  public int listen(String host, int port, Network.Encryption encryption, Protocol protocol) {
    return network.listen(
        host,
        port,
        encryption,
        socket -> {
          Connection connection = new Connection(this, socket, ++connectionIdLast);
          connections++;
          connection.begin(protocol.open(connection));
          return connection;
        });
  }

  /// Turns until [#stop] is called.
  public void run() {
    while (!stopped) {
      turn();
    }
  }

  /// Ends [#run] after this turn.
  public void stop() {
    stopped = true;
  }

  /// Whether [#stop] was called.
  public boolean isStopped() {
    return stopped;
  }

  /// Whether the log takes nothing any more, so that nothing more can be done.
  boolean isClosed() {
    return closed;
  }

  /// Whether the network is being polled: what may run for long has to wait until that is over, see
  /// [#afterPoll].
  public boolean isPolling() {
    return polling;
  }

  /// Runs `action` in this turn, after the network has been polled.
  public void afterPoll(Runnable action) {
    afterPoll.add(action);
  }

  /// Whether a procedure has run for long, and others are told so.
  public boolean isBusy() {
    return busy;
  }

  /// Lets others be answered while a procedure goes on: sessions that serve while it is busy are
  /// shown what has come, and what they answer leaves. To be called by the procedure itself, now
  /// and then. Nothing is decided that writes, no time passes, nothing expires.
  public void turnWhileBusy() {
    if (!busy) {
      busy = true;
      shard.sealBeforeBusy();
    }
    poll(0);
    inbox.drain();
    flushAll(log.safePosition());
  }

  /// The procedure that was busy is over.
  void endBusy(boolean abandoned) {
    busy = false;
    closed |= abandoned;
  }

  /// The position that what is written now waits for.
  long stampPosition() {
    return busy ? log.safePosition() : log.position();
  }

  private void poll(long waitNs) {
    polling = true;
    network.poll(waitNs);
    polling = false;
  }

  /// One turn: waits for something to do, and does it.
  public void turn() {
    turnBegun = false;
    poll(waitNs());
    boolean isIdle = !turnBegun;
    beginTurn();
    runAfterPoll();
    if (closed) {
      endTurn();
      return;
    }
    inbox.drain();
    timers.run(nowNs);
    boolean moreToEvict = shard.evictMore();
    moreIsDue = shard.expireDue() || moreToEvict;
    resumeAll();
    endTurn();
    moreIsToMove = streamStorage.relieve(log.hasRoom());
    snapshots.slice(isIdle);
  }

  private void runAfterPoll() {
    for (int i = 0; i < afterPoll.size() && !closed; i++) {
      afterPoll.get(i).run();
    }
    afterPoll.clear();
  }

  /// Stops listening, makes everything safe, sends what may leave, and closes the log. The network
  /// stays the caller's.
  public void close() {
    network.stopListening();
    closed = true;
    snapshots.close();
    log.close();
    flushAll(log.safePosition());
    network.poll(0);
  }

  private void endTurn() {
    for (Runnable action : turnEnds) {
      action.run();
    }
    log.seal();
    flushAll(log.safePosition());
  }

  private long waitNs() {
    return moreIsDue || moreIsToMove || !toResume.isEmpty() ? 0 : untilNextNs();
  }

  private long untilNextNs() {
    long waitNs =
        Math.min(timers.untilNextNs(clock.monotonicNs(), TICK_NS), snapshots.untilWorkNs());
    if (shard.expiresActively()) {
      long dueMs = shard.earliestDueMs();
      if (dueMs != Long.MAX_VALUE) {
        long nowMs = Math.floorDiv(clock.wallUs(), 1000L);
        waitNs = Math.clamp((dueMs - nowMs) * 1_000_000, 0, waitNs);
      }
    }
    return waitNs;
  }

  /// Reads the clock at the first thing that happens in a turn.
  void beginTurn() {
    if (!turnBegun) {
      turnBegun = true;
      readClock();
      moreIsDue = shard.expireDue();
    }
  }

  private void readClock() {
    nowNs = clock.monotonicNs();
    shard.time(clock.wallUs(), nowNs);
  }

  private void scheduleTick() {
    timers.at(nowNs + TICK_NS, this::tick);
  }

  private void tick() {
    log.tick(nowNs);
    streamStorage.tick();
    snapshots.tick();
    memory.peakBytes();
    for (Runnable action : ticks) {
      action.run();
    }
    scheduleTick();
  }

  void resume(Connection connection) {
    if (!connection.queuedForResume) {
      connection.queuedForResume = true;
      toResume.add(connection);
    }
  }

  /// Who goes on may serve others who then go on too: all in this turn, for what they have sent
  /// came before what the network will show next.
  private void resumeAll() {
    while (!toResume.isEmpty() && !closed) {
      List<Connection> now = toResume;
      toResume = resuming;
      resuming = now;
      for (Connection connection : now) {
        connection.queuedForResume = false;
        if (!closed) {
          connection.goOn();
        }
      }
      now.clear();
    }
  }

  void flushLater(Connection connection) {
    if (!connection.queuedForFlush) {
      connection.queuedForFlush = true;
      toFlush.add(connection);
    }
  }

  /// The gate: each connection sends up to what is safe, and stays here while something waits.
  private void flushAll(long safePosition) {
    List<Connection> now = toFlush;
    toFlush = flushing;
    flushing = now;
    for (Connection connection : now) {
      connection.queuedForFlush = false;
      if (connection.isRunning() || connection.flush(safePosition)) {
        flushLater(connection);
      }
    }
    now.clear();
  }

  SpareWriters spareWriters() {
    return spareWriters;
  }

  void gone(Connection connection) {
    connections--;
  }

  void closedAtLimit(Connection connection) {
    closedAtLimit++;
  }
}
