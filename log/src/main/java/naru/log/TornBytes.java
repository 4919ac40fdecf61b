package naru.log;

import java.util.List;
import naru.world.Disk;
import naru.world.DiskFile;

/// Keeps what is cut from the log's end in a file of its own: nothing is ever thrown away because
/// it looks wrong.
final class TornBytes {
  private static final int PIECE_BYTES = 1 << 20;

  private TornBytes() {}

  /// Copies the bytes from `offset` to the end into a new file; safe when this returns its name.
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
