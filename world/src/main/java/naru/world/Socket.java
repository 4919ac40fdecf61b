package naru.world;

import org.jspecify.annotations.Nullable;

/// One connection as the network sees it. Used on the reactor's thread only.
public interface Socket {
  /// `127.0.0.1:50123`
  String remoteAddress();

  /// `127.0.0.1:6379`
  String localAddress();

  /// The common name in the certificate that the peer has proven to hold; null if there is none, or
  /// none yet: it is known when the first bytes have come.
  default @Nullable String peerName() {
    return null;
  }

  /// Hands bytes to the system; they are copied before this returns, and leave with [#flush].
  ///
  /// Whoever writes looks at [#unsentBytes] first: what the system does not take is kept here.
  void write(byte[] from, int offset, int count);

  /// Sends what was written, in as few system calls as possible.
  void flush();

  /// Bytes written and not yet taken by the system.
  long unsentBytes();

  /// Whether to deliver more input. Off is back-pressure to the sender.
  void reading(boolean on);

  /// Closes at once; [SocketEvents#closed] follows inside this call or a later poll.
  void close();

  /// Closes after what was written has been sent.
  void closeAfterFlush();
}
