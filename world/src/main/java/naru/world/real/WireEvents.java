package naru.world.real;

/// What happens on a [Wire]. Told inside a poll only, but for what the one who is told has himself
/// asked the wire to do.
interface WireEvents {
  /// A part of the input, the first `count` bytes, lent for this call.
  void received(byte[] from, int count);

  /// There is nothing more for now.
  void receivedAll();

  /// The peer sends no more.
  void inputEnded();

  /// The system has taken all that it was given, some time after the call of [Wire#send].
  void sent();

  /// The wire is closed, by us or by the system.
  void gone();

  /// How much input waits here to be wanted.
  int unreadBytes();
}
