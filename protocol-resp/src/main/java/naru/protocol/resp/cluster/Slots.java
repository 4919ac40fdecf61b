package naru.protocol.resp.cluster;

import naru.bytes.Bytes;
import naru.engine.Failure;

/// Which of a cluster's slots a key is in: the CRC-16 of the key, or of its hash tag, modulo
/// 16,384.
///
/// A hash tag is what stands between the first `{` and the first `}` behind it, if that is
/// anything:
/// keys with the same tag are in the same slot.
///
/// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
public final class Slots {
  public static final int COUNT = 16_384;

  /// The keys of a command are in several.
  public static final Failure CROSSED =
      new Failure.Invalid("CROSSSLOT", "Keys in request don't hash to the same slot");

  private static final int POLYNOMIAL = 0x1021;
  private static final char[] TABLE = table();

  private Slots() {}

  private static char[] table() {
    char[] table = new char[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
      }
      table[i] = (char) crc;
    }
    return table;
  }

  /// The slot of a key.
  public static int of(Bytes key) {
    int open = key.indexOf((byte) '{', 0);
    int close = open < 0 ? -1 : key.indexOf((byte) '}', open + 1);
    boolean tagged = close > open + 1;
    return tagged ? crc(key, open + 1, close) : crc(key, 0, key.length());
  }

  /// The slot of all keys that a pattern can stand for, -1 if they may be in several.
  public static int ofPattern(Bytes pattern) {
    int open = -1;
    for (int i = 0; i < pattern.length(); i++) {
      byte b = pattern.at(i);
      if (b == '*' || b == '?' || b == '[' || b == '\\') {
        return -1;
      }
      if (b == '{' && open < 0) {
        open = i;
      } else if (b == '}' && open >= 0 && i != open + 1) {
        return crc(pattern, open + 1, i);
      }
    }
    return crc(pattern, 0, pattern.length());
  }

  private static int crc(Bytes bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = (crc << 8 ^ TABLE[(crc >> 8 ^ bytes.at(i)) & 0xFF]) & 0xFFFF;
    }
    return crc & (COUNT - 1);
  }
}
