package naru.structures;

import naru.bytes.Bytes;

/// Where an element, one byte run, holds its key. The rest of it is the owner's.
///
/// ```
///  WHOLE        [ key ]
///  AFTER_EIGHT  [ 8 bytes | key ]
///  SIZED        [ varint: key length * 2 + f | 8 bytes if f is 1 | key | value ]
/// ```
public enum ElementLayout {
  WHOLE,
  AFTER_EIGHT,
  SIZED;

  /// The index of the first byte of the key.
  public int keyFrom(byte[] element) {
    return switch (this) {
      case WHOLE -> 0;
      case AFTER_EIGHT -> 8;
      case SIZED -> {
        int at = 0;
        while (element[at] < 0) {
          at++;
        }
        yield at + 1 + ((element[0] & 1) << 3);
      }
    };
  }

  /// The index behind the last byte of the key.
  public int keyTo(byte[] element) {
    return switch (this) {
      case WHOLE, AFTER_EIGHT -> element.length;
      case SIZED -> {
        int size = 0;
        int at = 0;
        byte b;
        do {
          b = element[at];
          size |= (b & 0x7F) << (7 * at);
          at++;
        } while (b < 0);
        yield at + ((element[0] & 1) << 3) + (size >>> 1);
      }
    };
  }

  /// A view of the key.
  public Bytes key(byte[] element) {
    int from = keyFrom(element);
    return Bytes.of(element, from, keyTo(element) - from);
  }
}
