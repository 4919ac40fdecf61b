package naru.protocol.resp.hyperloglog;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.structures.hyperloglog.HyperLogLog;

/// Counting the elements of sketches.
public final class SketchCount {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("PFCOUNT key [key ...]", SketchCount::count)
              .since("2.8.9")
              .flags(Flag.READONLY, Flag.MAY_REPLICATE)
              .keys("RW access")
              .summary(
                  "Returns the approximated cardinality of the set(s) observed by the "
                      + "HyperLogLog key(s).")
              .complexity(
                  "O(1) with a very small average constant time when called with a single key. "
                      + "O(N) with N being the number of keys, and much bigger constant times, "
                      + "when called with multiple keys."));

  private SketchCount() {}

  private static Decision count(Call call) {
    return call.count() == 2 ? countOne(call) : countAll(call);
  }

  /// Keeps what was counted in the sketch.
  private static Decision countOne(Call call) {
    Bytes key = call.arg(1);
    Bytes before = Sketches.bytes(call, key);
    if (before == null) {
      return Decision.done(Replies.ZERO);
    }
    long cached = HyperLogLog.cachedCount(before);
    if (cached >= 0) {
      return Decision.done(Replies.integer(cached));
    }
    HyperLogLog sketch = HyperLogLog.of(before);
    long count = sketch.count();
    if (count < 0) {
      throw Sketches.corrupt();
    }
    sketch.keepCount(count);
    return Decision.done(Replies.integer(count), Sketches.ops(call, key, before, sketch.bytes()));
  }

  private static Decision countAll(Call call) {
    byte[] values = HyperLogLog.noValues();
    for (int i = 1; i < call.count(); i++) {
      Bytes sketch = Sketches.bytes(call, call.arg(i));
      if (sketch != null) {
        HyperLogLog.merge(values, Sketches.values(sketch));
      }
    }
    return Decision.done(Replies.integer(HyperLogLog.count(values)));
  }
}
