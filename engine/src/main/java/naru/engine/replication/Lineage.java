package naru.engine.replication;

import naru.bytes.Bytes;

/// Where the state comes from, if another server wrote it.
///
/// @param follows whether it goes on following; if not it did up to here, and has a history of its
///     own since
/// @param host of the server that is followed
/// @param history the id of that server's history, empty before the first copy is complete
/// @param offset how many bytes of the history the state has
/// @param database which database is selected there
public record Lineage(
    boolean follows, Bytes host, int port, Bytes history, long offset, int database) {
  /// A beginning: it follows, and has nothing yet.
  public static Lineage beginning(Bytes host, int port) {
    return new Lineage(true, host, port, Bytes.EMPTY, 0, 0);
  }

  /// Whether the state is the other's at [#offset].
  public boolean isPlaced() {
    return !history.isEmpty();
  }

  /// Whether it comes, or came, from that server.
  public boolean isOf(Bytes otherHost, int otherPort) {
    return port == otherPort && host.equals(otherHost);
  }

  /// The same, which has come further.
  public Lineage at(long newOffset, int newDatabase) {
    return new Lineage(follows, host, port, history, newOffset, newDatabase);
  }

  /// The same, at its end.
  public Lineage ended() {
    return new Lineage(false, host, port, history, offset, database);
  }
}
