package naru.protocol.resp.sortedset;

import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;

/// The end of a sorted set at which members are popped.
enum End {
  MIN,
  MAX;

  /// The end that the word at `index` names.
  static End read(Call call, int index) {
    if (call.is(index, "MIN")) {
      return MIN;
    }
    if (call.is(index, "MAX")) {
      return MAX;
    }
    throw Call.syntaxError();
  }

  /// The last `count` members at this end.
  RankRange range(SortedSetValue set, int count) {
    return new RankRange(this == MIN ? 0 : set.size() - count, count);
  }

  /// Where a cursor that comes from this end begins.
  int firstRank(SortedSetValue set) {
    return this == MIN ? 0 : set.size() - 1;
  }

  /// Whether a cursor that comes from this end goes up.
  boolean goesUp() {
    return this == MIN;
  }

  String event() {
    return this == MIN ? "zpopmin" : "zpopmax";
  }
}
