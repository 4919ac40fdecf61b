package naru.protocol.resp.sortedset;

import naru.protocol.resp.verb.Call;

/// How the scores that a member has in several sorted sets become one.
enum Aggregate {
  SUM,
  MIN,
  MAX,
  /// The scores do not matter: each set counts by its weight.
  COUNT;

  static Aggregate read(Call call, int index) {
    for (Aggregate aggregate : values()) {
      if (call.is(index, aggregate.name())) {
        return aggregate;
      }
    }
    throw Call.syntaxError();
  }

  /// What a score in a set of this weight contributes. Infinity times zero is zero.
  double weighted(double score, double weight) {
    double weighted = this == COUNT ? weight : score * weight;
    return Double.isNaN(weighted) ? 0 : weighted;
  }

  /// Infinity and minus infinity make zero.
  double join(double a, double b) {
    return switch (this) {
      case SUM, COUNT -> Double.isNaN(a + b) ? 0 : a + b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
    };
  }
}
