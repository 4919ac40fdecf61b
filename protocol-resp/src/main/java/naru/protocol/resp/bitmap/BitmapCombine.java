package naru.protocol.resp.bitmap;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent.Kind;
import naru.engine.Refusal;
import naru.engine.key.KeyOp;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Bitwise operations between strings.
public final class BitmapCombine {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "BITOP <AND | OR | XOR | NOT | DIFF | DIFF1 | ANDOR | ONE> destkey key [key ...]",
                  BitmapCombine::combine)
              .since("2.6.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .reading()
              .keys("OW update", "RO access")
              .summary("Performs bitwise operations on multiple strings, and stores the result.")
              .complexity("O(N)"));

  private BitmapCombine() {}

  private static Decision combine(Call call) {
    BitOperation operation = operation(call);
    Bytes key = call.arg(2);
    List<Bytes> sources = new ArrayList<>(call.count() - 3);
    int length = 0;
    for (int i = 3; i < call.count(); i++) {
      StringValue string = call.find(call.arg(i), StringValue.class);
      Bytes bytes = string == null ? Bytes.EMPTY : string.bytes();
      sources.add(bytes);
      length = Math.max(length, bytes.length());
    }
    if (length > 0) {
      Bytes result = Bytes.of(operation.of(sources, length));
      return Decision.done(Replies.integer(length), new StringOp.Set(call.database(), key, result))
          .event(Kind.STRING, "set", call.database(), key);
    }
    if (call.keys().entry(key) == null) {
      return Decision.done(Replies.ZERO);
    }
    return Decision.done(Replies.ZERO, new KeyOp.Removed(call.database(), key, KeyOp.Cause.DELETED))
        .event(Kind.GENERIC, "del", call.database(), key);
  }

  private static BitOperation operation(Call call) {
    for (BitOperation operation : BitOperation.values()) {
      if (call.is(1, operation.name())) {
        check(operation, call.count() - 3);
        return operation;
      }
    }
    throw Call.syntaxError();
  }

  private static void check(BitOperation operation, int sources) {
    if (operation == BitOperation.NOT && sources != 1) {
      throw new Refusal("BITOP NOT must be called with a single source key.");
    }
    if (operation.needsTwo() && sources < 2) {
      throw new Refusal(
          "BITOP " + operation.name() + " must be called with at least two source keys.");
    }
  }
}
