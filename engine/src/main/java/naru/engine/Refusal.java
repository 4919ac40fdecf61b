package naru.engine;

/// Leaves a decision early with a [Failure]: the client's arguments or the state forbid it.
///
/// It costs no stack trace, is thrown only while deciding, when nothing has changed yet, and is
/// caught in one place: where the decision was asked for.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  public Refusal(Failure failure) {
    super(null, null, false, false);
    this.failure = failure;
  }

  /// A refusal with the code `ERR`.
  public Refusal(String sentence) {
    this(new Failure.Invalid("ERR", sentence));
  }

  public Refusal(String code, String sentence) {
    this(new Failure.Invalid(code, sentence));
  }

  public Failure failure() {
    return failure;
  }

  @Override
  public String getMessage() {
    return failure.toString();
  }
}
