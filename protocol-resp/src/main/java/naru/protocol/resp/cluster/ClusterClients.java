package naru.protocol.resp.cluster;

import java.util.List;
import naru.engine.Decision;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// What clients of clusters say of their connections. It changes nothing where all slots are here.
public final class ClusterClients {
  public static final List<Verb> VERBS =
      List.of(
          ClusterView.of("ASKING", _ -> Decision.done(Replies.OK))
              .flags(Flag.FAST)
              .categories("connection")
              .summary("Signals that a cluster client is following an -ASK redirect.")
              .complexity("O(1)"),
          ClusterView.of("READONLY", call -> readOnly(call, true))
              .flags(Flag.LOADING, Flag.STALE, Flag.FAST)
              .categories("connection")
              .summary(
                  "Enables read-only queries for a connection to a Redis Cluster replica node.")
              .complexity("O(1)"),
          ClusterView.of("READWRITE", call -> readOnly(call, false))
              .flags(Flag.LOADING, Flag.STALE, Flag.FAST)
              .categories("connection")
              .summary(
                  "Enables read-write queries for a connection to a Redis Cluster replica node.")
              .complexity("O(1)"));

  private ClusterClients() {}

  private static Decision readOnly(Call call, boolean on) {
    call.client().readsReplicas(on);
    return Decision.done(Replies.OK);
  }
}
