package naru.engine;

import naru.bytes.Bytes;

/// Something that happened to a key, for those who listen to the keyspace. Not durable.
///
/// @param kind which family of events it belongs to
/// @param name as users of keyspace notifications know it: `lpush`, `expired`
public record KeyEvent(Kind kind, String name, int database, Bytes key) {
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
