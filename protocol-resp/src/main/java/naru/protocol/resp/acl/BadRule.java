package naru.protocol.resp.acl;

/// A rule that a user cannot be given, in Redis' words.
public final class BadRule extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadRule(String sentence) {
    super(sentence, null, false, false);
  }

  static BadRule syntax() {
    return new BadRule("Syntax error");
  }

  static BadRule unknownCommand() {
    return new BadRule("Unknown command or category name in ACL");
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
