package naru.protocol.resp.string;

import java.util.List;
import naru.engine.Decision;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Reading strings.
public final class StringGet {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("GET key", StringGet::get)
              .since("1.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns the string value of a key.")
              .complexity("O(1)"));

  private StringGet() {}

  private static Decision get(Call call) {
    StringValue string = call.find(call.arg(1), StringValue.class);
    return Decision.done(string == null ? Replies.NULL : Replies.bulk(string.bytes()));
  }
}
