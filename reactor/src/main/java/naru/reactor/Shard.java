package naru.reactor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import naru.engine.Awaited;
import naru.engine.Decision;
import naru.engine.Decision.Declined;
import naru.engine.Decision.Done;
import naru.engine.Decision.Wait;
import naru.engine.Draws;
import naru.engine.Entry;
import naru.engine.Expiration;
import naru.engine.Failure;
import naru.engine.HiddenKeys;
import naru.engine.Key;
import naru.engine.KeyEvent;
import naru.engine.Keyspace;
import naru.engine.Moment;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.Procedure;
import naru.engine.Refusal;
import naru.engine.Request;
import naru.engine.State;
import naru.engine.key.KeyOp;
import naru.engine.replication.ReplicationOp;
import naru.engine.stream.block.UnreadableBlock;
import naru.log.OpsLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where requests are decided and their ops applied: the one owner of a [State].
///
/// For each request: what of its keys has expired goes first; it is decided; the reply is written;
/// the ops are applied and encoded into the log's open record; whoever waits for a changed key is
/// decided again, oldest first.
public final class Shard implements Procedure.Stage {
  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
  private static final Failure INTERNAL_ERROR =
      new Failure.Invalid("ERR", "internal error: the broker's messages say more");
  private static final Failure NO_ROOM =
      new Failure.Invalid(
          "MISCONF",
          "The disk of the log is full: nothing is written until there is room. Reading goes on.");
  private static final int EXPIRED_PER_TURN_MAX = 512;
  private static final Failure NO_MEMORY =
      new Failure.Invalid("OOM", "the broker's heap is too full for this command");
  private static final long EVICTION_SEED = 0x65766963740000L;
  private static final int RECORD_LARGE_BYTES = 8 << 20;

  private final Reactor reactor;
  private final State state;
  private final OpsLog log;
  private final Snapshots snapshots;
  private final Timers timers;
  private final Waiters waiters;
  private final Watches watches;
  private final Draws draws;
  private final Eviction eviction;
  private final List<PutOff> putOff = new ArrayList<>();
  private KeyListener listener = _ -> {};
  private @Nullable ChangeListener observer;
  private @Nullable Consumer<Op> effects;
  private boolean activeExpiry = true;
  private final HiddenKeys hidden = new HiddenKeys();

  /// Whether another server says what happens here.
  private boolean follows;

  /// Whether what is decided was said by that server.
  private boolean following;

  private @Nullable Failure writesRefused;
  private long nowUs;
  private long nowNs;
  private long expiredKeys;
  private long changes;
  private boolean inProcedure;
  private int procedureFrom;
  private boolean abandoned;

  Shard(
      Reactor reactor,
      State state,
      OpsLog log,
      Snapshots snapshots,
      Timers timers,
      MemoryUse memory,
      LongSupplier clockNs,
      long randomSeed) {
    this.eviction = new Eviction(state, memory, clockNs, randomSeed ^ EVICTION_SEED, this::evict);
    this.reactor = reactor;
    this.state = state;
    this.log = log;
    this.snapshots = snapshots;
    this.timers = timers;
    this.waiters = new Waiters(state);
    this.watches = new Watches(state);
    this.draws = new Draws(randomSeed);
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public Moment moment() {
    return new Moment(nowUs, draws.next());
  }

  /// The wall clock of this turn.
  public long nowMs() {
    return Math.floorDiv(nowUs, 1000L);
  }

  public Watches watches() {
    return watches;
  }

  /// Takes keys away when memory is short.
  public Eviction eviction() {
    return eviction;
  }

  /// Makes room for what a command may need, as far as that can be; false if there is none. To be
  /// asked before a command, not within a procedure.
  public boolean makeRoom() {
    if (follows) {
      return true;
    }
    Eviction.Room room = eviction.makeRoom();
    wake();
    return room != Eviction.Room.NONE;
  }

  private void evict(Entry entry, int database) {
    apply(List.of(new KeyOp.Removed(database, entry.keyBytes(), KeyOp.Cause.EVICTED)));
    listener.happened(new KeyEvent(KeyEvent.Kind.EVICTED, "evicted", database, entry.keyBytes()));
  }

  /// Goes on evicting; returns whether there is more to do.
  boolean evictMore() {
    if (follows) {
      return false;
    }
    boolean more = eviction.goOn();
    wake();
    return more;
  }

  /// How many requests wait.
  public int waiting() {
    return waiters.count();
  }

  /// How many keys are waited for.
  public int keysWaitedFor() {
    return waiters.keys();
  }

  /// How many keys have expired since the start.
  public long expiredKeys() {
    return expiredKeys;
  }

  /// How many ops were applied since the start.
  public long changes() {
    return changes;
  }

  public void listen(KeyListener newListener) {
    listener = newListener;
  }

  /// From now on `newObserver` is told of all keys that change; null for nobody.
  public void observe(@Nullable ChangeListener newObserver) {
    observer = newObserver;
  }

  /// From now on each op is shown before it is applied; null for to nobody.
  public void showEffects(@Nullable Consumer<Op> newEffects) {
    effects = newEffects;
  }

  /// Whether keys go when their time comes, or only when somebody looks.
  public void activeExpiry(boolean on) {
    activeExpiry = on;
  }

  /// Whether another server says what happens here: then nothing expires and nothing is evicted
  /// unless it says so. What has expired is out of sight all the same.
  public void follows(boolean on) {
    follows = on;
  }

  /// Clients' requests that write are refused so, whatever protocol they come by; null if not.
  public void refuseWrites(@Nullable Failure failure) {
    writesRefused = failure;
  }

  /// Runs what the server that is followed has done: one record, in which nothing is refused.
  public void follow(Procedure procedure) {
    long turnUs = nowUs;
    following = true;
    inProcedure = true;
    procedureFrom = log.record().length();
    try {
      procedure.run(this);
    } finally {
      nowUs = turnUs;
      following = false;
      inProcedure = false;
      reactor.endBusy(false);
    }
    deliver();
    wake();
    sealIfLarge();
  }

  /// Within [#follow], what comes next happens as if it were that time.
  public void pretend(long wallUs) {
    nowUs = wallUs;
  }

  /// Takes another state's content in the place of what is here: no op, nothing in the log. Nothing
  /// may be written before a snapshot has it. No snapshot may be under way.
  public void adopt(State other) {
    for (int i = 0; i < State.DATABASES; i++) {
      watches.touchDatabase(i, i);
    }
    state.adopt(other);
    if (observer != null) {
      observer.flushed();
    }
    for (int i = 0; i < State.DATABASES; i++) {
      waiters.touchDatabase(i);
    }
    wake();
  }

  /// The time of the turn that begins.
  void time(long wallUs, long monotonicNs) {
    nowUs = wallUs;
    nowNs = monotonicNs;
    state.observe(nowMs());
  }

  /// Decides `request` for a connection; parks it if it has to wait.
  void submit(Connection connection, Request request) {
    if (inProcedure) {
      submitWhileBusy(connection, request);
      return;
    }
    switch (decide(request)) {
      case Done done -> settle(connection, request, done);
      case Declined declined -> decline(connection, request, declined.failure());
      case Wait wait -> park(connection, request, wait);
    }
    wake();
    sealIfLarge();
  }

  /// While another's procedure runs: what writes or waits is refused, and nothing expires.
  private void submitWhileBusy(Connection connection, Request request) {
    Decision decision = decideNow(request, null);
    if (decision instanceof Done done && done.ops().isEmpty()) {
      carryOut(request, done);
    } else {
      request.decline(decision instanceof Declined(Failure failure) ? failure : INTERNAL_ERROR);
    }
    connection.stamp(reactor.stampPosition());
  }

  /// What was written before the procedure that runs is sealed, so that it can be acknowledged;
  /// unless the procedure itself has written.
  void sealBeforeBusy() {
    if (log.record().length() == procedureFrom) {
      log.seal();
      procedureFrom = log.record().length();
    }
  }

  /// Nothing of the procedure that runs is to be kept: the broker ends.
  public void abandonProcedure() {
    abandoned = true;
  }

  /// A turn is one record, unless much is written in it: then it is several, cut between requests.
  private void sealIfLarge() {
    if (log.record().length() > RECORD_LARGE_BYTES) {
      log.seal();
    }
  }

  /// Whether what is decided is part of a procedure, whose ops stand in one record.
  public boolean isInProcedure() {
    return inProcedure;
  }

  /// Runs `procedure` for a connection. Its requests answer for themselves.
  void submit(Connection connection, Procedure procedure) {
    inProcedure = true;
    connection.running(true);
    procedureFrom = log.record().length();
    try {
      procedure.run(this);
    } finally {
      inProcedure = false;
      connection.running(false);
      if (abandoned) {
        log.record().truncate(procedureFrom);
      }
      reactor.endBusy(abandoned);
    }
    if (abandoned) {
      putOff.clear();
      return;
    }
    connection.stamp(log.position());
    deliver();
    wake();
    sealIfLarge();
  }

  /// Whether a frame for a connection, which does not run the procedure itself, was put off until
  /// the procedure is over: a message that a transaction publishes waits for all that it writes.
  boolean putsOff(Connection connection, byte[] frame) {
    if (inProcedure) {
      putOff.add(new PutOff(connection, frame));
    }
    return inProcedure;
  }

  private void deliver() {
    for (PutOff each : putOff) {
      each.connection.send(each.frame);
    }
    putOff.clear();
  }

  private record PutOff(Connection connection, byte[] frame) {}

  @Override
  public void perform(Request request) {
    switch (decide(request)) {
      case Done done -> carryOut(request, done);
      case Declined declined -> request.decline(declined.failure());
      case Wait wait -> {
        request.answer(wait.timedOut());
        apply(wait.ops());
        tell(wait.events());
      }
    }
  }

  private Decision decide(Request request) {
    return decide(request, null);
  }

  /// @param awakenedBy the key for which a request is decided that has waited, null if for none
  private Decision decide(Request request, @Nullable Key awakenedBy) {
    if (!following && state.quietUntilMs() <= nowMs()) {
      if (follows) {
        return decideWithoutExpired(request, awakenedBy);
      }
      request.forEachKey(this::expireNow);
    }
    return decideNow(request, awakenedBy);
  }

  private Decision decideWithoutExpired(Request request, @Nullable Key awakenedBy) {
    hidden.hide(request, state, nowMs(), changes);
    Decision decision;
    try {
      decision = decideNow(request, awakenedBy);
    } finally {
      hidden.show();
    }
    if (decision.writes()) {
      request.forEachKey(this::expireNow);
    }
    return decision;
  }

  private Decision decideNow(Request request, @Nullable Key awakenedBy) {
    try {
      Decision decision =
          awakenedBy == null
              ? request.decide(state, moment())
              : request.decideAgain(state, moment(), awakenedBy);
      return decision.writes() ? unlessRefused(decision) : decision;
    } catch (Refusal refusal) {
      return new Declined(refusal.failure());
    } catch (UnreadableBlock unreadable) {
      return new Declined(failure(unreadable));
    } catch (RuntimeException bug) {
      LOG.error("a request could not be decided; nothing was changed by it", bug);
      return new Declined(INTERNAL_ERROR);
    } catch (OutOfMemoryError tooMuch) {
      LOG.error("no memory to decide a request; nothing was changed by it", tooMuch);
      return new Declined(NO_MEMORY);
    }
  }

  private Decision unlessRefused(Decision decision) {
    Failure refused = writesRefused;
    if (refused != null && !following && !isOwnAffair(decision)) {
      return new Declined(refused);
    }
    return log.hasRoom() ? decision : new Declined(NO_ROOM);
  }

  /// Whom to follow is for this broker's own clients to say, always.
  private static boolean isOwnAffair(Decision decision) {
    return decision instanceof Done done && done.ops().getFirst() instanceof ReplicationOp;
  }

  private static Failure failure(UnreadableBlock unreadable) {
    LOG.error("a request is refused, and nothing was changed by it: {}", unreadable.what());
    return new Failure.Invalid("ERR", unreadable.what());
  }

  private void settle(Connection connection, Request request, Done done) {
    carryOut(request, done);
    connection.stamp(log.position());
  }

  private void decline(Connection connection, Request request, Failure failure) {
    request.decline(failure);
    connection.stamp(log.position());
  }

  private void carryOut(Request request, Done done) {
    try {
      request.answer(done.reply());
    } catch (UnreadableBlock unreadable) {
      request.decline(failure(unreadable));
      return;
    } catch (RuntimeException bug) {
      LOG.error("a reply could not be written; nothing was changed by its request", bug);
      request.decline(INTERNAL_ERROR);
      return;
    } catch (OutOfMemoryError tooMuch) {
      LOG.error("no memory for a reply; nothing was changed by its request", tooMuch);
      request.decline(NO_MEMORY);
      return;
    }
    if (listener.listens()) {
      applyAloud(done.ops(), done.events());
    } else {
      apply(done.ops());
    }
    if (done.hasEvents() && done.ops().isEmpty()) {
      touchUnchanged(done);
    }
  }

  /// Something counts as done to a key although nothing is different.
  private void touchUnchanged(Done done) {
    if (!watches.isEmpty() || observer != null) {
      for (KeyEvent event : done.events()) {
        touchWatched(new Key(event.database(), event.key()));
      }
    }
  }

  /// As somebody listens: who wants to hear what was there before has to be shown it now.
  private void applyAloud(List<Op> ops, List<KeyEvent> events) {
    KeyListener.Story story = listener.before(events, ops, state);
    apply(ops);
    story.tell(events);
  }

  private void tell(List<KeyEvent> events) {
    for (KeyEvent event : events) {
      listener.happened(event);
    }
  }

  private void apply(List<Op> ops) {
    for (int i = 0; i < ops.size(); i++) {
      Op op = ops.get(i);
      watchDatabases(op);
      OpCodec.encode(op, log.record());
      snapshots.before(op);
      if (effects != null) {
        effects.accept(op);
      }
      state.apply(op);
      wakeDatabases(op);
      changes++;
      switch (op.audience()) {
        case EVERYONE -> {
          if (waiters.count() > 0 || !watches.isEmpty() || observer != null) {
            op.forEachKey(this::touch);
          }
        }
        case WAITING -> op.forEachKey(waiters::touch);
        case WATCHING -> op.forEachKey(this::touchWatched);
        case NOBODY -> {}
      }
    }
  }

  private void touch(Key key) {
    waiters.touch(key);
    touchWatched(key);
  }

  private void touchWatched(Key key) {
    watches.touch(key);
    if (observer != null) {
      observer.changed(key);
    }
  }

  /// For those who watch it counts what was there before.
  private void watchDatabases(Op op) {
    if (op instanceof KeyOp.Flushed(int database)) {
      watches.touchDatabase(database, database);
    } else if (op instanceof KeyOp.Swapped(int database, int other)) {
      watches.touchDatabase(database, other);
    }
  }

  /// For those who wait it counts what is there after.
  private void wakeDatabases(Op op) {
    if (op instanceof KeyOp.Flushed(int database)) {
      if (observer != null) {
        observer.flushed();
      }
      waiters.touchDatabase(database);
    } else if (op instanceof KeyOp.Swapped(int database, int other)) {
      waiters.touchDatabase(database);
      waiters.touchDatabase(other);
    }
  }

  private void park(Connection connection, Request request, Wait wait) {
    Waiter waiter = new Waiter(connection, request.kept(), owned(wait));
    schedule(waiter, wait.againMs());
    waiters.add(waiter);
    connection.waitsWith(waiter);
    apply(wait.ops());
    tell(wait.events());
  }

  /// What happens to a waiter when nothing else does: it is decided again, or its time is up.
  private void schedule(Waiter waiter, long againMs) {
    long untilMs = waiter.wait.untilMs();
    long atMs = Math.min(untilMs, againMs);
    if (atMs == waiter.scheduledMs) {
      return;
    }
    waiter.scheduledMs = atMs;
    if (waiter.timeout != null) {
      waiter.timeout.cancel();
    }
    if (atMs != Wait.FOR_EVER) {
      long inMs = Math.max(0, atMs - nowMs());
      long inNs = inMs > Long.MAX_VALUE / 4_000_000 ? Long.MAX_VALUE / 4 : inMs * 1_000_000;
      Runnable action = againMs < untilMs ? () -> lookAgain(waiter) : () -> endWait(waiter, null);
      waiter.timeout = timers.at(nowNs + inNs, action);
    }
  }

  private void lookAgain(Waiter waiter) {
    if (waiter.waiting) {
      settleAgain(waiter, decide(waiter.request, null));
      wake();
    }
  }

  private static Wait owned(Wait wait) {
    List<Awaited> owned = wait.awaited().stream().<Awaited>map(Awaited::owned).toList();
    return new Wait(owned, wait.untilMs(), wait.timedOut());
  }

  /// Answers a waiter as if its time were up or, with a failure, declines it.
  void endWait(Waiter waiter, @Nullable Failure failure) {
    if (!waiter.waiting) {
      return;
    }
    waiters.remove(waiter);
    if (failure == null) {
      waiter.request.answer(waiter.wait.timedOut());
    } else {
      waiter.request.decline(failure);
    }
    waiter.connection.stamp(log.position());
    waiter.connection.resume();
  }

  /// Drops a waiter whose connection is gone.
  void forget(Waiter waiter) {
    if (waiter.waiting) {
      waiters.remove(waiter);
    }
  }

  private void wake() {
    while (waiters.hasReady()) {
      Key key = waiters.pollReady();
      for (Waiters.Queue queue : waiters.of(key)) {
        serve(queue, key);
      }
    }
  }

  private void serve(Waiters.Queue queue, Key key) {
    Waiter waiter = queue.next(null, state);
    while (waiter != null) {
      settleAgain(waiter, decide(waiter.request, key));
      waiter = queue.next(waiter, state);
    }
  }

  private void settleAgain(Waiter waiter, Decision decision) {
    if (decision instanceof Wait wait) {
      schedule(waiter, wait.againMs());
      apply(wait.ops());
      tell(wait.events());
      return;
    }
    waiters.remove(waiter);
    switch (decision) {
      case Done done -> settle(waiter.connection, waiter.request, done);
      case Declined declined -> decline(waiter.connection, waiter.request, declined.failure());
      case Wait _ -> throw new IllegalStateException();
    }
    waiter.connection.resume();
  }

  /// Takes away what has expired, a bounded number a turn; returns whether more is due.
  boolean expireDue() {
    long nowMs = nowMs();
    if (follows || state.quietUntilMs() > nowMs || state.nextDueMs() > nowMs) {
      return false;
    }
    flushDue();
    if (!activeExpiry) {
      return false;
    }
    int budget = EXPIRED_PER_TURN_MAX;
    for (int i = 0; i < State.DATABASES && budget > 0; i++) {
      Keyspace keys = state.database(i);
      for (; budget > 0 && keys.nextDueMs() <= nowMs; budget--) {
        Entry entry = keys.pollDue(nowMs);
        if (entry != null) {
          expire(entry, i);
        }
      }
    }
    wake();
    return budget == 0;
  }

  private void flushDue() {
    for (int i = 0; i < State.DATABASES; i++) {
      if (state.database(i).flushAtMs() <= nowMs()) {
        apply(List.of(new KeyOp.Flushed(i)));
      }
    }
  }

  /// The earliest time at which something may expire.
  long earliestDueMs() {
    return state.nextDueMs();
  }

  boolean expiresActively() {
    return activeExpiry && !follows;
  }

  private void expireNow(Key key) {
    Keyspace keys = state.database(key.database());
    Entry entry = keys.nextDueMs() <= nowMs() ? keys.entry(key.bytes()) : null;
    if (entry != null) {
      expire(entry, key.database());
    }
  }

  private void expire(Entry entry, int database) {
    List<Op> ops = Expiration.due(entry, database, nowMs());
    if (listener.listens()) {
      applyAloud(ops, ops.stream().flatMap(op -> Expiration.event(op).stream()).toList());
    } else {
      apply(ops);
    }
    for (Op op : ops) {
      if (op instanceof KeyOp.Removed removed && removed.cause() == KeyOp.Cause.EXPIRED) {
        expiredKeys++;
      }
    }
  }
}
