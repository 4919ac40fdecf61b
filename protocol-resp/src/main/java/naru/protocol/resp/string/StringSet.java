package naru.protocol.resp.string;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.string.StringOp;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Writing strings.
public final class StringSet {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SET key value", StringSet::set)
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW access update variable_flags")
              .summary("Sets the string value of a key.")
              .complexity("O(1)"));

  private StringSet() {}

  private static Decision set(Call call) {
    Bytes key = call.arg(1);
    return Decision.done(Replies.OK, new StringOp.Set(call.database(), key, call.arg(2)))
        .event(KeyEvent.Kind.STRING, "set", call.database(), key);
  }
}
