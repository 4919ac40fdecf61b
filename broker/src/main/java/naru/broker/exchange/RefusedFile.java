package naru.broker.exchange;

/// A file cannot be taken: which, and what is wrong with it. Nothing was changed.
public final class RefusedFile extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RefusedFile(String message) {
    super(message);
  }
}
