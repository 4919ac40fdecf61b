package naru.reactor;

import naru.bytes.ByteReader;

/// One connection as a state machine: bytes in, requests out. Never blocks, never reads a clock.
public interface Session {
  /// Bytes have come. Takes whole frames from `input` and leaves the rest, which is shown again,
  /// with more behind it, when there is more. Stops taking frames when [Peer#isHeld].
  ///
  /// What is read from `input` is borrowed until this returns.
  void received(ByteReader input);

  /// Whether it is shown input while another connection's procedure runs for long. It then must not
  /// submit what writes, waits or is a procedure.
  default boolean servesWhileBusy() {
    return false;
  }

  /// The connection is gone. Called exactly once, and nothing after it.
  void closed();
}
