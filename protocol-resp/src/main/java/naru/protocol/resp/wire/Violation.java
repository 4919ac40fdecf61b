package naru.protocol.resp.wire;

/// Bytes that are no request. The connection is told why, in Redis' words, and closed.
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// `sentence` is what follows `-ERR Protocol error: `.
  public Violation(String sentence) {
    super(sentence, null, false, false);
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
