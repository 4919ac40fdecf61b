package naru.engine.stream.block;

/// A block that lies in a file cannot be read, or is not what was written. Says which file, where,
/// and what to do.
public final class UnreadableBlock extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;

  public UnreadableBlock(String what) {
    super(what);
    this.what = what;
  }

  public UnreadableBlock(String what, Throwable cause) {
    super(what, cause);
    this.what = what;
  }

  /// What is wrong, where, and what to do.
  public String what() {
    return what;
  }
}
