package naru.world.real;

/// What carries the bytes of one [NettySocket]: a channel of Netty's, or a descriptor of our own.
///
/// It tells its socket what happens, always inside a poll but for what the socket itself asked it
/// to do: input, that the peer ended its output, that all was sent, that it is gone.
interface Wire {
  /// `127.0.0.1:50123`
  String remoteAddress();

  String localAddress();

  /// Whether to hand over input. What already left the system may still come.
  void reading(boolean on);

  /// Sends what may leave. Returns whether the system took all; if not, [NettySocket#sent] or
  /// [NettySocket#gone] follows.
  boolean send(Outgoing outgoing);

  /// Bytes taken out of an [Outgoing] that the system has not taken.
  long heldBytes();

  /// The peer reads the end after what was sent; input goes on.
  void endOutput();

  void close();
}
