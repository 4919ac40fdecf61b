package naru.log;

import naru.world.DiskFile;

/// Reads and judges what a log file says of itself.
final class FileHeader {
  private FileHeader() {}

  /// Whether a crash came before the header was safe. Then the file has no record yet: the first is
  /// written only behind a header that was synced.
  static boolean isTorn(DiskFile file) {
    if (file.sizeBytes() > LogFormat.FILE_HEADER_BYTES) {
      return false;
    }
    byte[] header = read(file);
    return file.sizeBytes() < LogFormat.FILE_HEADER_BYTES
        || !(LogFormat.checksumHolds(header) || isOtherVersion(header));
  }

  private static boolean isOtherVersion(byte[] header) {
    return LogFormat.LOG.startsWithMagic(header) && LogFormat.version(header) != LogFormat.VERSION;
  }

  /// The header, in order, of the file whose first record has position `first`; [DamagedLog] else.
  static LogFormat.Header check(DiskFile file, long first) {
    byte[] bytes = read(file);
    if (file.sizeBytes() < bytes.length || !LogFormat.LOG.startsWithMagic(bytes)) {
      throw DamagedLog.at(file.name(), 0, first, "the header of a log file", "something else");
    }
    if (isOtherVersion(bytes)) {
      throw new DamagedLog(
          file.name(),
          LogFormat.VERSION_AT,
          "format version " + LogFormat.VERSION,
          "version " + Integer.toUnsignedString(LogFormat.version(bytes)),
          "Nothing was changed. Start the version of Naru that wrote this file.");
    }
    if (!LogFormat.checksumHolds(bytes)) {
      throw DamagedLog.at(file.name(), 0, first, "a header in order", "another checksum");
    }
    LogFormat.Header header = LogFormat.header(bytes);
    if (header.firstPosition() != first) {
      throw DamagedLog.at(
          file.name(),
          LogFormat.FIRST_POSITION_AT,
          first,
          "first position " + first,
          "" + header.firstPosition());
    }
    return header;
  }

  /// The first bytes of a file, zeros where it is shorter than a header.
  static byte[] read(DiskFile file) {
    byte[] header = new byte[LogFormat.FILE_HEADER_BYTES];
    int got = 0;
    int more = file.read(0, header, 0, header.length);
    while (more > 0) {
      got += more;
      more = file.read(got, header, got, header.length - got);
    }
    return header;
  }
}
