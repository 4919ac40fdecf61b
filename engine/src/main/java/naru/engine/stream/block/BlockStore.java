package naru.engine.stream.block;

import java.util.List;
import naru.bytes.Bytes;

/// Where the bytes of sealed blocks are kept when they are not in memory: files, as a rule.
///
/// Blocks are given to it in runs, which it lays down one behind the other.
public interface BlockStore {
  /// What the store adds in front of each block. So the second block of a run lies this and the
  /// first one's bytes behind the first.
  int FRAME_BYTES = 16;

  /// Where a run begins.
  ///
  /// @param file its number
  /// @param offset of the first block's frame
  record Place(long file, long offset) {}

  /// Lays down a run. It can be read from now on; it is safe when a snapshot that names it counts.
  Place append(List<Bytes> blocks);

  /// The bytes of one block, checked. Throws [UnreadableBlock] when they are not what was laid
  /// down.
  ///
  /// @param offset of its frame
  /// @param bytes how long it is, the frame not counted
  byte[] read(long file, long offset, int bytes);

  /// A random number of the file: what has it is this file and not one of the same name.
  long salt(long file);

  /// Whether a file is mostly of blocks that are gone, or cannot be trusted, so that the others are
  /// better laid down again.
  boolean isToBeLeft(long file);

  /// Whether there is any such file.
  boolean hasFilesToBeLeft();
}
