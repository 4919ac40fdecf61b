package naru.log;

import naru.world.DiskFile;

/// What is known of a file of [BlockFiles].
final class BlockFile {
  final long number;
  final long salt;
  final DiskFile file;

  /// What of the file is good for anything.
  long sizeBytes;

  /// Up to where it is synced.
  long syncedBytes;

  /// Up to where it was read back, or need not be.
  long checkedBytes;

  /// How much of it the snapshot names that counts.
  long namedBytes;

  /// How much of it the snapshot names that is being written, and up to where.
  long namingBytes;

  long neededBytes;

  /// Whether what was written to it may be lost.
  boolean isBad;

  BlockFile(long number, long salt, DiskFile file) {
    this.number = number;
    this.salt = salt;
    this.file = file;
  }

  /// Reads as much as there is into an array; returns how much.
  int read(long offset, byte[] into) {
    int done = 0;
    while (done < into.length && offset + done < sizeBytes) {
      int got = file.read(offset + done, into, done, into.length - done);
      if (got <= 0) {
        break;
      }
      done += got;
    }
    return done;
  }
}
