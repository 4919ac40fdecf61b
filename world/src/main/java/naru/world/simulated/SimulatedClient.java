package naru.world.simulated;

/// The other end of a [SimulatedSocket].
public final class SimulatedClient {
  private final SimulatedSocket socket;

  SimulatedClient(SimulatedSocket socket) {
    this.socket = socket;
  }

  /// Sends bytes, to be delivered by the next polls in pieces of at most [#pieceBytes].
  public void send(byte[] bytes) {
    socket.arrive(bytes);
  }

  /// From now on, no more than this is delivered by one poll.
  public void pieceBytes(int bytes) {
    socket.pieceBytes(bytes);
  }

  /// From now on the broker's system takes no more than this unread.
  public void windowBytes(long bytes) {
    socket.windowBytes(bytes);
  }

  /// All that the broker has sent since the last call.
  public byte[] receive() {
    return socket.take();
  }

  /// Closes this end. The broker is told by the next poll.
  public void close() {
    socket.hangUp();
  }

  /// Whether the broker has closed the connection.
  public boolean isClosed() {
    return socket.isClosed();
  }
}
