package naru.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found in one file of a directory.
///
/// @param bytes its size
/// @param records those that could be read; of a snapshot, the closing one left out
/// @param firstPosition of a log file, the position that its name says; of a snapshot, its own
/// @param lastPosition of the last record that could be read; of a log file without any, the one
///     before the first
/// @param entries how many keys a snapshot tells, if it is whole
/// @param flaws what is wrong with it, from front to back
public record FileReport(
    String name,
    Kind kind,
    long bytes,
    long records,
    long firstPosition,
    long lastPosition,
    long entries,
    List<Flaw> flaws) {

  /// What a file is.
  public enum Kind {
    LOG,
    SNAPSHOT,
    /// Blocks of streams that were moved out of memory.
    BLOCKS,
    /// A snapshot that was never finished, which the next start deletes.
    UNFINISHED,
    /// What a start has cut off and kept aside.
    TORN,
    /// Not of this directory, and not in its way.
    OTHER
  }

  /// A place in a file that is not as it should be.
  ///
  /// @param bytes how many cannot be read there; 0 if there is only something missing
  /// @param position of the record that should start there, or, in a snapshot, its number
  /// @param isTornTail whether a crash may have left it so: then nothing in it was ever safe
  public record Flaw(
      long offset, long bytes, long position, String expected, String found, boolean isTornTail) {}

  /// Whether all of it can be read but for a torn tail.
  public boolean isWhole() {
    return flaws.stream().allMatch(Flaw::isTornTail);
  }

  /// The torn tail, null if there is none.
  public @Nullable Flaw tornTail() {
    return flaws.stream().filter(Flaw::isTornTail).findFirst().orElse(null);
  }
}
