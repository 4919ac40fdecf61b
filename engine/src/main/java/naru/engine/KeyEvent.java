package naru.engine;

import java.util.List;
import naru.bytes.Bytes;

/// Something that happened to a key, for those who listen to the keyspace. Not durable.
///
/// @param kind which family of events it belongs to
/// @param name as users of keyspace notifications know it: `lpush`, `expired`
/// @param parts what of the key's value it happened to, fields of a hash; empty if nobody asked
public record KeyEvent(Kind kind, String name, int database, Bytes key, List<Bytes> parts) {
  public KeyEvent(Kind kind, String name, int database, Bytes key) {
    this(kind, name, database, key, List.of());
  }

  /// The same, with what it happened to.
  public KeyEvent of(List<Bytes> newParts) {
    return new KeyEvent(kind, name, database, key, newParts);
  }

  /// The families, each with its letter in `notify-keyspace-events`.
  public enum Kind {
    GENERIC('g'),
    STRING('$'),
    LIST('l'),
    SET('s'),
    HASH('h'),
    SORTED_SET('z'),
    STREAM('t'),
    EXPIRED('x'),
    EVICTED('e'),
    NEW('n'),
    OVERWRITTEN('o'),
    TYPE_CHANGED('c'),
    MISSED('m');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    public char letter() {
      return letter;
    }
  }
}
