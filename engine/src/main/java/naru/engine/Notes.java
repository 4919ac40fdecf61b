package naru.engine;

/// What is noted in entries when they are made or used, beside their state: nothing that happens
/// depends on it.
final class Notes {
  /// What time it is, for those who ask how long a key has not been used: seconds, cut off.
  int nowS;

  /// The mark of entries that the [StateRetelling] under way has told, or need not tell because
  /// they are newer. Between two retellings all entries have it.
  boolean mark;
}
