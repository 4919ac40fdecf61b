package naru.log;

import java.util.zip.CRC32C;
import naru.bytes.ByteReader;
import naru.world.DiskFile;
import naru.world.WorldFailure;

/// Reads the records of one file from front to back, in large pieces.
final class RecordReader {
  static final int PIECE_BYTES = 1 << 20;

  /// A buffer that a large record made larger than this is given back after it.
  private static final int KEEP_BYTES = 16 << 20;

  private final CRC32C crc = new CRC32C();
  private final ByteReader header = new ByteReader(new byte[0]);
  private final ByteReader payload = new ByteReader(new byte[0]);
  private final int pieceBytes;
  private byte[] buffer;

  private DiskFile file;
  private long salt;
  private long sizeBytes;

  // buffer[start .. end) are the file's bytes from `offset` on.
  private long offset;
  private int start;
  private int end;

  private long position;
  private int mark;
  private int recordBytes;
  private String trouble = "";

  enum Found {
    RECORD,
    END,
    DAMAGE
  }

  RecordReader(DiskFile file, long salt) {
    this(file, salt, PIECE_BYTES);
  }

  /// @param pieceBytes what is read at a time, unless a record is larger
  RecordReader(DiskFile file, long salt, int pieceBytes) {
    this.pieceBytes = pieceBytes;
    this.buffer = new byte[pieceBytes];
    this.file = file;
    this.salt = salt;
    rewind();
  }

  /// Goes on with the records of another file.
  void open(DiskFile next, long nextSalt) {
    file = next;
    salt = nextSalt;
    rewind();
  }

  /// Goes on at another place of the same file, where a record starts.
  void seek(long at) {
    offset = at;
    start = 0;
    end = 0;
    recordBytes = 0;
  }

  private void rewind() {
    sizeBytes = file.sizeBytes();
    offset = LogFormat.FILE_HEADER_BYTES;
    start = 0;
    end = 0;
    recordBytes = 0;
  }

  /// Where the record starts that [#next] found, or could not read, or the end of the file.
  long offset() {
    return offset;
  }

  /// What the record found takes, its header included.
  int recordBytes() {
    return recordBytes;
  }

  long position() {
    return position;
  }

  /// What a record of the log says of syncs, and one of a snapshot of itself.
  int mark() {
    return mark;
  }

  /// Lent until the next call of [#next].
  ByteReader payload() {
    return payload;
  }

  /// What is wrong at [#offset], after [Found#DAMAGE].
  String trouble() {
    return trouble;
  }

  /// Steps over the record found before and looks at what follows.
  Found next() {
    offset += recordBytes;
    start += recordBytes;
    recordBytes = 0;
    long remaining = sizeBytes - offset;
    if (remaining == 0) {
      return Found.END;
    }
    if (remaining < LogFormat.RECORD_HEADER_BYTES) {
      return damage("only " + remaining + " bytes");
    }
    fill(LogFormat.RECORD_HEADER_BYTES);
    header.reset(buffer, start, start + LogFormat.RECORD_HEADER_BYTES);
    int checksum = header.readInt();
    int length = header.readInt();
    long foundPosition = header.readLong() ^ salt;
    int foundMark = header.readInt();
    if (length <= 0 || length > remaining - LogFormat.RECORD_HEADER_BYTES) {
      return damage("a length of " + Integer.toUnsignedString(length));
    }
    int count = LogFormat.RECORD_HEADER_BYTES + length;
    fill(count);
    if (LogFormat.recordChecksum(buffer, start, count, crc) != checksum) {
      return damage("another checksum");
    }
    position = foundPosition;
    mark = foundMark;
    recordBytes = count;
    payload.reset(buffer, start + LogFormat.RECORD_HEADER_BYTES, start + count);
    return Found.RECORD;
  }

  private Found damage(String what) {
    trouble = what;
    return Found.DAMAGE;
  }

  /// Brings the next `count` bytes of the file, which are known to exist, into the buffer.
  private void fill(int count) {
    if (end - start >= count) {
      return;
    }
    byte[] into = buffer;
    if (count > buffer.length) {
      into = new byte[(int) Math.min(Integer.MAX_VALUE - 8L, Math.max(count, buffer.length * 2L))];
    } else if (buffer.length > KEEP_BYTES && count <= pieceBytes && end - start <= pieceBytes) {
      into = new byte[pieceBytes];
    }
    System.arraycopy(buffer, start, into, 0, end - start);
    buffer = into;
    end -= start;
    start = 0;
    while (end < count) {
      int got = file.read(offset + end, buffer, end, buffer.length - end);
      if (got <= 0) {
        throw new WorldFailure(file.name() + " became shorter while it was read");
      }
      end += got;
    }
  }
}
