package naru.log;

import naru.bytes.ByteReader;
import naru.world.DiskFile;

/// Reads a snapshot from front to back and checks all of it: header, checksums, that no record is
/// missing, and that the closing record says of it what is there.
final class SnapshotReader {
  private final DiskFile file;
  private final long position;
  private final String advice;
  private final RecordReader records;
  private long count;
  private long payloadBytes;
  private long entries;

  /// @param position after whose record the state is that this tells
  /// @param advice what a person can do if it is damaged
  SnapshotReader(DiskFile file, long position, String advice) {
    this(file, position, advice, RecordReader.PIECE_BYTES);
  }

  /// @param pieceBytes what is read at a time
  SnapshotReader(DiskFile file, long position, String advice, int pieceBytes) {
    this.file = file;
    this.position = position;
    this.advice = advice;
    byte[] header = FileHeader.read(file);
    if (file.sizeBytes() < header.length || !LogFormat.SNAPSHOT.startsWithMagic(header)) {
      throw damaged(0, "the header of a snapshot", "something else");
    }
    if (LogFormat.version(header) != LogFormat.VERSION) {
      throw new DamagedLog(
          file.name(),
          LogFormat.VERSION_AT,
          "format version " + LogFormat.VERSION,
          "version " + Integer.toUnsignedString(LogFormat.version(header)),
          "Nothing was changed. Start the version of Naru that wrote this file.");
    }
    if (!LogFormat.checksumHolds(header)) {
      throw damaged(0, "a header in order", "another checksum");
    }
    LogFormat.Header found = LogFormat.header(header);
    if (found.firstPosition() != position) {
      throw damaged(
          LogFormat.FIRST_POSITION_AT, "position " + position, "" + found.firstPosition());
    }
    records = new RecordReader(file, found.salt(), pieceBytes);
  }

  /// Where the record starts that [#next] has shown.
  long offset() {
    return records.offset();
  }

  /// How many entries the snapshot tells, once [#next] has returned false.
  long entries() {
    return entries;
  }

  /// Shows the next record; false when the end was reached and all was in order. Throws
  /// [DamagedLog] as soon as something is not.
  boolean next(Replay replay) {
    switch (records.next()) {
      case END -> throw damaged(records.offset(), "the closing record", "the end of the file");
      case DAMAGE -> throw damaged(records.offset(), "record " + (count + 1), records.trouble());
      case RECORD -> {}
    }
    count++;
    if (records.position() != count) {
      throw damaged(records.offset(), "record " + count, "record " + records.position());
    }
    ByteReader payload = records.payload();
    if (records.mark() == LogFormat.CLOSING) {
      close(payload);
      return false;
    }
    payloadBytes += payload.remaining();
    show(payload, replay);
    return true;
  }

  private void show(ByteReader payload, Replay replay) {
    try {
      replay.record(position, payload);
    } catch (ByteReader.Malformed unreadable) {
      DamagedLog damaged =
          damaged(
              records.offset(),
              "a record that this version understands",
              "one that " + unreadable.getMessage());
      damaged.initCause(unreadable);
      throw damaged;
    }
  }

  private void close(ByteReader payload) {
    long at = records.offset();
    if (payload.remaining() != LogFormat.CLOSING_BYTES) {
      throw damaged(at, "a closing record", "one of " + payload.remaining() + " bytes");
    }
    long countSaid = payload.readLong();
    long bytesSaid = payload.readLong();
    entries = payload.readLong();
    if (countSaid != count - 1 || bytesSaid != payloadBytes) {
      throw damaged(
          at,
          countSaid + " records of " + bytesSaid + " bytes",
          (count - 1) + " records of " + payloadBytes + " bytes");
    }
    if (records.next() != RecordReader.Found.END) {
      throw damaged(records.offset(), "the end of the file", "more behind the closing record");
    }
  }

  private DamagedLog damaged(long offset, String expected, String found) {
    return new DamagedLog(file.name(), offset, expected, found, advice);
  }
}
