package naru.protocol.resp.acl;

import java.nio.charset.StandardCharsets;
import naru.bytes.Bytes;

/// Bytes as text with one char for each byte, so that nothing is lost on the way there and back.
final class Latin {
  private Latin() {}

  static String text(Bytes bytes) {
    return new String(bytes.array(), bytes.offset(), bytes.length(), StandardCharsets.ISO_8859_1);
  }

  static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Whether there is white space or a zero byte in it.
  static boolean hasSpaces(Bytes bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      byte b = bytes.at(i);
      if (b == 0 || b == ' ' || (b >= '\t' && b <= '\r')) {
        return true;
      }
    }
    return false;
  }
}
