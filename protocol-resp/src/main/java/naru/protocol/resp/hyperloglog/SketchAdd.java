package naru.protocol.resp.hyperloglog;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent.Kind;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Failures;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.structures.hyperloglog.HyperLogLog;
import org.jspecify.annotations.Nullable;

/// Adding elements to a sketch, one by one or those of other sketches.
public final class SketchAdd {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("PFADD key [element [element ...]]", SketchAdd::add)
              .since("2.8.9")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW insert")
              .summary("Adds elements to a HyperLogLog key. Creates the key if it doesn't exist.")
              .complexity("O(1) to add every element."),
          Verb.of("PFMERGE destkey [sourcekey [sourcekey ...]]", SketchAdd::merge)
              .since("2.8.9")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .reading()
              .keySpecs(
                  new KeySpec("", 1, KeySpec.Extent.ONE, "RW access insert"),
                  new KeySpec("", 2, KeySpec.Extent.ALL, "RO access"))
              .summary("Merges one or more HyperLogLog values into a single key.")
              .complexity("O(N) to merge N HyperLogLogs, but with high constant times."));

  private SketchAdd() {}

  private static Decision add(Call call) {
    Bytes key = call.arg(1);
    Bytes before = Sketches.bytes(call, key);
    HyperLogLog sketch = before == null ? HyperLogLog.empty() : HyperLogLog.of(before);
    boolean changed = before == null;
    for (int i = 2; i < call.count(); i++) {
      HyperLogLog.Outcome outcome = sketch.add(call.arg(i), sparseMaxBytes(call));
      if (outcome == HyperLogLog.Outcome.CORRUPT) {
        return halfway(call, key, before, sketch);
      }
      changed |= outcome == HyperLogLog.Outcome.CHANGED;
    }
    if (!changed) {
      return Decision.done(Replies.ZERO);
    }
    sketch.forgetCount();
    return Decision.done(Replies.ONE, Sketches.ops(call, key, before, sketch.bytes()))
        .event(Kind.STRING, "pfadd", call.database(), key);
  }

  /// Corruption is found only where an element belongs: what came before has been added.
  private static Decision halfway(
      Call call, Bytes key, @Nullable Bytes before, HyperLogLog sketch) {
    String error = Failures.text(Sketches.corrupt().failure());
    return Decision.done(Replies.error(error), Sketches.ops(call, key, before, sketch.bytes()));
  }

  private static Decision merge(Call call) {
    byte[] values = HyperLogLog.noValues();
    boolean dense = false;
    for (int i = 1; i < call.count(); i++) {
      Bytes source = Sketches.bytes(call, call.arg(i));
      if (source != null) {
        HyperLogLog.merge(values, Sketches.values(source));
        dense |= HyperLogLog.of(source).isDense();
      }
    }
    Bytes key = call.arg(1);
    Bytes before = Sketches.bytes(call, key);
    HyperLogLog sketch = before == null ? HyperLogLog.empty() : HyperLogLog.of(before);
    if (dense && !sketch.makeDense()) {
      throw Sketches.corrupt();
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        sketch.raise(i, values[i], sparseMaxBytes(call));
      }
    }
    sketch.forgetCount();
    return Decision.done(Replies.OK, Sketches.ops(call, key, before, sketch.bytes()))
        .event(Kind.STRING, "pfadd", call.database(), key);
  }

  private static long sparseMaxBytes(Call call) {
    return call.server().settings().hllSparseMaxBytes.bytes();
  }
}
