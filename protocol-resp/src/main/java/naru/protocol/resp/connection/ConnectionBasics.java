package naru.protocol.resp.connection;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Asking whether anybody is there.
public final class ConnectionBasics {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("PING [message]", ConnectionBasics::ping)
              .tips("request_policy:all_shards", "response_policy:all_succeeded")
              .since("1.0.0")
              .flags(Flag.FAST)
              .summary("Returns the server's liveliness response.")
              .complexity("O(1)"),
          Verb.of("ECHO message", ConnectionBasics::echo)
              .since("1.0.0")
              .flags(Flag.LOADING, Flag.STALE, Flag.FAST)
              .summary("Returns the given string.")
              .complexity("O(1)"));

  private ConnectionBasics() {}

  private static Decision ping(Call call) {
    if (call.count() > 2) {
      throw call.wrongArity();
    }
    if (call.client().isRestrictedToPubSub()) {
      return Decision.done(
          Replies.of(
              out -> {
                out.array(2);
                out.bulk("pong");
                out.bulk(call.count() == 2 ? call.arg(1) : Bytes.EMPTY);
              }));
    }
    return Decision.done(call.count() == 2 ? Replies.bulk(call.arg(1)) : Replies.PONG);
  }

  private static Decision echo(Call call) {
    return Decision.done(Replies.bulk(call.arg(1)));
  }
}
