package naru.reactor;

import java.util.function.BooleanSupplier;
import naru.engine.State;
import naru.engine.stream.StreamRegister;
import naru.engine.stream.StreamValue;
import naru.engine.stream.block.BlockShelf;
import naru.engine.stream.block.BlockStore;
import naru.engine.stream.block.UnreadableBlock;
import naru.log.BlockFiles;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves sealed blocks of streams out to files: when they take more memory than they may, and
/// before a snapshot, which then names them instead of copying them.
///
/// That a block has moved is no change of the state, so it stands in no record. Each stream gives
/// its oldest blocks first; streams take turns.
public final class StreamStorage {
  private static final Logger LOG = LoggerFactory.getLogger(StreamStorage.class);

  /// So much is moved in a turn, unless far too much is in memory.
  private static final long TURN_BYTES = 2 << 20;

  private static final long EXCESS_MIN_BYTES = 16 << 20;

  /// Less of a stream than this is not worth a run: the snapshot itself takes it.
  private static final long LAID_MIN_BYTES = 64 << 10;

  /// So much may be laid down for a snapshot before a sync has ended.
  private static final long UNSYNCED_MAX_BYTES = 32 << 20;

  /// All streams are gone over so often before a snapshot, as long as it is worth it: what was
  /// written meanwhile is laid down too, which is less each time. What is left then is copied.
  private static final int ROUNDS_MAX = 3;

  private static final long ROUND_MIN_BYTES = 4 << 20;

  /// After the disk has refused, about five seconds.
  private static final int REST_TICKS = 50;

  private final State state;
  private final BlockShelf shelf;
  private final @Nullable BlockFiles files;
  private final @Nullable BlockStore store;
  private long unsaidBytes = Long.MAX_VALUE;
  private long limitBytes = Long.MAX_VALUE;
  private long laidMinBytes = LAID_MIN_BYTES;
  private int restTicks;
  private int turn;
  private int database;
  private int streamsLeft;
  private int nextRun;
  private @Nullable StreamValue current;

  /// Where the current stream ended when its turn came: it may grow faster than it is laid down.
  private long layBefore;

  private int round;
  private long laidInRound;
  private long laidSinceSync;
  private long syncsSeen;
  private boolean waits;

  /// @param files null if everything stays in memory
  StreamStorage(State state, @Nullable BlockFiles files) {
    this.state = state;
    this.shelf = state.shelf();
    this.files = files;
    this.store = files == null ? null : new FiledBlocks(files);
    if (store != null) {
      shelf.store(store);
    }
  }

  /// How many bytes of sealed blocks may be in memory, over all streams. 0: see [#whenUnsaid].
  public void limit(long bytes) {
    limitBytes = bytes;
  }

  /// What a limit of 0 means.
  public void whenUnsaid(long bytes) {
    unsaidBytes = bytes;
  }

  /// Streams with less than this to move are left to the snapshot itself: for tests.
  public void laidMin(long bytes) {
    laidMinBytes = bytes;
  }

  private long limitBytes() {
    return limitBytes == 0 ? unsaidBytes : limitBytes;
  }

  /// What all files of blocks take.
  public long fileBytes() {
    return files == null ? 0 : files.bytes();
  }

  /// How many files of blocks there are.
  public int files() {
    return files == null ? 0 : files.count();
  }

  /// What of the files no stream needs.
  long deadBytes() {
    return fileBytes() - state.streamFiledBytes();
  }

  /// About ten times a second.
  void tick() {
    restTicks = Math.max(0, restTicks - 1);
  }

  /// Moves a little if there is too much in memory; returns whether there is still too much, and
  /// more can be moved at once.
  boolean relieve(boolean hasRoom) {
    if (store == null || state.streamMemoryBytes() <= limitBytes()) {
      return false;
    }
    if (!hasRoom || restTicks > 0) {
      return false;
    }
    long limit = limitBytes();
    return relieve(store, limit, limit + Math.max(EXCESS_MIN_BYTES, limit / 4), TURN_BYTES);
  }

  /// Moves all that is too much.
  void relieveAll() {
    if (store != null && restTicks == 0 && state.streamMemoryBytes() > limitBytes()) {
      relieve(store, limitBytes(), limitBytes(), Long.MAX_VALUE);
    }
  }

  private boolean relieve(BlockStore to, long limit, long most, long budget) {
    long moved = 0;
    try {
      long memory = state.streamMemoryBytes();
      while (memory > limit && (moved < budget || memory > most)) {
        moved += relieveOne(to);
        long left = state.streamMemoryBytes();
        if (left == memory) {
          return false;
        }
        memory = left;
      }
      return memory > limit;
    } catch (WorldFailure refused) {
      refused(refused);
      return false;
    }
  }

  private void refused(WorldFailure refused) {
    restTicks = REST_TICKS;
    LOG.warn("blocks of streams stay in memory for now: {}", refused.getMessage());
  }

  /// Has the next stream give something; streams that have nothing in memory are passed over.
  private long relieveOne(BlockStore to) {
    for (int i = 0; i < State.DATABASES; i++) {
      int from = turn;
      StreamRegister streams = state.database(from).streams();
      turn = (turn + 1) % State.DATABASES;
      if (streams.memoryBytes() > 0) {
        for (int left = streams.size(); left > 0; left--) {
          StreamValue stream = streams.next();
          if (stream != null) {
            long before = stream.sizeBytes();
            long given = stream.relieve(shelf, to);
            state.resized(from, stream.sizeBytes() - before);
            if (given > 0) {
              return given;
            }
          }
        }
      }
    }
    return 0;
  }

  /// A snapshot is about to begin: all streams are gone over.
  void layingBegins() {
    round = 0;
    waits = false;
    roundBegins();
  }

  private void roundBegins() {
    round++;
    laidInRound = 0;
    database = 0;
    streamsLeft = state.database(0).streams().size();
    current = null;
  }

  /// Whether laying down goes on when a sync has ended, and not before.
  boolean waits() {
    return waits;
  }

  /// Lays down what is in memory alone, and again what lies in files that are to be left, until
  /// somebody has enough; returns whether all is done. Ends after a bounded number of pieces and
  /// syncs, however much is written meanwhile.
  boolean lay(boolean hasRoom, BooleanSupplier hasEnough) {
    if (store == null || files == null || !hasRoom || restTicks > 0) {
      return true;
    }
    waits = false;
    try {
      while (!hasEnough.getAsBoolean()) {
        if (isBehind(files)) {
          waits = true;
          return false;
        }
        StreamValue stream = current;
        if (stream == null) {
          if (!enterNext()) {
            if (round >= ROUNDS_MAX || laidInRound < ROUND_MIN_BYTES) {
              return true;
            }
            roundBegins();
          }
        } else if (!layPiece(stream, store)) {
          current = null;
        }
      }
      return false;
    } catch (WorldFailure refused) {
      refused(refused);
      return true;
    }
  }

  /// Whether so much waits for the disk that it is better not to lay down more for now. What is
  /// moved because there is no room in memory does not count: that may go on for ever.
  private boolean isBehind(BlockFiles to) {
    if (to.syncs() != syncsSeen) {
      syncsSeen = to.syncs();
      laidSinceSync = 0;
    }
    return laidSinceSync > UNSYNCED_MAX_BYTES && to.isSyncing();
  }

  private boolean enterNext() {
    while (streamsLeft == 0) {
      if (++database >= State.DATABASES) {
        return false;
      }
      streamsLeft = state.database(database).streams().size();
    }
    streamsLeft--;
    StreamValue stream = state.database(database).streams().nextToLay();
    current = stream;
    layBefore = stream == null ? 0 : stream.nextOrdinal();
    nextRun = round == 1 ? 0 : Integer.MAX_VALUE;
    return true;
  }

  /// Returns whether there was anything left to do for the stream.
  private boolean layPiece(StreamValue stream, BlockStore to) {
    if (!state.database(database).streams().has(stream)) {
      return false;
    }
    long before = stream.sizeBytes();
    long laid = layOne(stream, to);
    laidInRound += laid;
    laidSinceSync += laid;
    state.resized(database, stream.sizeBytes() - before);
    return laid > 0;
  }

  private long layOne(StreamValue stream, BlockStore to) {
    if (to.hasFilesToBeLeft()) {
      while (nextRun < stream.runs()) {
        long laid = layAgain(stream, nextRun++, to);
        if (laid > 0) {
          return laid;
        }
      }
    }
    return stream.lay(shelf, to, laidMinBytes, layBefore);
  }

  private static long layAgain(StreamValue stream, int run, BlockStore to) {
    try {
      return stream.layAgain(run, to);
    } catch (UnreadableBlock unreadable) {
      LOG.error("blocks of a stream stay where they are: {}", unreadable.what());
      return 0;
    }
  }
}
