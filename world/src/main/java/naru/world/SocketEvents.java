package naru.world;

/// What happens on a connection. Called inside [Network#poll].
public interface SocketEvents {
  /// Bytes came in. They are lent for the length of this call.
  void received(byte[] from, int offset, int count);

  /// All bytes received in this turn have been delivered.
  void receivedAll();

  /// What was unsent has gone to the system.
  void drained();

  /// The connection is gone. Called exactly once, and nothing after it.
  void closed();
}
