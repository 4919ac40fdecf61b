package naru.reactor;

/// One wire protocol.
public interface Protocol {
  /// As it is called in settings and in the line that says that the broker is ready.
  String name();

  /// Begins a connection.
  Session open(Peer peer);
}
