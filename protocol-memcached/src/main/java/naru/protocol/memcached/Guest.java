package naru.protocol.memcached;

import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// Whom a connection acts for. What it is told counts at that moment: rights come and go.
public interface Guest {
  Guest UNLIMITED =
      new Guest() {
        @Override
        public boolean isGone() {
          return false;
        }

        @Override
        public boolean isUnlimited() {
          return true;
        }

        @Override
        public @Nullable String refusal(Permission permission, Bytes key, String address) {
          return null;
        }
      };

  /// Whether there is no such user any more, so that the connection has to say anew who it is.
  boolean isGone();

  /// Whether everything is allowed, so that nothing needs to be asked.
  boolean isUnlimited();

  /// Why something may not be done, null if it may.
  ///
  /// @param key empty if it is done to none
  /// @param address of the connection, for whoever reads of it later
  @Nullable String refusal(Permission permission, Bytes key, String address);
}
