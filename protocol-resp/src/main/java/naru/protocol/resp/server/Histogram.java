package naru.protocol.resp.server;

/// How many calls took up to 1, 2, 4, 8 … microseconds: a bucket for each power of two.
public final class Histogram {
  private static final int BUCKETS = 31;

  private final long[] counts = new long[BUCKETS];
  private long total;

  void add(long tookNs) {
    long us = Math.max(1, tookNs / 1000);
    int bucket = 64 - Long.numberOfLeadingZeros(us - 1);
    counts[Math.min(bucket, BUCKETS - 1)]++;
    total++;
  }

  public long total() {
    return total;
  }

  public int buckets() {
    return BUCKETS;
  }

  /// How many took at most [#upToUs] of that bucket, and more than the bucket before.
  public long count(int bucket) {
    return counts[bucket];
  }

  /// The upper end of a bucket in microseconds.
  public static long upToUs(int bucket) {
    return 1L << bucket;
  }

  /// The upper end of the bucket below which `share` (0 to 1) of the calls lie.
  public long percentileUs(double share) {
    long wanted = (long) Math.ceil(total * share);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return upToUs(i);
      }
    }
    return upToUs(BUCKETS - 1);
  }
}
