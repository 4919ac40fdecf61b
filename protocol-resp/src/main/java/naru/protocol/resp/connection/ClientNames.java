package naru.protocol.resp.connection;

import naru.bytes.Bytes;
import naru.engine.Refusal;

/// What a client may call itself, so that a list of clients stays readable.
final class ClientNames {
  private ClientNames() {}

  /// Refuses names with spaces, line breaks or other characters that do not print.
  static void check(Bytes name, String what) {
    for (int i = 0; i < name.length(); i++) {
      if (name.at(i) < '!' || name.at(i) > '~') {
        throw new Refusal(what + " cannot contain spaces, newlines or special characters.");
      }
    }
  }
}
