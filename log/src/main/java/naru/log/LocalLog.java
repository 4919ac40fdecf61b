package naru.log;

import java.io.IOException;
import java.util.ArrayList;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
/// **No room.** When the disk is nearly full the log says so ([#hasRoom]) and takes what little is
/// written all the same. When it is full to the last byte, what was written in part is cut off, and
/// kept in memory until there is room. It is tried again a few times a second.
///
/// Used by one thread. Only the end of a sync comes from elsewhere, through the mailbox.
public final class LocalLog implements OpsLog {
  private static final Logger LOG = LoggerFactory.getLogger(LocalLog.class);
  private static final long SECOND_NS = 1_000_000_000;

  static final long NONE = -1;

  /// Room enough for a new file, whatever the file system needs for it beside the header.
  private static final long NEW_FILE_BYTES = 8192;

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

  /// Records, complete, that the disk had no room for.
  private final ByteWriter heldBack = new ByteWriter(0);

  private final Room room;
  private boolean hadRoom;
  private boolean syncing;
  private long syncedAtNs;
  private @Nullable WorldFailure failure;

  private final BlockFiles blocks;

  /// Of the snapshot that counts, [#NONE] if there is none. A newer one may have its name, and not
  /// for good: the disk has refused to keep it.
  private long snapshotPosition;

  /// What that snapshot takes, and the records behind it.
  private long snapshotBytes;

  private long tailBytes;
  private int holds;
  private boolean closed;

  /// What a start found.
  ///
  /// @param position of the last record, up to which everything is synced
  /// @param snapshotPosition of the newest snapshot, [#NONE] if there is none
  /// @param snapshotBytes what it takes
  /// @param tailBytes of the records behind it
  record Found(
      long position,
      long snapshotPosition,
      long snapshotBytes,
      long tailBytes,
      BlockFiles blocks) {}

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
    room = new Room(disk, settings.reserveBytes());
    hadRoom = true;
    noteRoom();
    sealed = found.position();
    handed = sealed;
    synced = sealed;
    safe = sealed;
    wanted = sealed;
    snapshotPosition = found.snapshotPosition();
    snapshotBytes = found.snapshotBytes();
    tailBytes = found.tailBytes();
    blocks = found.blocks();
    blocks.started(mailbox, room);
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
      if (!holdsBack() && isFull() && room.isThereFor(record.length() + NEW_FILE_BYTES)) {
        rotate();
      }
      LogFormat.fill(record, sealed, salt, synced, checksum);
      if (holdsBack() || !append(record)) {
        heldBack.write(record.array(), 0, record.length());
        noteRoom();
        return;
      }
    } catch (WorldFailure refused) {
      fail(refused);
      return;
    }
    noteRoom();
    handedAll(record.length());
  }

  private void handedAll(int bytes) {
    handed = sealed;
    tailBytes += bytes;
    if (durability == Durability.ALWAYS) {
      requestSync();
    } else {
      safe = handed;
    }
  }

  private boolean holdsBack() {
    return heldBack.length() > 0;
  }

  /// Appends all of `bytes`, or nothing: false if there is no room.
  private boolean append(ByteWriter bytes) {
    long sizeBytes = file.sizeBytes();
    try {
      file.append(bytes.array(), 0, bytes.length());
    } catch (WorldFailure refused) {
      if (!refused.isNoRoom()) {
        throw refused;
      }
      file.truncate(sizeBytes);
      return false;
    }
    room.wrote(bytes.length());
    return true;
  }

  /// Tries again to hand over what was held back.
  private void handHeldBack() {
    if (!holdsBack() || failure != null) {
      return;
    }
    try {
      if (append(heldBack)) {
        int bytes = heldBack.length();
        heldBack.clear(0);
        handedAll(bytes);
      }
    } catch (WorldFailure refused) {
      fail(refused);
    }
  }

  @Override
  public boolean hasRoom() {
    return hadRoom;
  }

  @Override
  public void reserve(long bytes) {
    room.reserve(bytes);
    noteRoom();
  }

  private void noteRoom() {
    boolean hasRoom = room.isThere() && !holdsBack();
    if (hasRoom != hadRoom) {
      hadRoom = hasRoom;
      mailbox.accept(() -> listener.roomChanged(hasRoom));
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
  public BlockFiles blocks() {
    return blocks;
  }

  @Override
  public SnapshotWriter snapshot() {
    if (failure != null) {
      throw failure;
    }
    if (!isOpenRecordEmpty()) {
      throw new IllegalStateException("a snapshot begins between two records");
    }
    if (holdsBack() || !room.isThere()) {
      throw noRoom();
    }
    return new SnapshotWriter(disk, this, mailbox, sealed, randomness.nextLong());
  }

  /// A snapshot is about to grow. It is worth nothing until it is whole, so it takes nothing of the
  /// reserve: that is for what has to be written.
  void checkRoomFor(long bytes) {
    if (!room.isThereFor(bytes)) {
      throw noRoom();
    }
  }

  private static WorldFailure noRoom() {
    return WorldFailure.noRoom(
        "no snapshot", new IOException("the disk has no room beside its reserve"));
  }

  @Override
  public HeldFiles hold() {
    if (failure != null) {
      throw failure;
    }
    if (!isOpenRecordEmpty()) {
      throw new IllegalStateException("files are held between two records");
    }
    List<HeldFiles.Piece> pieces = new ArrayList<>();
    if (snapshotPosition != NONE) {
      pieces.addAll(blocks.named());
      pieces.add(piece(LogNames.snapshot(snapshotPosition)));
    }
    long from = Math.max(snapshotPosition, 0) + 1;
    for (long first : Recovery.needed(LogNames.logs(disk.list()), from)) {
      pieces.add(piece(LogNames.log(first)));
    }
    holds++;
    return new HeldFiles(handed, pieces);
  }

  private HeldFiles.Piece piece(String name) {
    if (name.equals(file.name())) {
      return new HeldFiles.Piece(name, file.sizeBytes());
    }
    try (DiskFile whole = disk.open(name)) {
      return new HeldFiles.Piece(name, whole.sizeBytes());
    }
  }

  @Override
  public int holds() {
    return holds;
  }

  @Override
  public void letGo() {
    if (holds == 0) {
      throw new IllegalStateException("nothing is held");
    }
    holds--;
    if (holds > 0 || closed || failure != null) {
      return;
    }
    try {
      boolean more = snapshotPosition != NONE;
      while (more) {
        String name = LogNames.superfluous(disk.list(), snapshotPosition);
        more = name != null;
        if (name != null) {
          disk.delete(name);
        }
      }
      while (blocks.cleanNext()) {
        LOG.debug("a file of blocks that was held is not needed any more");
      }
    } catch (WorldFailure refused) {
      LOG.warn("files that are not needed any more stay: {}", refused.getMessage());
    }
  }

  @Override
  public void readSnapshot(Replay replay) {
    if (snapshotPosition == NONE) {
      return;
    }
    try (DiskFile snapshot = disk.open(LogNames.snapshot(snapshotPosition))) {
      SnapshotReader reader =
          new SnapshotReader(snapshot, snapshotPosition, "Take another snapshot.");
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
  void snapshotCounts(long position, long bytes, long tailBytesBefore) {
    snapshotPosition = position;
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

  /// Whether clients wait for syncs.
  boolean syncsForClients() {
    return durability == Durability.ALWAYS;
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
    room.look();
    handHeldBack();
    noteRoom();
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
    handHeldBack();
    closed = true;
    try {
      if (holdsBack() && failure == null) {
        throw new WorldFailure("no room on the disk for the last records of the log");
      }
      if (failure == null) {
        file.sync();
        synced = handed;
        safe = handed;
      }
      file.close();
      blocks.close();
    } catch (WorldFailure refused) {
      failure = refused;
      listener.failed(refused);
    }
  }
}
