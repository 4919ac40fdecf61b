package naru.engine;

/// What time it is, for those who ask how long a key has not been used. An observation, not state:
/// nothing depends on it.
final class LastUse {
  /// Wall clock in seconds, cut off.
  int nowS;
}
