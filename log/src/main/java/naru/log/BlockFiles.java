package naru.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.Randomness;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// Files of blocks: bytes that were moved out of memory. What they mean is not known here.
///
/// ```
/// file     0        8         12         16         24         32
///          +--------+---------+----------+----------+----------+-------+-------+---
///          | NARUBLK| version | checksum | number   | salt     | block | block | ...
///          |   \n   | u32 = 1 | u32      | of file  |          |       |       |
///          +--------+---------+----------+----------+----------+-------+-------+---
///
/// block    0          4         8            16
///          +----------+---------+------------+---------+
///          | checksum | length  | offset     | bytes   |
///          | u32      | u32     | xor salt   |         |
///          +----------+---------+------------+---------+
/// ```
///
/// Numbers are little-endian; a checksum is the CRC-32C of all other bytes of its header or block.
/// Blocks are appended, and never change.
///
/// **Files count by being named in a snapshot.** Until then the log has what they hold, so nobody
/// waits for them to be synced, and a start deletes those that its snapshot does not name. A
/// snapshot counts only when all that it names was synced and read back. When it does, older files
/// that it does not name are deleted. A file is not appended to after the process that made it.
///
/// Used by the thread of its log; only the end of a sync comes through the mailbox.
public final class BlockFiles {
  /// What stands in front of a block.
  public static final int FRAME_BYTES = 16;

  private static final long SYNC_EACH_BYTES = 8 << 20;
  private static final int KEEP_BYTES = 1 << 20;

  /// A file of which less than a quarter is named is to be left.
  private static final int SPARSE_DIVISOR = 4;

  private static final String WHILE_RUNNING =
      "Stop the broker, put back a good copy of the file and start again, or delete the key. Other"
          + " keys are not touched by this.";
  private static final String WHILE_WRITING =
      "The snapshot is given up; the log has everything. Look at the disk.";

  private final Disk disk;
  private final Randomness randomness;
  private final long fileBytesMax;
  private final CRC32C checksum = new CRC32C();
  private final ByteWriter buffer = new ByteWriter(1024);
  private final TreeMap<Long, BlockFile> files = new TreeMap<>();

  private Consumer<Runnable> mailbox = _ -> {};
  private @Nullable BlockFile open;
  private @Nullable Room room;
  private long nextNumber = 1;
  private boolean directoryChanged;
  private boolean syncing;
  private long syncs;

  /// During a start nobody would hear that a sync has ended.
  private boolean syncsBeside;

  private boolean hasFilesToBeLeft;
  private boolean closed;

  /// Files from this on are newer than the snapshot that counts, or than the one that is written.
  private long countedBefore;

  private long namingBefore;

  BlockFiles(Disk disk, Randomness randomness, LogSettings settings) {
    this.disk = disk;
    this.randomness = randomness;
    this.fileBytesMax = settings.fileBytesMax();
  }

  /// Where blocks were laid down.
  ///
  /// @param offset of the first one's frame
  public record Place(long file, long offset) {}

  /// The start is over: syncs can run beside the caller from now on, and there is a reserve.
  void started(Consumer<Runnable> newMailbox, Room newRoom) {
    room = newRoom;
    mailbox = newMailbox;
    syncsBeside = true;
  }

  // A start.

  /// A start begins, in a directory of these files.
  void startBegins(List<String> names) {
    List<Long> numbers = LogNames.blocks(names);
    nextNumber = numbers.isEmpty() ? 1 : numbers.getLast() + 1;
    countedBefore = nextNumber;
  }

  /// The snapshot that a start reads names blocks. Throws [DamagedLog] if the file cannot have
  /// them.
  ///
  /// @param end behind the last of them
  public void named(long number, long salt, long end, long bytes) {
    BlockFile file = files.get(number);
    if (file == null) {
      file = openNamed(number);
      files.put(number, file);
    }
    if (file.salt != salt) {
      throw damaged(file, LogFormat.SALT_AT, "the file of the snapshot", "another of its name");
    }
    if (end > file.sizeBytes) {
      throw damaged(file, file.sizeBytes, "blocks up to offset " + end, "the end of the file");
    }
    file.namedBytes += bytes;
    hasFilesToBeLeft |= isToBeLeft(file);
  }

  private BlockFile openNamed(long number) {
    String name = LogNames.blocks(number);
    if (!disk.list().contains(name)) {
      throw new DamagedLog(
          name, 0, "blocks of streams that the snapshot names", "no such file", startAdvice);
    }
    DiskFile file = disk.open(name);
    byte[] header = FileHeader.read(file);
    BlockFile found = new BlockFile(number, LogFormat.header(header).salt(), file);
    if (file.sizeBytes() < header.length || !LogFormat.BLOCKS.startsWithMagic(header)) {
      throw damaged(found, 0, "the header of a file of blocks", "something else");
    }
    if (LogFormat.version(header) != LogFormat.VERSION) {
      throw new DamagedLog(
          name,
          LogFormat.VERSION_AT,
          "format version " + LogFormat.VERSION,
          "version " + Integer.toUnsignedString(LogFormat.version(header)),
          "Nothing was changed. Start the version of Naru that wrote this file.");
    }
    if (!LogFormat.checksumHolds(header)) {
      throw damaged(found, 0, "a header in order", "another checksum");
    }
    if (LogFormat.header(header).firstPosition() != number) {
      throw damaged(
          found,
          LogFormat.FIRST_POSITION_AT,
          "number " + number,
          "" + LogFormat.header(header).firstPosition());
    }
    found.sizeBytes = file.sizeBytes();
    found.syncedBytes = found.sizeBytes;
    found.checkedBytes = found.sizeBytes;
    return found;
  }

  private String startAdvice = "Nothing was changed. Put back a good copy of the file.";

  void startAdvice(String advice) {
    startAdvice = advice;
  }

  private DamagedLog damaged(BlockFile file, long offset, String expected, String found) {
    return new DamagedLog(file.file.name(), offset, expected, found, startAdvice);
  }

  /// A start has come to its end.
  ///
  /// @param isClean whether files go that nobody names: not while an older snapshot may
  void startEnded(boolean isClean) {
    startAdvice = WHILE_RUNNING;
    if (!isClean) {
      return;
    }
    for (long number : LogNames.blocks(disk.list())) {
      if (!files.containsKey(number)) {
        disk.delete(LogNames.blocks(number));
      }
    }
  }

  /// A start is refused: what it has made goes.
  void startRefused() {
    for (BlockFile file : files.tailMap(countedBefore, true).values()) {
      file.file.close();
      disk.delete(file.file.name());
    }
    files.headMap(countedBefore, false).values().forEach(file -> file.file.close());
    files.clear();
  }

  // Laying down and reading.

  /// Lays blocks down one behind the other. Throws [WorldFailure] if the disk refuses; then nothing
  /// has changed.
  public Place append(List<Bytes> blocks) {
    long bytes = 0;
    for (Bytes block : blocks) {
      bytes += FRAME_BYTES + block.length();
    }
    checkRoomFor(LogFormat.FILE_HEADER_BYTES + bytes);
    BlockFile file = openFor(bytes);
    buffer.clear(KEEP_BYTES);
    for (Bytes block : blocks) {
      frame(block, file.sizeBytes + buffer.length(), file.salt);
    }
    long offset = file.sizeBytes;
    try {
      file.file.append(buffer.array(), 0, buffer.length());
    } catch (WorldFailure refused) {
      goBack(file, refused);
      throw refused;
    }
    file.sizeBytes += buffer.length();
    if (file.sizeBytes - file.syncedBytes > SYNC_EACH_BYTES) {
      syncSoon();
    }
    return new Place(file.number, offset);
  }

  /// What is moved takes nothing of the reserve: that is for what has to be written. At a start
  /// there is no other place for it.
  private void checkRoomFor(long bytes) {
    if (room != null && !room.isThereFor(bytes)) {
      throw WorldFailure.noRoom(
          "no blocks of streams in files",
          new IOException("the disk has no room beside its reserve"));
    }
  }

  private void frame(Bytes block, long offset, long salt) {
    int at = buffer.length();
    buffer.writeInt(0);
    buffer.writeInt(block.length());
    buffer.writeLong(offset ^ salt);
    buffer.write(block);
    buffer.setInt(at, checksum(buffer.array(), at, FRAME_BYTES + block.length()));
  }

  private int checksum(byte[] array, int at, int count) {
    return LogFormat.recordChecksum(array, at, count, checksum);
  }

  private BlockFile openFor(long bytes) {
    BlockFile present = open;
    if (present != null
        && (present.sizeBytes + bytes <= fileBytesMax
            || present.sizeBytes == LogFormat.FILE_HEADER_BYTES)) {
      return present;
    }
    long number = nextNumber;
    long salt = randomness.nextLong();
    DiskFile file = disk.create(LogNames.blocks(number));
    nextNumber++;
    directoryChanged = true;
    BlockFile created = new BlockFile(number, salt, file);
    byte[] header = LogFormat.BLOCKS.header(new LogFormat.Header(number, salt));
    files.put(number, created);
    file.append(header, 0, header.length);
    created.sizeBytes = header.length;
    created.checkedBytes = header.length;
    open = created;
    return created;
  }

  /// Some of the bytes may be there. Where the disk is just full, the file can be cut.
  private void goBack(BlockFile file, WorldFailure refused) {
    open = null;
    if (refused.isNoRoom()) {
      try {
        file.file.truncate(file.sizeBytes);
        open = file;
      } catch (WorldFailure _) {
        // Nothing more is appended to it; what it has can be read.
      }
    }
  }

  /// One block's bytes. Throws [DamagedLog] if they are not what was laid down, and [WorldFailure]
  /// if the disk refuses.
  public byte[] read(long number, long offset, int bytes) {
    BlockFile file = files.get(number);
    if (file == null) {
      throw new DamagedLog(LogNames.blocks(number), offset, "a block", "no file", startAdvice);
    }
    byte[] frame = new byte[FRAME_BYTES + bytes];
    int got = file.read(offset, frame);
    String trouble = trouble(file, frame, got, offset);
    if (trouble != null) {
      throw damaged(file, offset, "a block of " + bytes + " bytes", trouble);
    }
    byte[] block = new byte[bytes];
    System.arraycopy(frame, FRAME_BYTES, block, 0, bytes);
    return block;
  }

  private @Nullable String trouble(BlockFile file, byte[] frame, int got, long offset) {
    if (got < frame.length) {
      return "the end of the file after " + got + " bytes";
    }
    ByteReader header = new ByteReader(frame);
    int sum = header.readInt();
    if (sum != checksum(frame, 0, frame.length)) {
      return "another checksum";
    }
    if (header.readInt() != frame.length - FRAME_BYTES) {
      return "one of another length";
    }
    return (header.readLong() ^ file.salt) == offset ? null : "one from another place";
  }

  /// The file's random number.
  public long salt(long number) {
    BlockFile file = files.get(number);
    return file == null ? 0 : file.salt;
  }

  /// Whether little of a file is needed, or it cannot be trusted any more: what is needed is better
  /// laid down elsewhere.
  public boolean isToBeLeft(long number) {
    BlockFile file = files.get(number);
    return file != null && isToBeLeft(file);
  }

  private boolean isToBeLeft(BlockFile file) {
    return file.isBad
        || (file.number < countedBefore && file.namedBytes * SPARSE_DIVISOR < file.sizeBytes);
  }

  /// Whether there may be a file that [#isToBeLeft].
  public boolean hasFilesToBeLeft() {
    return hasFilesToBeLeft;
  }

  /// What all files take.
  public long bytes() {
    long bytes = 0;
    for (BlockFile file : files.values()) {
      bytes += file.sizeBytes;
    }
    return bytes;
  }

  /// How many files there are.
  public int count() {
    return files.size();
  }

  /// Whether a sync is under way beside the caller.
  public boolean isSyncing() {
    return syncing;
  }

  /// How many syncs have ended.
  public long syncs() {
    return syncs;
  }

  // A snapshot.

  /// A snapshot begins to be told.
  void namingBegins() {
    namingBefore = open == null ? nextNumber : open.number;
    for (BlockFile file : files.values()) {
      file.namingBytes = 0;
      file.neededBytes = 0;
    }
  }

  /// The snapshot that is written names blocks.
  ///
  /// @param end behind the last of them
  public void names(long number, long end, long bytes) {
    BlockFile file = files.get(number);
    if (file == null) {
      throw new IllegalStateException("no file of blocks has the number " + number);
    }
    file.namingBytes += bytes;
    file.neededBytes = Math.max(file.neededBytes, end);
  }

  /// Whether all that was named is synced; if not, sees to it.
  ///
  /// @param blocks whether the caller waits for it
  boolean syncNamed(boolean blocks) {
    for (BlockFile file : files.values()) {
      if (file.neededBytes > 0 && file.isBad) {
        throw new WorldFailure(
            "what was written to " + file.file.name() + " may not be there, so it is not named");
      }
      if (file.syncedBytes < file.neededBytes) {
        if (!blocks) {
          syncSoon();
          return false;
        }
        syncNow(file);
      }
    }
    if (directoryChanged) {
      disk.sync();
      directoryChanged = false;
    }
    return true;
  }

  /// A sync that was refused is not tried again: the system may take what it has lost for synced.
  private void syncNow(BlockFile file) {
    try {
      file.file.sync();
    } catch (WorldFailure refused) {
      isBad(file);
      throw refused;
    }
    file.syncedBytes = file.sizeBytes;
  }

  private void syncSoon() {
    if (syncing || closed || !syncsBeside) {
      return;
    }
    for (BlockFile file : files.values()) {
      if (file.syncedBytes < file.sizeBytes && !file.isBad) {
        syncing = true;
        long target = file.sizeBytes;
        file.file.syncThen(refused -> mailbox.accept(() -> syncEnded(file, target, refused)));
        return;
      }
    }
  }

  private void syncEnded(BlockFile file, long target, @Nullable WorldFailure refused) {
    syncing = false;
    syncs++;
    file.syncedBytes = target;
    if (refused != null) {
      isBad(file);
    }
  }

  /// Nothing more goes into the file, and no snapshot names it: what it has is laid down elsewhere
  /// before the next.
  private void isBad(BlockFile file) {
    file.isBad = true;
    hasFilesToBeLeft = true;
    open = file == open ? null : open;
  }

  /// Reads back the next block that was named and not read back before; false if there is none.
  /// Throws [DamagedLog] if it is not what was written.
  boolean checkNext() {
    for (BlockFile file : files.values()) {
      if (file.checkedBytes < file.neededBytes) {
        long offset = file.checkedBytes;
        int bytes = blockBytes(file, offset);
        byte[] frame = new byte[FRAME_BYTES + Math.max(0, bytes)];
        String trouble =
            bytes < 0 ? "no block" : trouble(file, frame, file.read(offset, frame), offset);
        if (trouble != null) {
          isBad(file);
          throw new DamagedLog(
              file.file.name(), offset, "the block that was written", trouble, WHILE_WRITING);
        }
        file.checkedBytes = offset + frame.length;
        return true;
      }
    }
    return false;
  }

  /// What the frame at `offset` says of its block's length; negative if that cannot be.
  private static int blockBytes(BlockFile file, long offset) {
    byte[] header = new byte[FRAME_BYTES];
    int got = file.read(offset, header);
    int bytes = new ByteReader(header, 4, FRAME_BYTES).readInt();
    return got < FRAME_BYTES || bytes < 0 || offset + FRAME_BYTES + bytes > file.sizeBytes
        ? -1
        : bytes;
  }

  /// The snapshot counts.
  void namingCounts() {
    countedBefore = namingBefore;
    hasFilesToBeLeft = false;
    for (BlockFile file : files.values()) {
      file.namedBytes = file.namingBytes;
      hasFilesToBeLeft |= isToBeLeft(file);
    }
  }

  /// After a snapshot came to count, deletes one file that it does not name; false if there is
  /// none.
  boolean cleanNext() {
    for (long number : LogNames.blocks(disk.list())) {
      BlockFile file = files.get(number);
      if (number < countedBefore && (file == null || file.namedBytes == 0)) {
        files.remove(number);
        if (file != null) {
          file.file.close();
        }
        disk.delete(LogNames.blocks(number));
        return true;
      }
    }
    return false;
  }

  /// The files that the snapshot names which counts.
  List<HeldFiles.Piece> named() {
    List<HeldFiles.Piece> pieces = new ArrayList<>();
    for (BlockFile file : files.values()) {
      if (file.namedBytes > 0) {
        pieces.add(new HeldFiles.Piece(file.file.name(), file.sizeBytes));
      }
    }
    return pieces;
  }

  void close() {
    if (!closed) {
      closed = true;
      files.values().forEach(file -> file.file.close());
    }
  }

  // For checks from outside.

  /// What going over a file of blocks from front to back came to.
  ///
  /// @param blocks how many were in order
  /// @param end behind the last of them
  /// @param trouble what is wrong there, null if it is the end of the file. Behind what the
  ///     snapshot names that is no damage: nobody has waited for it to be synced
  /// @param hasMore whether a block that is in order lies behind
  public record Walk(long blocks, long end, @Nullable String trouble, boolean hasMore) {}

  /// Goes over a file of blocks, and checks each. Throws [DamagedLog] if its header is not in
  /// order.
  public static Walk walk(Disk disk, String name) {
    BlockFiles walker = new BlockFiles(disk, () -> 0, LogSettings.DEFAULTS);
    BlockFile file = walker.openNamed(LogNames.blocks(List.of(name)).getFirst());
    try {
      return walker.walk(file);
    } finally {
      file.file.close();
    }
  }

  private Walk walk(BlockFile file) {
    long blocks = 0;
    long offset = LogFormat.FILE_HEADER_BYTES;
    while (offset < file.sizeBytes) {
      int bytes = blockBytes(file, offset);
      String trouble = bytes < 0 ? "no whole block" : trouble(file, bytes, offset);
      if (trouble != null) {
        return new Walk(blocks, offset, trouble, hasBlockBehind(file, offset));
      }
      blocks++;
      offset += FRAME_BYTES + bytes;
    }
    return new Walk(blocks, offset, null, false);
  }

  private @Nullable String trouble(BlockFile file, int bytes, long offset) {
    byte[] frame = new byte[FRAME_BYTES + bytes];
    return trouble(file, frame, file.read(offset, frame), offset);
  }

  private boolean hasBlockBehind(BlockFile file, long damagedAt) {
    byte[] piece = new byte[KEEP_BYTES];
    for (long from = damagedAt + 1; from < file.sizeBytes; from += piece.length - FRAME_BYTES) {
      int got = file.read(from, piece);
      ByteReader in = new ByteReader(piece, 0, got);
      for (int i = 0; i + FRAME_BYTES <= got; i++) {
        in.position(i + 8);
        if ((in.readLong() ^ file.salt) == from + i) {
          int bytes = blockBytes(file, from + i);
          if (bytes >= 0 && trouble(file, bytes, from + i) == null) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// The names of all files of blocks in a directory.
  public static List<String> names(Disk disk) {
    List<String> names = new ArrayList<>();
    LogNames.blocks(disk.list()).forEach(number -> names.add(LogNames.blocks(number)));
    return names;
  }
}
