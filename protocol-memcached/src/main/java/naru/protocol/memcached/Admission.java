package naru.protocol.memcached;

import naru.bytes.Bytes;

/// Who may come in.
public interface Admission {
  /// Everybody may.
  Admission OPEN =
      new Admission() {
        @Override
        public boolean isRequired() {
          return false;
        }

        @Override
        public boolean admits(Bytes user, Bytes password) {
          return true;
        }
      };

  /// Whether a client that connects now has to say who it is before it says anything else.
  boolean isRequired();

  boolean admits(Bytes user, Bytes password);
}
