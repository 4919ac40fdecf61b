package naru.protocol.resp.hyperloglog;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import naru.structures.hyperloglog.HyperLogLog;

/// For tests and for looking inside: `PFDEBUG`, `PFSELFTEST`.
public final class SketchDebug {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("PFDEBUG subcommand key", SketchDebug::debug)
              .since("2.8.9")
              .forSystem()
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.ADMIN)
              .keys("RW access")
              .summary("Internal commands for debugging HyperLogLog values.")
              .complexity("N/A"),
          Verb.of("PFSELFTEST", SketchDebug::selfTest)
              .since("2.8.9")
              .forSystem()
              .flags(Flag.ADMIN)
              .summary("An internal command for testing HyperLogLog values.")
              .complexity("N/A"));

  private static final int TESTED_ELEMENTS = 10_000;

  /// Six times the standard error of 16384 registers.
  private static final double TESTED_ERROR = 6 * 1.04 / 128;

  private SketchDebug() {}

  private static Decision debug(Call call) {
    Bytes before = Sketches.bytes(call, call.arg(2));
    if (before == null) {
      throw new Refusal("The specified key does not exist");
    }
    HyperLogLog sketch = HyperLogLog.of(before);
    boolean wasDense = sketch.isDense();
    if (call.is(1, "ENCODING")) {
      return Decision.done(Replies.simple(wasDense ? "dense" : "sparse"));
    }
    if (call.is(1, "DECODE")) {
      if (wasDense) {
        throw new Refusal("HLL encoding is not sparse");
      }
      return Decision.done(Replies.bulk(sketch.runs()));
    }
    if (call.is(1, "TODENSE")) {
      return dense(call, before, sketch, wasDense ? Replies.ZERO : Replies.ONE);
    }
    if (call.is(1, "GETREG")) {
      return dense(call, before, sketch, registers(Sketches.values(before)));
    }
    throw new Refusal("Unknown PFDEBUG subcommand '" + call.arg(1).printed() + "'");
  }

  private static Decision dense(Call call, Bytes before, HyperLogLog sketch, RespReply reply) {
    if (!sketch.makeDense()) {
      throw Sketches.corrupt();
    }
    return Decision.done(reply, Sketches.ops(call, call.arg(2), before, sketch.bytes()));
  }

  private static RespReply registers(byte[] values) {
    return out -> {
      out.array(values.length);
      for (byte value : values) {
        out.integer(value);
      }
    };
  }

  /// That the two forms of a sketch agree, and are not far from the truth.
  private static Decision selfTest(Call call) {
    HyperLogLog sparse = HyperLogLog.empty();
    HyperLogLog dense = HyperLogLog.empty();
    dense.makeDense();
    int checkpoint = 1;
    for (int i = 1; i <= TESTED_ELEMENTS; i++) {
      Bytes element = Bytes.of(Integer.toString(i));
      sparse.add(element, Long.MAX_VALUE);
      dense.add(element, Long.MAX_VALUE);
      if (i == checkpoint) {
        check(i, sparse, dense);
        checkpoint *= 10;
      }
    }
    return Decision.done(Replies.OK);
  }

  private static void check(int elements, HyperLogLog sparse, HyperLogLog dense) {
    long count = dense.count();
    if (sparse.isDense()) {
      throw new Refusal("TESTFAILED sparse encoding not used");
    }
    if (count != sparse.count()) {
      throw new Refusal("TESTFAILED dense/sparse disagree");
    }
    long error = Math.abs(count - elements);
    if (error > Math.ceil(TESTED_ERROR * elements)) {
      throw new Refusal("TESTFAILED Too big error. card:" + elements + " abserr:" + error);
    }
  }
}
