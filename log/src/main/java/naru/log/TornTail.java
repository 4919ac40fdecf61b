package naru.log;

import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import naru.bytes.ByteReader;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.WorldFailure;

/// Looks at the end of the last file, from a record that cannot be read, and judges: did a crash
/// leave it half written, or was something damaged that had been on the disk?
///
/// What was not synced may be lost in any part, so after a crash a lost piece can be followed by
/// records that are in order. Such a piece was never written and reads as zeros, in whole sectors.
/// So it is a torn tail if there is
///
/// - no readable record behind the place, or
/// - only such that do not prove that the lost one had been synced, and zeros up to the end of a
///   sector between.
final class TornTail {
  private static final int PIECE_BYTES = 1 << 20;
  private static final int SECTOR_BYTES = 512;
  private static final int CHECKSUM_BYTES = 4;

  private final DiskFile file;
  private final long salt;
  private final long from;
  private final long expectedPosition;
  private final long sizeBytes;
  private final byte[] buffer = new byte[PIECE_BYTES];

  // buffer[0 .. held) are the file's bytes from `heldFrom` on.
  private long heldFrom;
  private int held;

  private long firstReadable = -1;
  private long proven;

  /// @param from where the record starts that cannot be read
  /// @param expectedPosition the position it should have
  TornTail(DiskFile file, long salt, long from, long expectedPosition) {
    this.file = file;
    this.salt = salt;
    this.from = from;
    this.expectedPosition = expectedPosition;
    sizeBytes = file.sizeBytes();
  }

  /// Where the first readable record starts behind the damage, -1 if there is none.
  long firstReadable() {
    return firstReadable;
  }

  /// Looks for the first readable record behind the damage and no further; -1 if there is none.
  long findReadable() {
    long at = from + 1;
    while (at + LogFormat.RECORD_HEADER_BYTES < sizeBytes) {
      if (readable(at) > 0) {
        return at;
      }
      at++;
    }
    return -1;
  }

  boolean isTorn() {
    search();
    return firstReadable < 0 || (proven < expectedPosition && hasHole());
  }

  private void search() {
    long at = from + 1;
    while (at + LogFormat.RECORD_HEADER_BYTES < sizeBytes) {
      long count = readable(at);
      if (count == 0) {
        at++;
        continue;
      }
      if (firstReadable < 0) {
        firstReadable = at;
      }
      at += count;
    }
  }

  /// The size of the record at `at`, 0 if there is none.
  private long readable(long at) {
    hold(at, LogFormat.RECORD_HEADER_BYTES);
    int start = (int) (at - heldFrom);
    ByteReader header = new ByteReader(buffer, start + 4, start + LogFormat.RECORD_HEADER_BYTES);
    int length = header.readInt();
    long position = header.readLong() ^ salt;
    long remaining = sizeBytes - at - LogFormat.RECORD_HEADER_BYTES;
    // The salt makes a chance hit here next to impossible, so the checksum is seldom computed.
    if (position < expectedPosition
        || position - expectedPosition > sizeBytes
        || length <= 0
        || length > remaining) {
      return 0;
    }
    int unsynced = header.readInt();
    int checksum = new ByteReader(buffer, start, start + 4).readInt();
    long count = LogFormat.RECORD_HEADER_BYTES + (long) length;
    if (checksum(at + 4, count - 4) != checksum) {
      return 0;
    }
    proven = Math.max(proven, LogFormat.proven(position, unsynced));
    return count;
  }

  private int checksum(long at, long count) {
    CRC32C checksum = new CRC32C();
    long done = 0;
    while (done < count) {
      int piece = (int) Math.min(count - done, PIECE_BYTES / 2);
      hold(at + done, piece);
      checksum.update(buffer, (int) (at + done - heldFrom), piece);
      done += piece;
    }
    return (int) checksum.getValue();
  }

  /// The readable record may begin within the lost piece: with zeros that its checksum has there.
  private boolean hasHole() {
    long sector = from;
    while (sector < firstReadable) {
      long next = (sector / SECTOR_BYTES + 1) * SECTOR_BYTES;
      int count = (int) (next - sector);
      boolean liesBefore = next < firstReadable + CHECKSUM_BYTES;
      if (liesBefore && isZero(sector, count) && explains(sector, count)) {
        return true;
      }
      sector = next;
    }
    return false;
  }

  /// Whether the record cannot be read because this piece was lost. A few zeros stand there by
  /// chance, too, where a sector ends within the checksum that a record begins with: then what is
  /// left of the checksum has to fit the rest of the record.
  private boolean explains(long at, int count) {
    if (at != from || count >= CHECKSUM_BYTES) {
      return true;
    }
    hold(from, LogFormat.RECORD_HEADER_BYTES);
    int start = (int) (from - heldFrom);
    int stored = new ByteReader(buffer, start, start + CHECKSUM_BYTES).readInt();
    int length = new ByteReader(buffer, start + CHECKSUM_BYTES, start + 8).readInt();
    if (length <= 0 || length > sizeBytes - from - LogFormat.RECORD_HEADER_BYTES) {
      return false;
    }
    long checked = LogFormat.RECORD_HEADER_BYTES + (long) length - CHECKSUM_BYTES;
    int lost = (1 << (8 * count)) - 1;
    return (checksum(from + CHECKSUM_BYTES, checked) & ~lost) == stored;
  }

  private boolean isZero(long at, int count) {
    hold(at, count);
    int start = (int) (at - heldFrom);
    return Arrays.mismatch(buffer, start, start + count, new byte[count], 0, count) < 0;
  }

  /// Brings `count` bytes from `at` on, which exist, into the buffer.
  private void hold(long at, int count) {
    if (at >= heldFrom && at + count <= heldFrom + held) {
      return;
    }
    heldFrom = at;
    held = 0;
    while (held < count) {
      int got = file.read(at + held, buffer, held, buffer.length - held);
      if (got <= 0) {
        throw new WorldFailure(file.name() + " became shorter while it was read");
      }
      held += got;
    }
  }

  /// Copies the bytes from `offset` to the end, which are about to be cut, into a new file: nothing
  /// is ever thrown away because it looks wrong. It is safe when this returns its name.
  static String keepAside(Disk disk, DiskFile file, long offset, long position) {
    String name = freeName(disk.list(), position, offset);
    DiskFile aside = disk.create(name);
    byte[] piece = new byte[PIECE_BYTES];
    long at = offset;
    int got = file.read(at, piece, 0, piece.length);
    while (got > 0) {
      aside.append(piece, 0, got);
      at += got;
      got = file.read(at, piece, 0, piece.length);
    }
    aside.sync();
    aside.close();
    disk.sync();
    return name;
  }

  private static String freeName(List<String> names, long position, long offset) {
    int copy = 1;
    while (names.contains(LogNames.torn(position, offset, copy))) {
      copy++;
    }
    return LogNames.torn(position, offset, copy);
  }
}
