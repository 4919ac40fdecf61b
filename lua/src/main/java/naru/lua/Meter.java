package naru.lua;

import org.jspecify.annotations.Nullable;

/// Counts what a run of a script costs, and ends it when that is too much.
///
/// Bytes count when they are allocated and are never given back: a run that allocates more than its
/// allowance, in sum, is over. That is simple and holds whatever a script does.
public final class Meter {
  private static final int STEPS_BETWEEN_LOOKS = 8192;

  /// Asked now and then while a script runs.
  public interface Watcher {
    /// Returns why the script is to end, null if it may go on.
    @Nullable String look();
  }

  private Watcher watcher = () -> null;
  private long bytesLeft = Long.MAX_VALUE;
  private int stepsLeft = STEPS_BETWEEN_LOOKS;

  /// A run begins that may allocate so much.
  public void begin(long bytes, Watcher newWatcher) {
    bytesLeft = bytes;
    stepsLeft = STEPS_BETWEEN_LOOKS;
    watcher = newWatcher;
  }

  /// A step: a call, a turn of a loop, a character of a pattern.
  public void step() {
    if (--stepsLeft < 0) {
      look();
    }
  }

  /// So many steps at once.
  public void steps(int count) {
    stepsLeft -= count;
    if (stepsLeft < 0) {
      look();
    }
  }

  private void look() {
    stepsLeft = STEPS_BETWEEN_LOOKS;
    String reason = watcher.look();
    if (reason != null) {
      throw new Aborted(reason, 0);
    }
  }

  /// So many bytes are about to be allocated.
  public void allocate(long bytes) {
    bytesLeft -= bytes;
    if (bytesLeft < 0) {
      throw new Aborted("not enough memory", 0);
    }
  }
}
