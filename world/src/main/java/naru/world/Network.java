package naru.world;

/// The way to clients, for one reactor: everything happens inside [#poll], on its thread.
public interface Network extends AutoCloseable {
  /// Whether connections are encrypted with TLS.
  enum Encryption {
    NONE,

    /// The client chooses, with its first byte.
    OFFERED,

    REQUIRED
  }

  /// Accepts connections on `host:port` (port 0: any free one); returns the port.
  /// Throws [WorldFailure] when the address cannot be had.
  int listen(String host, int port, Encryption encryption, Acceptor acceptor);

  /// Accepts connections in clear text.
  default int listen(String host, int port, Acceptor acceptor) {
    return listen(host, port, Encryption.NONE, acceptor);
  }

  /// Waits for events at most `timeoutNs` (0: not at all), and delivers what is there.
  void poll(long timeoutNs);

  /// Ends a [#poll] that is waiting. The only method for other threads.
  void wakeUp();

  /// Stops listening; connections stay.
  void stopListening();

  @Override
  void close();

  /// Is given each new connection and says who listens to it.
  interface Acceptor {
    SocketEvents accepted(Socket socket);
  }
}
