package naru.engine;

/// Why the broker says no. Each protocol words it in one place.
public sealed interface Failure {
  /// The key holds another kind of value than the request is about.
  record WrongType() implements Failure {}

  /// A limit that is a setting would be passed.
  record OverLimit(String sentence) implements Failure {}

  /// The request makes no sense as it stands: a stable code (`ERR`, `BUSYGROUP`) and a sentence.
  record Invalid(String code, String sentence) implements Failure {}
}
