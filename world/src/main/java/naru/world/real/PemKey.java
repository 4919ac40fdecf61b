package naru.world.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// A private key in a PEM file.
///
/// Source: RFC 7468 (PEM), RFC 5208 (PKCS #8), RFC 8017 A.1 (RSA's own form).
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([^-]+)-----END");

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  /// Version 0 and the name of RSA, which RSA's own form leaves out.
  private static final byte[] RSA_HEAD =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private PemKey() {}

  /// Throws [WorldFailure], which says what to do, when it is none or one of another form.
  static PrivateKey read(Path file, @Nullable String password) throws GeneralSecurityException {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException failure) {
      throw new WorldFailure("read " + file, failure);
    }
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new WorldFailure("there is no private key in " + file);
    }
    if (block.group(2).contains("Proc-Type") || block.group(1).startsWith("EC ")) {
      throw new WorldFailure(
          "the key in " + file + " has an old form; openssl pkcs8 -topk8 makes a new one of it");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(block.group(2));
      return switch (block.group(1)) {
        case "PRIVATE KEY" -> key(bytes);
        case "RSA PRIVATE KEY" -> key(withHead(bytes));
        case "ENCRYPTED PRIVATE KEY" -> key(decrypted(bytes, file, password));
        default -> throw new WorldFailure(file + " has no key of a known form");
      };
    } catch (IllegalArgumentException | IOException wrong) {
      throw new WorldFailure("the key in " + file + " is damaged: " + wrong.getMessage());
    }
  }

  private static PrivateKey key(byte[] bytes) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (InvalidKeySpecException _) {
        // It is one of another algorithm, or of none.
      }
    }
    throw new InvalidKeySpecException("the private key is of none of " + ALGORITHMS);
  }

  private static byte[] decrypted(byte[] bytes, Path file, @Nullable String password)
      throws GeneralSecurityException, IOException {
    if (password == null) {
      throw new WorldFailure("the key in " + file + " is encrypted: it needs a password");
    }
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
    String algorithm =
        info.getAlgName().equals("PBES2") ? "" + info.getAlgParameters() : info.getAlgName();
    try {
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray())),
          info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (InvalidKeySpecException | java.security.InvalidKeyException wrong) {
      throw new WorldFailure("the key in " + file + " does not open with that password");
    }
  }

  /// ```
  /// SEQUENCE { 0, { RSA, NULL }, OCTET STRING { what was there } }
  /// ```
  private static byte[] withHead(byte[] rsaKey) {
    byte[] octets = element(4, rsaKey);
    byte[] inner = new byte[RSA_HEAD.length + octets.length];
    System.arraycopy(RSA_HEAD, 0, inner, 0, RSA_HEAD.length);
    System.arraycopy(octets, 0, inner, RSA_HEAD.length, octets.length);
    return element(0x30, inner);
  }

  /// An element of DER: its tag, the number of bytes in two, the bytes.
  private static byte[] element(int tag, byte[] content) {
    byte[] element = new byte[4 + content.length];
    element[0] = (byte) tag;
    element[1] = (byte) 0x82;
    element[2] = (byte) (content.length >> 8);
    element[3] = (byte) content.length;
    System.arraycopy(content, 0, element, 4, content.length);
    return element;
  }

  /// Whether what the one signs the other recognises.
  static boolean belongs(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(text);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certified);
      verifier.update(text);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
