package naru.protocol.resp.sortedset;

import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Timeout;
import org.jspecify.annotations.Nullable;

/// One call of `ZMPOP` or `BZMPOP`: `numkeys key [key ...] <MIN | MAX> [COUNT count]`.
final class MultiPop {
  static final String COMPLEXITY =
      "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements"
          + " in the sorted set, and M being the number of elements popped.";

  private final Call call;
  private final int firstKey;
  private final int behindKeys;
  private final End end;
  private final int most;

  /// `index` is where the number of keys stands.
  MultiPop(Call call, int index) {
    this.call = call;
    long keys = call.integerBetween(index, 1, Long.MAX_VALUE, "numkeys should be greater than 0");
    firstKey = index + 1;
    if (keys >= call.count() - firstKey) {
      throw Call.syntaxError();
    }
    behindKeys = firstKey + (int) keys;
    end = End.read(call, behindKeys);
    most = readCount(behindKeys + 1);
  }

  private int readCount(int index) {
    if (index == call.count()) {
      return 1;
    }
    if (call.count() < index + 2 || !call.is(index, "COUNT")) {
      throw Call.syntaxError();
    }
    long count =
        call.integerBetween(index + 1, 1, Long.MAX_VALUE, "count should be greater than 0");
    if (call.count() > index + 2) {
      throw Call.syntaxError();
    }
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  Decision pop() {
    Decision popped = popped();
    return popped == null ? Decision.done(Replies.NULL_ARRAY) : popped;
  }

  Decision popOrWait() {
    long untilMs = Timeout.untilMs(call, 1);
    Decision popped = popped();
    return popped == null
        ? call.await(SortedSetValue.class, firstKey, behindKeys, untilMs, Replies.NULL_ARRAY)
        : popped;
  }

  private @Nullable Decision popped() {
    for (int i = firstKey; i < behindKeys; i++) {
      Bytes key = call.arg(i);
      SortedSetValue set = call.findAwaited(key, SortedSetValue.class);
      if (set != null) {
        int count = Math.min(most, set.size());
        RespReply reply =
            out -> {
              out.array(2);
              out.bulk(key);
              Members.writePairs(out, set, end.firstRank(set), count, end.goesUp());
            };
        return SortedSetRemove.removed(call, key, set, end.range(set, count), reply, end.event());
      }
    }
    return null;
  }
}
