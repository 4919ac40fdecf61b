package naru.protocol.memcached;

import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// Who may come in.
public interface Admission {
  /// Everybody may, and may do everything.
  Admission OPEN =
      new Admission() {
        @Override
        public boolean turnsAway(String address) {
          return false;
        }

        @Override
        public Guest newcomer() {
          return Guest.UNLIMITED;
        }

        @Override
        public Verdict enter(String address, Bytes name, Bytes password) {
          return new Verdict.Welcome(Guest.UNLIMITED);
        }
      };

  /// What follows from a name and a password.
  sealed interface Verdict {
    record Welcome(Guest guest) implements Verdict {}

    /// @param delayMs for how long the client is to wait for being told
    record Wrong(long delayMs) implements Verdict {}
  }

  /// Whether a connection from `address` is not wanted, whatever it would say.
  boolean turnsAway(String address);

  /// Whom a connection acts for that has not said who it is; null if it has to say that first.
  @Nullable Guest newcomer();

  Verdict enter(String address, Bytes name, Bytes password);
}
