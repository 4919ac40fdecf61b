package naru.log;

import naru.world.Disk;

/// What room the disk has left, asked for seldom: a few times a second, and when what was written
/// since may have used it up.
final class Room {
  private final Disk disk;
  private long reserveBytes;
  private long leftBytes;
  private boolean isThere = true;

  Room(Disk disk, long reserveBytes) {
    this.disk = disk;
    this.reserveBytes = reserveBytes;
    look();
  }

  /// Whether there is more than the reserve. Once there is not, it takes a little more than that.
  boolean isThere() {
    return isThere;
  }

  void reserve(long bytes) {
    reserveBytes = bytes;
    look();
  }

  void look() {
    leftBytes = disk.roomBytes();
    isThere = leftBytes >= (isThere ? reserveBytes : reserveBytes + reserveBytes / 4);
  }

  /// Looks whether there is the reserve, and `bytes` beside it.
  boolean isThereFor(long bytes) {
    look();
    return isThere && leftBytes - reserveBytes >= bytes;
  }

  void wrote(long bytes) {
    leftBytes -= bytes;
    if (leftBytes < reserveBytes) {
      look();
    }
  }
}
