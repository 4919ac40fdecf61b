package naru.log;

import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.WorldFailure;

/// Copies files from one directory to another.
public final class FileCopy {
  private static final int PIECE_BYTES = 1 << 20;

  private FileCopy() {}

  /// Copies the first bytes of a file into a new one of the same name; they are synced when this
  /// returns. Throws [WorldFailure] if there are not so many, or a disk refuses.
  public static void copy(Disk from, String name, long bytes, Disk to) {
    byte[] piece = new byte[PIECE_BYTES];
    try (DiskFile source = from.open(name);
        DiskFile target = to.create(name)) {
      long at = 0;
      while (at < bytes) {
        int got = source.read(at, piece, 0, (int) Math.min(piece.length, bytes - at));
        if (got <= 0) {
          throw new WorldFailure(name + " is shorter than " + bytes + " bytes");
        }
        target.append(piece, 0, got);
        at += got;
      }
      target.sync();
    }
  }
}
