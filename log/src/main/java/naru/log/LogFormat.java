package naru.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;

/// The bytes of a log file, and of a snapshot. Numbers are little-endian.
///
/// ```
/// file     0        8         12         16         24         32
///          +--------+---------+----------+----------+----------+--------+--------+---
///          | NARULOG| version | checksum | first    | salt     | record | record | ...
///          |   \n   | u32 = 1 | u32      | position |          |        |        |
///          +--------+---------+----------+----------+----------+--------+--------+---
///
/// record   0          4         8           16         20
///          +----------+---------+-----------+----------+------------------+
///          | checksum | payload | position  | unsynced | payload          |
///          | u32      | length  | xor salt  | u32      | 1 to 2^31-1 bytes|
///          +----------+---------+-----------+----------+------------------+
/// ```
///
/// - A checksum is the CRC-32C of all other bytes of its header or record.
/// - The **salt** is a random number of the file. Without it a client could store bytes that look
///   like a record of this file, and so could old blocks of a deleted one; with it they do not.
/// - **unsynced** says how many records before this one were not known to be synced when it was
///   sealed (at most 2^32-1). It proves that those before them had been on the disk: if one of
///   them is damaged, that is no torn tail.
///
/// A snapshot begins with `NARUSNP\n` and the position of the last record that it covers. Its
/// records are numbered from 1 instead of by position; for *unsynced* they have a mark: 0 or, in
/// the last one, 1. That one closes it: how many records there are before it, how many bytes their
/// payloads have together, and how many entries they tell, a u64 each.
final class LogFormat {
  static final LogFormat LOG = new LogFormat("NARULOG\n");
  static final LogFormat SNAPSHOT = new LogFormat("NARUSNP\n");
  static final LogFormat BLOCKS = new LogFormat("NARUBLK\n");

  static final int PLAIN = 0;
  static final int CLOSING = 1;
  static final int CLOSING_BYTES = 24;

  static final int VERSION = 1;
  static final int FILE_HEADER_BYTES = 32;
  static final int RECORD_HEADER_BYTES = 20;

  static final int VERSION_AT = 8;
  static final int FIRST_POSITION_AT = 16;
  static final int SALT_AT = 24;

  private static final int CHECKSUM_AT = 12;
  private static final long UNSYNCED_MAX = 0xFFFF_FFFFL;

  private final byte[] magic;

  private LogFormat(String magic) {
    this.magic = magic.getBytes(StandardCharsets.US_ASCII);
  }

  /// What a file says of itself.
  record Header(long firstPosition, long salt) {}

  byte[] header(Header header) {
    ByteWriter bytes = new ByteWriter(FILE_HEADER_BYTES);
    bytes.write(magic);
    bytes.writeInt(VERSION);
    bytes.writeInt(0);
    bytes.writeLong(header.firstPosition());
    bytes.writeLong(header.salt());
    bytes.setInt(CHECKSUM_AT, headerChecksum(bytes.array()));
    return bytes.array();
  }

  boolean startsWithMagic(byte[] header) {
    return Arrays.equals(header, 0, magic.length, magic, 0, magic.length);
  }

  static int version(byte[] header) {
    return new ByteReader(header, VERSION_AT, FILE_HEADER_BYTES).readInt();
  }

  static boolean checksumHolds(byte[] header) {
    return new ByteReader(header, CHECKSUM_AT, FILE_HEADER_BYTES).readInt()
        == headerChecksum(header);
  }

  /// The content of a header that was found in order.
  static Header header(byte[] header) {
    ByteReader bytes = new ByteReader(header, FIRST_POSITION_AT, FILE_HEADER_BYTES);
    return new Header(bytes.readLong(), bytes.readLong());
  }

  private static int headerChecksum(byte[] header) {
    CRC32C checksum = new CRC32C();
    checksum.update(header, 0, CHECKSUM_AT);
    checksum.update(header, CHECKSUM_AT + 4, FILE_HEADER_BYTES - CHECKSUM_AT - 4);
    return (int) checksum.getValue();
  }

  /// Leaves room for a record's header at the front of an empty writer.
  static void reserve(ByteWriter record) {
    record.ensure(RECORD_HEADER_BYTES);
    record.advance(RECORD_HEADER_BYTES);
  }

  /// Fills the header of a record whose payload is complete.
  static void fill(ByteWriter record, long position, long salt, long synced, CRC32C checksum) {
    record.setInt(4, record.length() - RECORD_HEADER_BYTES);
    record.setLong(8, position ^ salt);
    record.setInt(16, (int) Math.min(UNSYNCED_MAX, position - 1 - synced));
    record.setInt(0, recordChecksum(record.array(), 0, record.length(), checksum));
  }

  /// The checksum of the record at `at` that takes `count` bytes, header included, worked out
  /// with the caller's `checksum`.
  static int recordChecksum(byte[] array, int at, int count, CRC32C checksum) {
    checksum.reset();
    checksum.update(array, at + 4, count - 4);
    return (int) checksum.getValue();
  }

  /// Up to which position everything was synced when the record was sealed.
  static long proven(long position, int unsynced) {
    return position - 1 - Integer.toUnsignedLong(unsynced);
  }
}
