package naru.log;

import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import naru.bytes.ByteWriter;
import naru.world.Clock;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.Randomness;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// The log of one machine: files `log-POSITION.naru` in one directory, each named after its first
/// record. [LogFormat] draws the bytes; [Recovery] opens it.
///
/// **Order of safety.** A file is synced to its end before the next one is created, and a file's
/// header and name are synced before its first record is written. So only the last file can have a
/// torn tail, and only in its records.
///
/// **Group commit.** At most one sync is under way. What is sealed meanwhile is covered by the
/// next, which starts when the first ends: a sync is shared by all that waits for it. While syncs
/// are quick ([SyncPace]), the caller waits for them instead, and what comes in meanwhile shares
/// the next.
///
/// **Failure.** After a failed write or sync nobody knows what the disk holds: the log takes
/// records and gives them positions, but writes nothing and lets no position become safe again.
///
/// Used by one thread. Only the end of a sync comes from elsewhere, through the mailbox.
public final class LocalLog implements OpsLog {
  private static final long SECOND_NS = 1_000_000_000;

  private final Disk disk;
  private final Clock clock;
  private final SyncPace pace;
  private final Randomness randomness;
  private final LogSettings settings;
  private final Consumer<Runnable> mailbox;
  private final LogListener listener;
  private final ByteWriter record;
  private final CRC32C checksum = new CRC32C();

  private DiskFile file;
  private long salt;
  private Durability durability;

  // synced <= handed <= sealed; handed is what the system took, sealed counts what it refused too.
  private long sealed;
  private long handed;
  private long synced;
  private long safe;

  /// Up to where a sync was asked for.
  private long wanted;

  private boolean syncing;
  private long syncedAtNs;
  private @Nullable WorldFailure failure;

  /// What the newest snapshot takes, and the records behind it.
  private long snapshotBytes;

  private long tailBytes;
  private boolean closed;

  /// What a start found.
  ///
  /// @param position of the last record, up to which everything is synced
  /// @param snapshotBytes of the newest snapshot, 0 if there is none
  /// @param tailBytes of the records behind it
  record Found(long position, long snapshotBytes, long tailBytes) {}

  /// Goes on in `open`, the last file.
  LocalLog(
      Disk disk,
      Clock clock,
      Randomness randomness,
      LogSettings settings,
      OpenFile open,
      Found found,
      Consumer<Runnable> mailbox,
      LogListener listener) {
    this.disk = disk;
    this.clock = clock;
    this.pace = new SyncPace(settings.quickSyncNs());
    this.randomness = randomness;
    this.settings = settings;
    this.mailbox = mailbox;
    this.listener = listener;
    record = new ByteWriter(Math.min(settings.keepBytes(), 64 << 10));
    LogFormat.reserve(record);
    file = open.file();
    salt = open.salt();
    durability = settings.durability();
    sealed = found.position();
    handed = sealed;
    synced = sealed;
    safe = sealed;
    wanted = sealed;
    snapshotBytes = found.snapshotBytes();
    tailBytes = found.tailBytes();
  }

  /// A file that records can be appended to.
  record OpenFile(DiskFile file, long salt) {
    /// A new file for the records from `firstPosition` on; it is on the disk when this returns.
    static OpenFile create(Disk disk, long firstPosition, long salt) {
      DiskFile file = disk.create(LogNames.log(firstPosition));
      return begin(disk, file, firstPosition, salt);
    }

    /// Writes the header of an empty file.
    static OpenFile begin(Disk disk, DiskFile file, long firstPosition, long salt) {
      byte[] header = LogFormat.LOG.header(new LogFormat.Header(firstPosition, salt));
      file.append(header, 0, header.length);
      file.sync();
      disk.sync();
      return new OpenFile(file, salt);
    }
  }

  @Override
  public ByteWriter record() {
    return record;
  }

  @Override
  public long position() {
    return isOpenRecordEmpty() ? sealed : sealed + 1;
  }

  @Override
  public void seal() {
    if (isOpenRecordEmpty()) {
      return;
    }
    sealed++;
    if (failure == null) {
      hand();
    }
    record.clear(settings.keepBytes());
    LogFormat.reserve(record);
  }

  private boolean isOpenRecordEmpty() {
    return record.length() <= LogFormat.RECORD_HEADER_BYTES;
  }

  private void hand() {
    try {
      if (isFull()) {
        rotate();
      }
      LogFormat.fill(record, sealed, salt, synced, checksum);
      file.append(record.array(), 0, record.length());
    } catch (WorldFailure refused) {
      fail(refused);
      return;
    }
    handed = sealed;
    tailBytes += record.length();
    if (durability == Durability.ALWAYS) {
      requestSync();
    } else {
      safe = handed;
    }
  }

  /// A full file waits a little for a moment when nothing in it is unsynced, because then the
  /// change to the next one need not wait for the disk.
  private boolean isFull() {
    long size = file.sizeBytes();
    if (size == LogFormat.FILE_HEADER_BYTES || size + record.length() <= settings.fileBytesMax()) {
      return false;
    }
    if (synced == handed || size > settings.fileBytesMax() + settings.fileBytesMax() / 4) {
      return true;
    }
    requestSync();
    return false;
  }

  private void rotate() {
    if (synced < handed) {
      file.sync();
      synced = handed;
      safe = handed;
    }
    file.close();
    OpenFile next = OpenFile.create(disk, sealed, randomness.nextLong());
    file = next.file();
    salt = next.salt();
  }

  private void requestSync() {
    wanted = handed;
    startSync();
  }

  private void startSync() {
    if (syncing || wanted <= synced || failure != null) {
      return;
    }
    long startNs = clock.monotonicNs();
    if (durability == Durability.ALWAYS && pace.isQuick()) {
      syncNow(startNs);
    } else {
      syncBeside(startNs);
    }
  }

  private void syncNow(long startNs) {
    try {
      file.sync();
    } catch (WorldFailure refused) {
      fail(refused);
      return;
    }
    pace.took(clock.monotonicNs() - startNs);
    synced = handed;
    safe = handed;
  }

  private void syncBeside(long startNs) {
    syncing = true;
    long target = handed;
    try {
      file.syncThen(
          refused -> {
            long tookNs = clock.monotonicNs() - startNs;
            mailbox.accept(() -> syncEnded(target, tookNs, refused));
          });
    } catch (WorldFailure refused) {
      fail(refused);
    }
  }

  private void syncEnded(long target, long tookNs, @Nullable WorldFailure refused) {
    syncing = false;
    pace.took(tookNs);
    if (closed || failure != null) {
      return;
    }
    if (refused != null) {
      fail(refused);
      return;
    }
    synced = Math.max(synced, target);
    long reached = durability == Durability.ALWAYS ? synced : handed;
    startSync();
    if (reached > safe) {
      safe = reached;
      listener.safe(safe);
    }
  }

  private void fail(WorldFailure refused) {
    failure = refused;
    mailbox.accept(() -> listener.failed(refused));
  }

  @Override
  public long safePosition() {
    return safe;
  }

  @Override
  public long syncedPosition() {
    return synced;
  }

  @Override
  public boolean takesSnapshots() {
    return true;
  }

  @Override
  public SnapshotWriter snapshot() {
    if (failure != null) {
      throw failure;
    }
    if (!isOpenRecordEmpty()) {
      throw new IllegalStateException("a snapshot begins between two records");
    }
    return new SnapshotWriter(disk, this, mailbox, sealed, randomness.nextLong());
  }

  @Override
  public void readSnapshot(Replay replay) {
    List<Long> positions = LogNames.snapshots(disk.list());
    if (positions.isEmpty()) {
      return;
    }
    try (DiskFile snapshot = disk.open(LogNames.snapshot(positions.getLast()))) {
      SnapshotReader reader =
          new SnapshotReader(snapshot, positions.getLast(), "Take another snapshot.");
      boolean more = true;
      while (more) {
        more = reader.next(replay);
      }
      replay.snapshotEnded(reader.entries());
    }
  }

  @Override
  public long snapshotBytes() {
    return snapshotBytes;
  }

  @Override
  public long tailBytes() {
    return tailBytes;
  }

  /// A snapshot counts from now on, before which records of `tailBytesBefore` bytes lie that were
  /// behind the one before.
  void snapshotCounts(long bytes, long tailBytesBefore) {
    snapshotBytes = bytes;
    tailBytes -= tailBytesBefore;
  }

  /// Syncs what was sealed, whatever the durability: beside the caller or, if it `blocks`, now.
  void syncSoon(boolean blocks) {
    if (failure != null) {
      throw failure;
    }
    if (!blocks) {
      requestSync();
      return;
    }
    try {
      file.sync();
    } catch (WorldFailure refused) {
      fail(refused);
      throw refused;
    }
    synced = handed;
    safe = handed;
  }

  public Durability durability() {
    return durability;
  }

  /// Asks for another durability from the next record on. What is safe already stays so.
  public void durability(Durability other) {
    durability = other;
    if (other == Durability.ALWAYS) {
      requestSync();
    } else if (failure == null) {
      safe = handed;
    }
  }

  @Override
  public void tick(long monotonicNs) {
    if (durability == Durability.EVERYSEC && monotonicNs - syncedAtNs >= SECOND_NS) {
      syncedAtNs = monotonicNs;
      requestSync();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    seal();
    closed = true;
    try {
      if (failure == null) {
        file.sync();
        synced = handed;
        safe = handed;
      }
      file.close();
    } catch (WorldFailure refused) {
      failure = refused;
      listener.failed(refused);
    }
  }
}
