package naru.lua;

/// The end of a script that `pcall` cannot catch: killed, or over a limit.
public final class Aborted extends RuntimeException {
  private final int line;

  public Aborted(String sentence, int line) {
    super(sentence, null, false, false);
    this.line = line;
  }

  /// Where the script was.
  public int line() {
    return line;
  }

  /// What the script's caller is told.
  public String sentence() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
