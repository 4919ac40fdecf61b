package naru.world;

/// The way to other servers, for threads that may wait. A reactor never dials.
public interface Dialer {
  /// Connects. Throws [WorldFailure].
  Line dial(String host, int port, int timeoutMs);

  /// A connection to another server. Whoever is interrupted in one of its methods gets a
  /// [WorldFailure], and the line is closed.
  interface Line extends AutoCloseable {
    /// Reads what is there, up to `count` bytes; waits for it, but not for longer than `timeoutMs`.
    /// Returns how many bytes came: 0 if none did in time, -1 at the end. Throws [WorldFailure].
    int read(byte[] into, int offset, int count, int timeoutMs);

    /// Sends bytes. Throws [WorldFailure].
    void write(byte[] from, int offset, int count);

    @Override
    void close();
  }
}
