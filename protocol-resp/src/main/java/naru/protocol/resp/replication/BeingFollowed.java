package naru.protocol.resp.replication;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// What a server says that follows this one: `REPLCONF`, `PSYNC`.
public final class BeingFollowed {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("REPLCONF [argument [argument ...]]", BeingFollowed::configure)
              .since("3.0.0")
              .forSystem()
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.ALLOW_BUSY)
              .categories("admin", "dangerous")
              .summary("An internal command for configuring the replication stream.")
              .complexity("O(1)"),
          Verb.of("PSYNC replicationid offset", BeingFollowed::follow)
              .since("2.8.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_MULTI, Flag.NO_ASYNC_LOADING)
              .arity(-3)
              .categories("admin", "dangerous")
              .summary("An internal command used in replication."));

  private BeingFollowed() {}

  private static Decision configure(Call call) {
    if (call.count() % 2 == 0) {
      throw Call.syntaxError();
    }
    Followers followers = call.server().followers();
    for (int i = 1; i < call.count(); i += 2) {
      if (call.is(i, "ACK")) {
        followers.acknowledged(call.client(), call.integer(i + 1));
        return Decision.done(Replies.NONE);
      }
      if (call.is(i, "LISTENING-PORT")) {
        followers.listensAt(call.client(), call.integer(i + 1));
      } else if (call.is(i, "CAPA")) {
        followers.isAble(call.client(), call.is(i + 1, "EOF"));
      } else if (!call.is(i, "IP-ADDRESS") && !call.is(i, "VERSION")) {
        throw new Refusal("Unrecognized REPLCONF option: " + call.arg(i).printed());
      }
    }
    return Decision.done(Replies.OK);
  }

  private static Decision follow(Call call) {
    if (call.server().replication().isReplica()) {
      throw new Refusal("NOMASTERLINK", "This broker follows another one itself");
    }
    long from = call.integer(2);
    call.server().followers().follow(call.client(), call.arg(1).toString(), from);
    return Decision.done(Replies.NONE);
  }
}
