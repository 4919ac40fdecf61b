package naru.protocol.resp.verb;

import naru.engine.Failure;
import naru.protocol.resp.wire.RespWriter;

/// How Redis words each [Failure].
public final class Failures {
  /// More memory is used than may be, and nothing can be evicted.
  public static final Failure OUT_OF_MEMORY =
      new Failure.Invalid("OOM", "command not allowed when used memory > 'maxmemory'.");

  private Failures() {}

  public static void write(Failure failure, RespWriter out) {
    out.error(text(failure));
  }

  /// The code alone: `ERR`, `WRONGTYPE`.
  public static String code(Failure failure) {
    return switch (failure) {
      case Failure.WrongType _ -> "WRONGTYPE";
      case Failure.OverLimit _ -> "ERR";
      case Failure.Invalid(String code, String _) -> code;
    };
  }

  /// The sentence alone.
  public static String sentence(Failure failure) {
    return text(failure).substring(code(failure).length() + 1);
  }

  /// The code, a space, the sentence.
  public static String text(Failure failure) {
    return switch (failure) {
      case Failure.WrongType _ ->
          "WRONGTYPE Operation against a key holding the wrong kind of value";
      case Failure.OverLimit(String sentence) -> "ERR " + sentence;
      case Failure.Invalid(String code, String sentence) -> code + " " + sentence;
    };
  }
}
