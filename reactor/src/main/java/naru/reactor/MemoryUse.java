package naru.reactor;

import java.util.function.LongSupplier;
import naru.engine.State;

/// What the broker's memory is used for: sums that are kept up to date as things change, no walk.
public final class MemoryUse {
  private final State state;
  private final LongSupplier logBytes;
  private long inputBytes;
  private long outputBytes;
  private long otherBytes;
  private long exemptBytes;
  private long peakBytes;

  MemoryUse(State state, LongSupplier logBytes) {
    this.state = state;
    this.logBytes = logBytes;
  }

  /// Keys, values, and the tables of databases.
  public long stateBytes() {
    return state.sizeBytes();
  }

  /// What clients have sent and is not a whole request yet.
  public long inputBytes() {
    return inputBytes;
  }

  /// What clients have not been sent yet. A message to many counts for each of them.
  public long outputBytes() {
    return outputBytes;
  }

  /// What protocols have told: connections, subscriptions, scripts.
  public long otherBytes() {
    return otherBytes;
  }

  /// The buffers of the log. They are there to make room safe, so they do not count against the
  /// limit.
  public long logBytes() {
    return logBytes.getAsLong();
  }

  /// What waits for those who follow this broker. To evict keys would only have them told of that
  /// too, so it does not count against the limit.
  public long exemptBytes() {
    return exemptBytes;
  }

  /// What counts against the limit.
  public long countedBytes() {
    return allBytes() - exemptBytes;
  }

  public long usedBytes() {
    return allBytes() + logBytes();
  }

  private long allBytes() {
    return state.sizeBytes() + inputBytes + outputBytes + otherBytes;
  }

  /// The most that was used, as far as was looked.
  public long peakBytes() {
    peakBytes = Math.max(peakBytes, usedBytes());
    return peakBytes;
  }

  /// For protocols: what they need for themselves.
  public void otherBytes(long bytes) {
    otherBytes = bytes;
  }

  /// For protocols: how much of what they have told, and of the output, waits for those who follow.
  public void exemptBytes(long bytes) {
    exemptBytes = bytes;
  }

  void changed(long inputChange, long outputChange) {
    inputBytes += inputChange;
    outputBytes += outputChange;
  }
}
