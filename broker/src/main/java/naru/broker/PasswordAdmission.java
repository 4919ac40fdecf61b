package naru.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import naru.bytes.Bytes;
import naru.protocol.memcached.Admission;
import naru.protocol.resp.server.Settings;

/// Memcached clients have to give the password that Redis clients have to give, under any name.
final class PasswordAdmission implements Admission {
  private final Settings settings;

  PasswordAdmission(Settings settings) {
    this.settings = settings;
  }

  @Override
  public boolean isRequired() {
    return !settings.requirepass.text().isEmpty();
  }

  @Override
  public boolean admits(Bytes user, Bytes password) {
    // Takes the same time wherever the two differ.
    return MessageDigest.isEqual(
        settings.requirepass.text().getBytes(StandardCharsets.UTF_8), password.copy());
  }
}
