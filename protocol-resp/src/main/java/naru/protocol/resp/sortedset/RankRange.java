package naru.protocol.resp.sortedset;

import naru.engine.sortedset.SortedSetValue;

/// A run of members: `count` from the rank `from` on.
record RankRange(int from, int count) {
  static final RankRange EMPTY = new RankRange(0, 0);

  static RankRange between(int from, int to) {
    return to > from ? new RankRange(from, to - from) : EMPTY;
  }

  /// The run when seen from the top: its first member is that of the highest rank, and `from` is
  /// where a cursor going down begins.
  RankRange fromTop() {
    return new RankRange(from + count - 1, count);
  }

  /// What is left of the run, seen upwards or downwards, without the first `offset` and with at
  /// most `limit`, a negative one for no limit.
  RankRange limited(long offset, long limit, boolean up) {
    if (offset < 0 || offset >= count) {
      return EMPTY;
    }
    int left = count - (int) offset;
    int kept = limit < 0 ? left : (int) Math.min(left, limit);
    return new RankRange(up ? from + (int) offset : from + left - kept, kept);
  }

  /// The run of members by ranks from `first` to `last`, negative ones counted from the end; with
  /// `up` unset they count from the top.
  static RankRange ofRanks(SortedSetValue set, long first, long last, boolean up) {
    int size = set.size();
    long from = Math.max(0, first < 0 ? first + size : first);
    long to = Math.min(size - 1L, last < 0 ? last + size : last);
    if (from > to) {
      return EMPTY;
    }
    int count = (int) (to - from + 1);
    return new RankRange((int) (up ? from : size - 1 - to), count);
  }
}
