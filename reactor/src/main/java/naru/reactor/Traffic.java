package naru.reactor;

/// How much went through the sockets of a reactor since the start.
public final class Traffic {
  private long inputBytes;
  private long outputBytes;
  private long reads;
  private long writes;

  void read(int bytes) {
    inputBytes += bytes;
    reads++;
  }

  void wrote(long bytes) {
    outputBytes += bytes;
    writes++;
  }

  /// Bytes received.
  public long inputBytes() {
    return inputBytes;
  }

  /// Bytes handed to sockets.
  public long outputBytes() {
    return outputBytes;
  }

  /// How many times input came.
  public long reads() {
    return reads;
  }

  /// How many times a connection's output was handed to its socket.
  public long writes() {
    return writes;
  }
}
