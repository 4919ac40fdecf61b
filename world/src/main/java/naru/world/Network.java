package naru.world;

/// The way to clients, for one reactor: everything happens inside [#poll], on its thread.
public interface Network extends AutoCloseable {
  /// Accepts connections on `host:port` (port 0: any free one); returns the port.
  /// Throws [WorldFailure] when the address cannot be had.
  int listen(String host, int port, Acceptor acceptor);

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
