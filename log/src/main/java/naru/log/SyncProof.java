package naru.log;

/// Up to where a file of the log is known to have been synced while it was written: each record
/// tells how many before it were not yet. What is told is a little less than could be, so that one
/// place has to be remembered and not all.
final class SyncProof {
  private long offset;

  // Once all records before this one are known to be synced, so is all before this place.
  private long candidatePosition = -1;
  private long candidateOffset;

  /// A record was found.
  ///
  /// @param unsynced what it says of those before it
  void read(long position, long at, int unsynced) {
    if (candidatePosition < 0 || position - unsynced >= candidatePosition) {
      offset = candidatePosition < 0 ? 0 : candidateOffset;
      candidatePosition = position;
      candidateOffset = at;
    }
  }

  /// All before this place of the file was synced.
  long offset() {
    return offset;
  }
}
