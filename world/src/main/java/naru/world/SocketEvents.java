package naru.world;

/// What happens on a connection. Called inside [Network#poll].
public interface SocketEvents {
  /// Bytes came in. They are lent for the length of this call.
  void received(byte[] from, int offset, int count);

  /// All bytes received in this turn have been delivered.
  void receivedAll();

  /// What was unsent has gone to the system.
  void drained();

  /// The peer sends no more, and all it sent has been delivered. It may still be reading.
  ///
  /// `true`: close when what was flushed has been sent. `false`: answers are still to come; the
  /// listener closes the socket itself after them.
  default boolean peerEnded() {
    return true;
  }

  /// The connection is gone. Called exactly once, and nothing after it.
  void closed();
}
