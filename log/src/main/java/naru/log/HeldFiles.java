package naru.log;

import java.util.List;

/// Files that together are everything up to one record, and that stay as they are until they are
/// let go: those who copy them have time. Only the last log file grows meanwhile, behind what
/// counts.
///
/// @param position up to which they have everything
/// @param files in the order in which a start reads them
public record HeldFiles(long position, List<Piece> files) {
  public HeldFiles {
    files = List.copyOf(files);
  }

  /// The first bytes of a file.
  public record Piece(String name, long bytes) {}
}
