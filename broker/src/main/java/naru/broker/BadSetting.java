package naru.broker;

/// The broker cannot start as it was told to. The message is one line for the person who told it.
final class BadSetting extends RuntimeException {
  static final int EXIT_CODE = 2;

  private static final long serialVersionUID = 1;

  BadSetting(String message) {
    super(message);
  }
}
