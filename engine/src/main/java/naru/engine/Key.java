package naru.engine;

import naru.bytes.Bytes;

/// A key in one of the databases.
public record Key(int database, Bytes bytes) {
  /// The same key, owning its bytes.
  public Key owned() {
    return new Key(database, bytes.owned());
  }
}
