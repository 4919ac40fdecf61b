package naru.protocol.resp.stream;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import naru.bytes.Bytes;

/// What makes two messages the same: 128 bits that depend on the fields and values, not on the
/// order of the pairs.
///
/// Each pair is hashed by itself, with the field's length between field and value so that bytes
/// cannot move from one to the other; the hashes are added up and, separately, combined by
/// exclusive or.
final class Fingerprint {
  private Fingerprint() {}

  static Bytes of(List<Bytes> pairs) {
    long sumHigh = 0;
    long sumLow = 0;
    long xorHigh = 0;
    long xorLow = 0;
    MessageDigest digest = digest();
    for (int i = 0; i < pairs.size(); i += 2) {
      Bytes field = pairs.get(i);
      Bytes value = pairs.get(i + 1);
      digest.update(field.array(), field.offset(), field.length());
      digest.update(ByteBuffer.allocate(8).putLong(0, field.length()));
      digest.update(value.array(), value.offset(), value.length());
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      sumHigh += hash.getLong(0);
      sumLow += hash.getLong(8);
      xorHigh ^= hash.getLong(0);
      xorLow ^= hash.getLong(8);
    }
    ByteBuffer print = ByteBuffer.allocate(16);
    print.putLong(sumHigh ^ Long.rotateLeft(xorLow, 1));
    print.putLong(sumLow ^ Long.rotateLeft(xorHigh, 1));
    return Bytes.of(print.array());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
