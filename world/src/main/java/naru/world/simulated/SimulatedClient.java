package naru.world.simulated;

import java.util.function.Consumer;

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

  /// Shows `listener` whatever the broker hands to its system, at that moment. It can not be taken
  /// back any more, though [#receive] may be long in coming.
  public void whenHanded(Consumer<byte[]> listener) {
    socket.whenHanded(listener);
  }

  /// All that the broker has sent since the last call.
  public byte[] receive() {
    return socket.take();
  }

  /// How much [#receive] would give now.
  public int receivable() {
    return socket.untakenBytes();
  }

  /// Sends no more, and goes on receiving. The broker is told by a poll after all it was sent.
  public void end() {
    socket.end();
  }

  /// Closes this end. The broker is told by a poll after all it was sent.
  public void close() {
    socket.hangUp();
  }

  /// Whether the broker has closed the connection.
  public boolean isClosed() {
    return socket.isClosed();
  }
}
