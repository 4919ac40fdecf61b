package naru.protocol.resp.string;

import java.util.HexFormat;
import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.Xxh3;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.key.KeyOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Comparing strings with what a client thinks they are.
public final class StringCompare {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "DELEX key [IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | "
                      + "IFDNE ifdne-digest]",
                  StringCompare::delete)
              .since("8.4.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW delete")
              .summary(
                  "Conditionally removes the specified key based on value or hash digest "
                      + "comparison.")
              .complexity(
                  "O(1) for IFEQ/IFNE, O(N) for IFDEQ/IFDNE where N is the length of the string "
                      + "value."),
          Verb.of("DIGEST key", StringCompare::digest)
              .since("8.4.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns the hash digest of a string value as a hexadecimal string.")
              .complexity("O(N) where N is the length of the string value."));

  private StringCompare() {}

  private static Decision delete(Call call) {
    if (call.count() != 2 && call.count() != 4) {
      throw call.wrongArity();
    }
    Condition condition = null;
    if (call.count() == 4) {
      condition = Condition.at(call, 2);
      if (condition == null) {
        throw Call.syntaxError();
      }
      condition.check();
    }
    Bytes key = call.arg(1);
    Entry entry = call.entry(key);
    if (entry == null) {
      return Decision.done(Replies.ZERO);
    }
    if (condition != null) {
      if (!(entry.value() instanceof StringValue string)) {
        throw Call.wrongType();
      }
      if (!condition.holds(string)) {
        return Decision.done(Replies.ZERO);
      }
    }
    return Decision.done(Replies.ONE, new KeyOp.Removed(call.database(), key, KeyOp.Cause.DELETED))
        .event(Kind.GENERIC, "del", call.database(), key);
  }

  private static Decision digest(Call call) {
    StringValue string = call.find(call.arg(1), StringValue.class);
    return Decision.done(
        string == null
            ? Replies.NULL
            : Replies.bulk(HexFormat.of().toHexDigits(Xxh3.of(string.bytes()))));
  }
}
