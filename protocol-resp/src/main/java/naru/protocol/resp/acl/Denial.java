package naru.protocol.resp.acl;

/// Why a call is not allowed.
///
/// @param index of the word that is to blame, 0 if it is the command itself
public record Denial(Reason reason, int index) {
  /// In rising order of how near the call came to being allowed.
  public enum Reason {
    COMMAND("command"),
    KEY("key"),
    /// Not of a call: the password is not the user's.
    AUTH("auth"),
    CHANNEL("channel");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /// As `ACL LOG` writes it.
    public String word() {
      return word;
    }
  }

  static final Denial COMMAND = new Denial(Reason.COMMAND, 0);

  /// Of two reasons, the one that came nearer to be none.
  Denial nearer(Denial other) {
    int byReason = other.reason.compareTo(reason);
    return byReason > 0 || (byReason == 0 && other.index > index) ? other : this;
  }
}
