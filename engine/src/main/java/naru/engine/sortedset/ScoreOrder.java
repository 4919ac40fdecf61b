package naru.engine.sortedset;

/// Scores as whole numbers in the same order, so that they can be compared and searched as such.
final class ScoreOrder {
  private ScoreOrder() {}

  /// Minus zero and zero are one: members with these scores are in the order of their names.
  static long of(double score) {
    long bits = Double.doubleToRawLongBits(score + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
