package naru.protocol.resp.acl;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import naru.bytes.Bytes;

/// The passwords of one user, of which only SHA-256 hashes are kept.
final class Passwords {
  private static final int HASH_BYTES = 32;
  private static final byte[] NOBODYS = new byte[HASH_BYTES];

  private final List<byte[]> hashes;

  Passwords() {
    hashes = new ArrayList<>(1);
  }

  Passwords(Passwords other) {
    hashes = new ArrayList<>(other.hashes);
  }

  static byte[] hash(Bytes password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(password.array(), password.offset(), password.length());
      return digest.digest();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every virtual machine has SHA-256", missing);
    }
  }

  /// Reads a hash as it is written in rules: 64 lower case hexadecimal digits.
  static byte[] parse(Bytes hex) {
    boolean valid = hex.length() == 2 * HASH_BYTES;
    for (int i = 0; valid && i < hex.length(); i++) {
      byte b = hex.at(i);
      valid = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f');
    }
    if (!valid) {
      throw new BadRule(
          "The password hash must be exactly 64 characters and contain only lowercase hexadecimal"
              + " characters");
    }
    return HexFormat.of().parseHex(hex.toString());
  }

  /// Whether a password with that hash is one of them. It takes as long whichever it is, or none.
  boolean have(byte[] candidate) {
    boolean found = false;
    for (byte[] hash : hashes) {
      found |= MessageDigest.isEqual(hash, candidate);
    }
    return found;
  }

  /// Takes as long as [#have] with one password, for a user that there is not.
  static boolean compareWithNone(byte[] candidate) {
    return MessageDigest.isEqual(NOBODYS, candidate) && candidate.length == 0;
  }

  void add(byte[] hash) {
    if (!have(hash)) {
      hashes.add(hash);
    }
  }

  void remove(byte[] hash) {
    if (!hashes.removeIf(each -> MessageDigest.isEqual(each, hash))) {
      throw new BadRule("The password you are trying to remove from the user does not exist");
    }
  }

  void clear() {
    hashes.clear();
  }

  /// The hashes in hexadecimal digits, oldest first.
  List<String> hex() {
    return hashes.stream().map(hash -> HexFormat.of().formatHex(hash)).toList();
  }
}
