package naru.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import naru.bytes.ByteWriter;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// Writes what the state was after one record, so that the records up to there are not needed any
/// more.
///
/// The file has another name until it counts. In this order, and each step ends before the next
/// begins:
///
/// 1. records are written and synced beside the caller as they grow; the closing one ends it;
/// 2. files of blocks that it names are synced, and what is new in them read back and checked; so
///    is then the file itself, to its end;
/// 3. the log is synced up to the position;
/// 4. the file gets its name, and the directory is synced: from here on a start begins with it;
/// 5. what only lies before is deleted: older snapshots, then log files, the oldest first; then
///    files of blocks that it does not name.
///
/// Every method but [#giveUp] throws [WorldFailure] when the disk refuses, or [DamagedLog] when it
/// gives back something else than it was given; then this is to be given up. Nothing is lost by it.
///
/// Used by the thread of its log. Only the end of what is done beside it comes from elsewhere,
/// through
/// the mailbox.
public final class SnapshotWriter {
  private static final int RECORD_BYTES = 64 << 10;

  /// So many records are being written at most; who must not wait then writes one himself.
  private static final int WRITES_MAX = 8;

  private static final long SYNC_EACH_BYTES = 1 << 20;
  private static final long UNSYNCED_MAX_BYTES = 4 << 20;

  /// As much, when nobody waits for syncs and they take long.
  private static final long SLOW_UNSYNCED_MAX_BYTES = 64 << 20;

  private static final String ADVICE = "The snapshot is given up; the log has everything.";

  private enum Step {
    WRITE,
    BLOCKS,
    SYNC,
    CHECK,
    LOG,
    NAME,
    NAMED,
    CLEAN,
    DONE
  }

  /// How far [#advance] came.
  public enum Progress {
    /// There is more to do.
    MORE,
    /// There is nothing to do until a sync has ended.
    WAITS,
    /// The snapshot counts, and what it made superfluous is gone.
    DONE
  }

  private final Disk disk;
  private final LocalLog log;
  private final BlockFiles blockFiles;
  private final Consumer<Runnable> mailbox;
  private final long position;
  private final long salt;
  private final long tailBytes;
  private final DiskFile file;
  private final Deque<ByteWriter> spare = new ArrayDeque<>();
  private final CRC32C checksum = new CRC32C();

  private ByteWriter record = buffer();
  private int writes;
  private Step step = Step.WRITE;
  private long records;
  private long payloadBytes;
  private long syncedBytes;
  private long unsyncedMaxBytes = UNSYNCED_MAX_BYTES;
  private boolean syncing;
  private boolean closed;
  private boolean deleting;
  private @Nullable WorldFailure failure;
  private @Nullable SnapshotReader check;

  /// Begins a snapshot of the state after the log's record at `position`, its last.
  SnapshotWriter(Disk disk, LocalLog log, Consumer<Runnable> mailbox, long position, long salt) {
    this.disk = disk;
    this.log = log;
    this.mailbox = mailbox;
    this.position = position;
    this.salt = salt;
    tailBytes = log.tailBytes();
    blockFiles = log.blocks();
    blockFiles.namingBegins();
    String name = LogNames.part(position);
    if (disk.list().contains(name)) {
      disk.delete(name);
    }
    file = disk.create(name);
    byte[] header = LogFormat.SNAPSHOT.header(new LogFormat.Header(position, salt));
    try {
      file.append(header, 0, header.length);
    } catch (WorldFailure refused) {
      giveUp();
      throw refused;
    }
  }

  private static ByteWriter buffer() {
    ByteWriter buffer = new ByteWriter(RECORD_BYTES + (RECORD_BYTES >> 1));
    LogFormat.reserve(buffer);
    return buffer;
  }

  /// Where what is told next is written to. [#flush] has to be called now and then; then it may be
  /// another.
  public ByteWriter record() {
    return record;
  }

  public long position() {
    return position;
  }

  /// What was handed over so far.
  public long bytes() {
    return file.sizeBytes();
  }

  /// Whether so much waits for the disk that it is better not to tell more for now.
  public boolean isBehind() {
    return writes == WRITES_MAX || (syncing && bytes() - syncedBytes > unsyncedMaxBytes);
  }

  /// On a disk that is busy a sync takes as long for a little as for much. Where clients wait for
  /// syncs of their own, these must not stand behind much; else more is told with each.
  private void pace() {
    if (log.syncsForClients()) {
      unsyncedMaxBytes = UNSYNCED_MAX_BYTES;
    } else if (bytes() - syncedBytes > unsyncedMaxBytes) {
      unsyncedMaxBytes = Math.min(2 * unsyncedMaxBytes, SLOW_UNSYNCED_MAX_BYTES);
    }
  }

  /// Hands the open record to the system if it is large.
  public void flush() {
    throwFailure();
    if (record.length() >= RECORD_BYTES) {
      hand(LogFormat.PLAIN);
      if (bytes() - syncedBytes > SYNC_EACH_BYTES) {
        startSync();
      }
    }
  }

  private void hand(int mark) {
    records++;
    if (mark == LogFormat.PLAIN) {
      payloadBytes += record.length() - LogFormat.RECORD_HEADER_BYTES;
    }
    // The distance from what is synced, in a record of the log, is the mark here.
    LogFormat.fill(record, records, salt, records - 1 - mark, checksum);
    log.checkRoomFor(record.length());
    if (writes < WRITES_MAX) {
      writeBeside(record);
      record = spare.isEmpty() ? buffer() : spare.remove();
    } else {
      file.append(record.array(), 0, record.length());
      reset(record);
    }
  }

  private void writeBeside(ByteWriter buffer) {
    writes++;
    file.appendThen(
        buffer.array(),
        0,
        buffer.length(),
        refused -> mailbox.accept(() -> writeEnded(buffer, refused)));
  }

  private void writeEnded(ByteWriter buffer, @Nullable WorldFailure refused) {
    writes--;
    failure = failure == null ? refused : failure;
    reset(buffer);
    spare.add(buffer);
  }

  private static void reset(ByteWriter buffer) {
    buffer.clear(RECORD_BYTES * 2);
    LogFormat.reserve(buffer);
  }

  /// All was told: closes the file's content.
  ///
  /// @param entries how many keys were told
  public void end(long entries) {
    throwFailure();
    if (record.length() > LogFormat.RECORD_HEADER_BYTES) {
      hand(LogFormat.PLAIN);
    }
    record.writeLong(records);
    record.writeLong(payloadBytes);
    record.writeLong(entries);
    hand(LogFormat.CLOSING);
    step = Step.BLOCKS;
  }

  /// After [#end], goes on towards the name, until there is nothing to do for now or the caller has
  /// enough.
  ///
  /// @param understood looks at each record that is read back
  public Progress advance(Replay understood, BooleanSupplier hasEnough) {
    Progress progress = Progress.MORE;
    while (progress == Progress.MORE && !hasEnough.getAsBoolean()) {
      progress = advance(understood, false);
    }
    return progress;
  }

  /// As [#advance], to the end: the caller waits for the disk.
  public void finish(Replay understood) {
    Progress progress = Progress.MORE;
    while (progress != Progress.DONE) {
      progress = advance(understood, true);
    }
  }

  private Progress advance(Replay understood, boolean blocks) {
    throwFailure();
    return switch (step) {
      case WRITE -> throw new IllegalStateException("the snapshot was not told to its end");
      case BLOCKS -> blocks(blocks);
      case SYNC -> sync(blocks);
      case CHECK -> check(understood);
      case LOG -> syncLog(blocks);
      case NAME -> name(blocks);
      case NAMED -> named(blocks);
      case CLEAN -> clean(blocks);
      case DONE -> Progress.DONE;
    };
  }

  private Progress blocks(boolean blocks) {
    if (!blockFiles.syncNamed(blocks)) {
      return Progress.WAITS;
    }
    if (!blockFiles.checkNext()) {
      step = Step.SYNC;
    }
    return Progress.MORE;
  }

  private Progress sync(boolean blocks) {
    if (blocks) {
      file.sync();
      syncedBytes = bytes();
    }
    if (syncedBytes == bytes()) {
      step = Step.CHECK;
      return Progress.MORE;
    }
    startSync();
    return Progress.WAITS;
  }

  private void startSync() {
    if (syncing) {
      return;
    }
    syncing = true;
    long target = bytes();
    file.syncThen(refused -> mailbox.accept(() -> syncEnded(target, refused)));
  }

  private void syncEnded(long target, @Nullable WorldFailure refused) {
    syncing = false;
    pace();
    syncedBytes = Math.max(syncedBytes, refused == null ? target : 0);
    failure = failure == null ? refused : failure;
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private Progress check(Replay understood) {
    if (check == null) {
      check = new SnapshotReader(file, position, ADVICE, 2 * RECORD_BYTES);
    }
    if (!check.next(understood)) {
      step = Step.LOG;
    }
    return Progress.MORE;
  }

  private Progress syncLog(boolean blocks) {
    if (log.syncedPosition() >= position) {
      step = Step.NAME;
      return Progress.MORE;
    }
    log.syncSoon(blocks);
    return blocks ? Progress.MORE : Progress.WAITS;
  }

  private Progress name(boolean blocks) {
    close();
    disk.rename(LogNames.part(position), LogNames.snapshot(position));
    step = Step.NAMED;
    if (!blocks) {
      disk.syncThen(refused -> mailbox.accept(() -> nameSynced(refused)));
    }
    return Progress.MORE;
  }

  private void nameSynced(@Nullable WorldFailure refused) {
    if (refused == null) {
      nameCounts();
    } else {
      failure = refused;
    }
  }

  private void nameCounts() {
    log.snapshotCounts(position, bytes(), tailBytes);
    blockFiles.namingCounts();
    step = Step.CLEAN;
  }

  private Progress named(boolean blocks) {
    if (!blocks) {
      return Progress.WAITS;
    }
    disk.sync();
    nameCounts();
    return Progress.MORE;
  }

  /// Deletes one file that is not needed any more.
  private Progress clean(boolean blocks) {
    if (deleting) {
      return Progress.WAITS;
    }
    // What is held goes when it is let go.
    if (log.holds() == 0) {
      String superfluous = LogNames.superfluous(disk.list(), position);
      if (superfluous != null) {
        delete(superfluous, blocks);
        return Progress.MORE;
      }
      if (blockFiles.cleanNext()) {
        return Progress.MORE;
      }
    }
    step = Step.DONE;
    return Progress.DONE;
  }

  private void delete(String superfluous, boolean blocks) {
    if (blocks) {
      disk.delete(superfluous);
    } else {
      deleting = true;
      disk.deleteThen(superfluous, refused -> mailbox.accept(() -> deleted(refused)));
    }
  }

  private void deleted(@Nullable WorldFailure refused) {
    deleting = false;
    failure = failure == null ? refused : failure;
  }

  /// Whether the snapshot has its name, for good: what fails from here on leaves files that are not
  /// needed, and nothing worse.
  public boolean counts() {
    return step == Step.CLEAN || step == Step.DONE;
  }

  private void close() {
    if (!closed) {
      closed = true;
      file.close();
    }
  }

  /// Leaves it at that; the file goes if the disk lets it.
  public void giveUp() {
    try {
      close();
      if (!counts()) {
        disk.delete(LogNames.part(position));
      }
    } catch (WorldFailure _) {
      // It never had a name that counts; the next start deletes it.
      closed = true;
    }
  }
}
