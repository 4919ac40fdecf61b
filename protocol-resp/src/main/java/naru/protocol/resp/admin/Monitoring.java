package naru.protocol.resp.admin;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Watching all commands as they are carried out.
public final class Monitoring {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("MONITOR", Monitoring::monitor)
              .since("1.0.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Listens for all requests received by the server in real-time.")
              .complexity("O(1)"));

  private Monitoring() {}

  private static Decision monitor(Call call) {
    if (call.server().shard().isInProcedure()) {
      throw new Refusal("MONITOR isn't allowed for DENY BLOCKING client");
    }
    if (call.server().monitors().has(call.client())) {
      // As in Redis: not answered.
      return Decision.done(Replies.NONE);
    }
    call.server().monitors().add(call.client());
    call.client().peer().limitOutput(call.server().outputLimit(true));
    return Decision.done(Replies.OK);
  }
}
