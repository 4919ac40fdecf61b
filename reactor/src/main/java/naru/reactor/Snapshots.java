package naru.reactor;

import naru.bytes.ByteReader;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.Retelling;
import naru.engine.State;
import naru.engine.StateRetelling;
import naru.engine.stream.StreamOp;
import naru.engine.string.StringValue;
import naru.log.BlockFiles;
import naru.log.DamagedLog;
import naru.log.OpsLog;
import naru.log.Replay;
import naru.log.SnapshotWriter;
import naru.world.Clock;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes snapshots, one at a time, in slices between the turns of the reactor, so that the log need
/// not be kept from its beginning.
///
/// A snapshot tells the state as it is between two turns. It begins when the open record is empty;
/// from then on the shard calls [#before] with each op. If the disk refuses, the snapshot is given
/// up and nothing else: the log has everything.
public final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  /// A slice takes so much of the time that the others had since the one before: a turn of some
  /// fifty requests is followed by a short slice, so all of them wait a little longer rather than
  /// some of them much.
  private static final int SHARE = 4;

  private static final long SLICE_MIN_NS = 50_000;
  private static final long SLICE_MAX_NS = 500_000;
  private static final long IDLE_SLICE_NS = 2_000_000;

  /// Who has not been asked anything for so long is idle.
  private static final long IDLE_AFTER_NS = 5_000_000;

  private static final long RETRY_NS = 5_000_000_000L;

  private final Clock clock;
  private final State state;
  private final OpsLog log;
  private final StreamStorage streams;
  private final Growth growth = new Growth();
  private final long startedMs;

  private boolean wanted;
  private boolean held;

  /// Whether blocks of streams are being laid down, for the one that is wanted.
  private boolean laying;

  /// What of the files of blocks was not needed after the last one.
  private long deadBytes;

  private @Nullable StateRetelling retelling;
  private @Nullable SnapshotWriter writer;
  private boolean waits;
  private long begunMs;
  private long begunNs;
  private long sliceEndNs;
  private int piecesMax = Integer.MAX_VALUE;
  private Retelling.Pieces cut = Retelling.Pieces.DEFAULT;
  private int pieces;
  private long sliceEndedNs = Long.MIN_VALUE / 2;
  private long slicesNs;
  private long longestNs;
  private long restsUntilNs = Long.MIN_VALUE;
  private long busyNs = Long.MIN_VALUE / 2;
  private long changesNow;
  private long changesBegun;

  private long changesSaved;
  private long savedMs;
  private long lastTookMs = -1;
  private long taken;
  private boolean lastWasGood = true;

  /// Whether something went wrong that leaves marks out of order.
  private boolean broken;

  Snapshots(Clock clock, State state, OpsLog log, StreamStorage streams) {
    this.streams = streams;
    this.clock = clock;
    this.state = state;
    this.log = log;
    startedMs = nowMs();
    savedMs = startedMs;
  }

  /// When one is taken by itself: when what is kept on the disk has grown by so much, in percent of
  /// the last snapshot, and is larger than that; never with 0 percent.
  private static final class Growth {
    private long percentage = 100;
    private long bytesMin = 64L << 20;

    /// Whether so much of the files of blocks is not needed that another snapshot is worth it.
    boolean isDead(long bytes, long dead) {
      return percentage > 0 && dead > Math.max(bytesMin, bytes / 2);
    }

    boolean isReached(long snapshotBytes, long tailBytes) {
      long all = snapshotBytes + tailBytes;
      return percentage > 0
          && all > bytesMin
          && tailBytes * 100.0 / Math.max(1, snapshotBytes) >= percentage;
    }
  }

  /// See [Growth].
  public void takeByItself(long percentage, long bytesMin) {
    growth.percentage = percentage;
    growth.bytesMin = bytesMin;
  }

  /// At most so many pieces are told in a slice, however short they are: for tests.
  public void pace(int newPiecesMax) {
    piecesMax = newPiecesMax;
  }

  /// How the values of the next one are cut: for tests.
  public void cut(Retelling.Pieces newCut) {
    cut = newCut;
  }

  /// Whether there is a log that a snapshot could shorten.
  public boolean isPossible() {
    return log.takesSnapshots() && !broken;
  }

  /// Whether a snapshot is being taken.
  public boolean isUnderWay() {
    return writer != null;
  }

  /// Whether nothing of one is left to be done, and none is wanted.
  public boolean isAtRest() {
    return !wanted && retelling == null && writer == null;
  }

  /// Keeps the next one from beginning, because something else goes through the keys; false if one
  /// is under way.
  public boolean hold() {
    held = retelling == null && writer == null;
    return held;
  }

  /// What [#hold] was for is over.
  public void letGo() {
    held = false;
  }

  /// Whether one begins after this turn.
  public boolean isWanted() {
    return wanted;
  }

  /// Takes one, from the end of this turn on or, if one is under way, behind that.
  public void request() {
    wanted = isPossible();
  }

  /// How many keys the one under way has told.
  public long entriesTold() {
    return retelling == null ? 0 : retelling.entries();
  }

  /// Reads back the one that was taken last.
  public void readBack(Replay replay) {
    log.readSnapshot(replay);
  }

  /// Takes one now; the caller waits. Not between the ops of a transaction. Returns whether it went
  /// well. None may be under way.
  public boolean takeNow() {
    if (isUnderWay() || held || !isPossible()) {
      return false;
    }
    log.seal();
    streams.layingBegins();
    streams.lay(log.hasRoom(), () -> false);
    begin();
    if (writer != null) {
      sliceEndNs = Long.MAX_VALUE;
      run(true);
    }
    return lastWasGood;
  }

  /// Wall clock: when the last one that counts was begun or, if there was none, the broker.
  public long savedMs() {
    return savedMs;
  }

  /// Whether the last one that was tried counts; true if none was.
  public boolean lastWasGood() {
    return lastWasGood;
  }

  /// How long the last one that counts took, -1 if there was none.
  public long lastTookMs() {
    return lastTookMs;
  }

  /// For how long one is under way, -1 if none is.
  public long underWayMs() {
    return isUnderWay() ? tookMs() : -1;
  }

  /// How many were taken since the start.
  public long taken() {
    return taken;
  }

  /// How many changes there were since the state that the last one tells.
  public long changesSince() {
    return changesNow - changesSaved;
  }

  private long tookMs() {
    return (clock.monotonicNs() - begunNs) / 1_000_000;
  }

  private long nowMs() {
    return Math.floorDiv(clock.wallUs(), 1000L);
  }

  /// Is called before each op is applied.
  void before(Op op) {
    changesNow++;
    StateRetelling present = retelling;
    if (present != null) {
      try {
        present.before(op, teller);
      } catch (RuntimeException refused) {
        giveUp(refused);
        // What had to be told before is not needed any more; the marks are.
        present.before(op, teller);
      }
    }
  }

  /// About ten times a second.
  void tick() {
    if (!isUnderWay()
        && isPossible()
        && (lastWasGood || clock.monotonicNs() - begunNs >= RETRY_NS)
        && (growth.isReached(log.snapshotBytes(), log.tailBytes())
            || growth.isDead(streams.fileBytes(), streams.deadBytes() - deadBytes))) {
      wanted = true;
    }
  }

  /// How long it is until there is something to do that nothing else has to happen for first.
  long untilWorkNs() {
    boolean hasWork =
        (wanted && !held && !isUnderWay() && !(laying && streams.waits()))
            || (!waits && (retelling != null || writer != null));
    return hasWork ? Math.max(0, restsUntilNs - clock.monotonicNs()) : Long.MAX_VALUE;
  }

  /// Does a little, between two turns: the open record is empty.
  void slice(boolean isIdle) {
    if ((!wanted || held) && retelling == null && writer == null) {
      return;
    }
    long nowNs = clock.monotonicNs();
    busyNs = isIdle ? busyNs : nowNs;
    boolean isQuiet = nowNs - busyNs > IDLE_AFTER_NS;
    if (nowNs < restsUntilNs && !isQuiet) {
      return;
    }
    pieces = 0;
    long sliceNs = Math.clamp((nowNs - sliceEndedNs) / SHARE, SLICE_MIN_NS, SLICE_MAX_NS);
    sliceEndNs = nowNs + (isQuiet ? IDLE_SLICE_NS : sliceNs);
    if (wanted && !isUnderWay() && isLaid()) {
      begin();
    }
    run(false);
    sliceEndedNs = clock.monotonicNs();
    slicesNs += sliceEndedNs - nowNs;
    longestNs = Math.max(longestNs, sliceEndedNs - nowNs);
    restsUntilNs = isQuiet ? Long.MIN_VALUE : sliceEndedNs + SHARE * SLICE_MIN_NS;
  }

  /// What of the streams can be named is laid down first, so that little of it is told.
  private boolean isLaid() {
    if (!laying) {
      laying = true;
      LOG.debug("blocks of streams are laid down for a snapshot");
      streams.layingBegins();
    }
    return streams.lay(log.hasRoom(), teller::isOver);
  }

  private void begin() {
    wanted = false;
    laying = false;
    finishMarking();
    begunMs = nowMs();
    begunNs = clock.monotonicNs();
    try {
      writer = log.snapshot();
    } catch (WorldFailure refused) {
      failed(refused);
      return;
    }
    slicesNs = 0;
    longestNs = 0;
    changesBegun = changesNow;
    retelling = new StateRetelling(state, cut);
    LOG.debug("a snapshot begins at position {}", log.position());
  }

  /// One that was given up may have left marks to be brought in order.
  private void finishMarking() {
    if (retelling != null) {
      sliceEndNs = Long.MAX_VALUE;
      tell(retelling);
    }
  }

  private void run(boolean blocks) {
    try {
      waits = false;
      if (retelling != null) {
        tell(retelling);
      }
      if (retelling == null && writer != null) {
        goOn(writer, blocks);
      }
    } catch (RuntimeException refused) {
      giveUp(refused);
    }
  }

  private void tell(StateRetelling present) {
    boolean more = present.tell(teller);
    SnapshotWriter file = writer;
    if (!more) {
      retelling = null;
      if (file != null) {
        LOG.debug("the snapshot is told, {} bytes, after {} ms", file.bytes(), tookMs());
        file.end(present.entries());
      }
    } else {
      waits = file != null && file.isBehind();
    }
  }

  private void goOn(SnapshotWriter file, boolean blocks) {
    if (blocks) {
      file.finish(Snapshots::understand);
      succeeded(file);
      return;
    }
    switch (file.advance(Snapshots::understand, teller::isOver)) {
      case MORE -> {}
      case WAITS -> waits = true;
      case DONE -> succeeded(file);
    }
  }

  /// What is read back has to be ops that a start understands.
  private static void understand(long position, ByteReader payload) {
    while (payload.remaining() > 0) {
      OpCodec.decode(payload);
    }
  }

  private void succeeded(SnapshotWriter file) {
    writer = null;
    counts();
    LOG.info(
        "snapshot: the state after position {}, {} bytes, in {} ms, of which slices took {} ms,"
            + " the longest {} us",
        file.position(),
        file.bytes(),
        lastTookMs,
        slicesNs / 1_000_000,
        longestNs / 1_000);
  }

  private void counts() {
    lastWasGood = true;
    savedMs = begunMs;
    lastTookMs = tookMs();
    changesSaved = changesBegun;
    deadBytes = streams.deadBytes();
    taken++;
  }

  private void giveUp(RuntimeException refused) {
    SnapshotWriter file = writer;
    writer = null;
    if (retelling != null) {
      retelling.stop();
    }
    waits = false;
    if (file == null) {
      broken = true;
      retelling = null;
      LOG.error("there will be no snapshot until the next start", refused);
      return;
    }
    file.giveUp();
    if (file.counts()) {
      counts();
      LOG.warn("files that the snapshot makes superfluous stay: {}", refused.getMessage());
    } else {
      failed(refused);
    }
  }

  private void failed(RuntimeException refused) {
    lastWasGood = false;
    if (refused instanceof WorldFailure || refused instanceof DamagedLog) {
      LOG.error("the snapshot is given up; the log has everything: {}", refused.getMessage());
    } else {
      LOG.error("the snapshot is given up; the log has everything", refused);
    }
  }

  /// The broker ends: what is not done is left.
  void close() {
    wanted = false;
    if (writer != null) {
      writer.giveUp();
      writer = null;
    }
  }

  private final Teller teller = new Teller();

  /// Writes what is told until the slice is over or too much waits for the disk.
  private final class Teller implements StateRetelling.Listener {
    @Override
    public void accept(Op op) {
      SnapshotWriter file = writer;
      if (file != null) {
        BlockFiles blocks = log.blocks();
        if (op instanceof StreamOp.RunRestored run && blocks != null) {
          blocks.names(run.file(), run.end(), run.bytes());
        }
        OpCodec.encode(op, file.record());
        file.flush();
      }
    }

    @Override
    public void string(int database, Entry entry, StringValue string) {
      SnapshotWriter file = writer;
      if (file != null) {
        string.encodePlain(database, entry.key(), entry.expiresAtMs(), file.record());
        file.flush();
      }
    }

    @Override
    public boolean hasEnough() {
      SnapshotWriter file = writer;
      return isOver() || (sliceEndNs != Long.MAX_VALUE && file != null && file.isBehind());
    }

    boolean isOver() {
      return sliceEndNs != Long.MAX_VALUE
          && (++pieces > piecesMax || clock.monotonicNs() >= sliceEndNs);
    }
  }
}
