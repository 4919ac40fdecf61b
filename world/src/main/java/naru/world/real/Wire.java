package naru.world.real;

import org.jspecify.annotations.Nullable;

/// What carries the bytes of one [NettySocket]: a channel of Netty's, or a descriptor of our own,
/// and TLS on top of either.
interface Wire {
  /// Whom it tells what happens; said once, before anything does.
  void events(WireEvents listener);

  /// `127.0.0.1:50123`
  String remoteAddress();

  String localAddress();

  /// Whether to hand over input. What already left the system may still come.
  void reading(boolean on);

  /// Sends what may leave. Returns whether the system took all; if not, [WireEvents#sent] or
  /// [WireEvents#gone] follows.
  boolean send(Outgoing outgoing);

  /// Whom the peer has proven to be, null if it has not.
  default @Nullable String peerName() {
    return null;
  }

  /// Bytes taken out of an [Outgoing] that the system has not taken.
  long unsentBytes();

  /// The peer reads the end after what was sent; input goes on.
  void endOutput();

  void close();
}
