package naru.reactor;

import naru.bytes.ByteReader;

/// One connection as a state machine: bytes in, requests out. Never blocks, never reads a clock.
public interface Session {
  /// Bytes have come. Takes whole frames from `input` and leaves the rest, which is shown again,
  /// with more behind it, when there is more. Stops taking frames when [Peer#isHeld].
  ///
  /// What is read from `input` is borrowed until this returns.
  void received(ByteReader input);

  /// The connection is gone. Called exactly once, and nothing after it.
  void closed();
}
