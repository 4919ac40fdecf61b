package naru.structures.hyperloglog;

/// How many different elements there were, from how many registers have which value.
///
/// This is the improved estimator of Otmar Ertl, "New cardinality estimation algorithms for
/// HyperLogLog sketches", https://arxiv.org/abs/1702.01284, algorithm 6: it needs no table and no
/// change of method between small and large numbers.
final class Cardinality {
  /// The bits of a hash that are left for the value of a register.
  private static final int BITS = 50;

  /// 1 / (2 ln 2).
  private static final double ALPHA = 0.7213475204444817;

  private Cardinality() {}

  /// @param histogram at each index how many registers have that value, 64 numbers
  static long of(int[] histogram) {
    double count = HyperLogLog.REGISTERS;
    double z = count * tau((count - histogram[BITS + 1]) / count);
    for (int value = BITS; value >= 1; value--) {
      z = (z + histogram[value]) * 0.5;
    }
    z += count * sigma(histogram[0] / count);
    return Math.round(ALPHA * count * count / z);
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double z = x;
    double before;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (before != z);
    return z;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      x = Math.sqrt(x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (before != z);
    return z / 3;
  }
}
