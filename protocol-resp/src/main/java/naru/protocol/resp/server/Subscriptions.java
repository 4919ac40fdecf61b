package naru.protocol.resp.server;

/// Who listens to which channels and patterns.
public final class Subscriptions {
  /// How many channels and patterns `client` listens to, sharded ones included.
  public int count(Client client) {
    return 0;
  }

  /// Forgets all that `client` listens to.
  public void removeAll(Client client) {}
}
