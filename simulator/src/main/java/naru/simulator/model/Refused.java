package naru.simulator.model;

/// A command is answered with an error.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refused(String text) {
    super(text, null, false, false);
  }

  static Refused wrongType() {
    return new Refused("WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  Reply reply() {
    return new Reply.Failure(String.valueOf(getMessage()));
  }
}
