package naru.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a start found in the log.
///
/// @param files log files read
/// @param records records replayed
/// @param bytes bytes read, headers included
/// @param lastPosition the position of the last record
/// @param milliseconds how long it took, the replay included
/// @param tornTail what was cut from the end; null when the log ended cleanly
/// @param snapshot from which the start began; null if there is none
/// @param leftOver snapshots that were never finished, and are deleted now
public record RecoveryReport(
    int files,
    long records,
    long bytes,
    long lastPosition,
    long milliseconds,
    @Nullable TornTail tornTail,
    @Nullable Snapshot snapshot,
    List<String> leftOver) {

  /// The state at a position, from which the start began.
  ///
  /// @param entries how many keys it had
  /// @param milliseconds how long it took, in those of the whole
  public record Snapshot(String file, long position, long bytes, long entries, long milliseconds) {}

  /// The end of the last file, which a crash left half written. Nothing in it was ever safe.
  ///
  /// @param file from which it was cut
  /// @param offset where it started there
  /// @param bytes how many were cut
  /// @param keptAs the file that has these bytes now
  public record TornTail(String file, long offset, long bytes, String keptAs) {}

  public long tornBytes() {
    return tornTail == null ? 0 : tornTail.bytes();
  }
}
