package naru.protocol.resp.cluster;

import java.util.List;
import naru.engine.Decision;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// What the cluster looks like: `CLUSTER INFO`, `NODES`, `SLOTS`, `SHARDS` and others.
public final class ClusterView {
  private static final String CHANGING = "nondeterministic_output";
  private static final String BY_NODES = "O(N) where N is the total number of Cluster nodes";

  private static final List<String> HELP =
      List.of(
          "CLUSTER <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "COUNTKEYSINSLOT <slot>",
          "    Return the number of keys in <slot>.",
          "COUNT-FAILURE-REPORTS <node-id>",
          "    Return the number of failure reports for <node-id>.",
          "GETKEYSINSLOT <slot> <count>",
          "    Return up to <count> names of keys in a slot.",
          "INFO",
          "    Return information about the cluster.",
          "KEYSLOT <key>",
          "    Return the hash slot for <key>.",
          "LINKS",
          "    Return the links to other nodes: none.",
          "MYID",
          "    Return the node id.",
          "MYSHARDID",
          "    Return the id of the node's shard.",
          "NODES",
          "    Return the cluster as this node sees it, a line for each node:",
          "    <id> <ip:port@bus-port> <flags> <master> <pings> <pongs> <epoch> <link> <slot> ...",
          "REPLICAS <node-id>",
          "    Return the replicas of <node-id>: none.",
          "SHARDS",
          "    Return information about slot range mappings and the nodes associated with them.",
          "SLOTS",
          "    Return information about slots range mappings. Each range is made of:",
          "    start, end, master and replicas IP addresses, ports and ids",
          "SLOT-STATS <SLOTSRANGE start-slot end-slot | ORDERBY metric [LIMIT limit] [ASC | DESC]>",
          "    Return how many keys there are in slots.",
          "The others would change what the cluster consists of, and are refused.",
          "HELP",
          "    Print this help.");

  private static final List<String> INFO =
      List.of(
          "cluster_state:ok",
          "cluster_slots_assigned:16384",
          "cluster_slots_ok:16384",
          "cluster_slots_pfail:0",
          "cluster_slots_fail:0",
          "cluster_known_nodes:1",
          "cluster_size:1",
          "cluster_current_epoch:1",
          "cluster_my_epoch:1",
          "cluster_stats_messages_sent:0",
          "cluster_stats_messages_received:0",
          "total_cluster_links_buffer_limit_exceeded:0");

  public static final List<Verb> VERBS =
      List.of(
          of("CLUSTER HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("5.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"),
          of("CLUSTER INFO", ClusterView::info)
              .tips(CHANGING)
              .summary("Returns information about the state of a node.")
              .complexity("O(1)"),
          of("CLUSTER LINKS", _ -> Decision.done(Replies.EMPTY_ARRAY))
              .tips(CHANGING)
              .since("7.0.0")
              .summary("Returns a list of all TCP links to and from peer nodes.")
              .complexity(BY_NODES),
          of("CLUSTER MYID", call -> Decision.done(Replies.bulk(ClusterNode.of(call).id())))
              .summary("Returns the ID of a node.")
              .complexity("O(1)"),
          of(
                  "CLUSTER MYSHARDID",
                  call -> Decision.done(Replies.bulk(ClusterNode.of(call).shardId())))
              .tips(CHANGING)
              .since("7.2.0")
              .summary("Returns the shard ID of a node.")
              .complexity("O(1)"),
          of("CLUSTER NODES", ClusterView::nodes)
              .tips(CHANGING)
              .summary("Returns the cluster configuration for a node.")
              .complexity(BY_NODES),
          of("CLUSTER SHARDS", ClusterView::shards)
              .tips(CHANGING)
              .since("7.0.0")
              .summary("Returns the mapping of cluster slots to shards.")
              .complexity(BY_NODES),
          of("CLUSTER SLOTS", ClusterView::slots)
              .deprecated("7.0.0", "`CLUSTER SHARDS`")
              .tips(CHANGING)
              .summary("Returns the mapping of cluster slots to nodes.")
              .complexity(BY_NODES));

  private ClusterView() {}

  /// A verb that is refused unless there is a cluster.
  static Verb of(String usage, Handler handler) {
    return Verb.of(
            usage,
            call -> {
              ClusterNode.demandEnabled(call);
              return handler.decide(call);
            })
        .since("3.0.0")
        .flags(Flag.STALE);
  }

  private static Decision info(Call call) {
    String text = String.join("\r\n", INFO) + "\r\n";
    return Decision.done(Replies.of(out -> out.verbatim("txt", text)));
  }

  private static Decision nodes(Call call) {
    String line = ClusterNode.of(call).line();
    return Decision.done(Replies.of(out -> out.verbatim("txt", line)));
  }

  private static Decision slots(Call call) {
    ClusterNode node = ClusterNode.of(call);
    return Decision.done(
        Replies.of(
            out -> {
              out.array(1);
              out.array(3);
              out.integer(0);
              out.integer(Slots.COUNT - 1);
              out.array(4);
              out.bulk(node.host());
              out.integer(node.port());
              out.bulk(node.id());
              out.map(0);
            }));
  }

  private static Decision shards(Call call) {
    ClusterNode node = ClusterNode.of(call);
    long position = call.server().reactor().log().position();
    return Decision.done(
        Replies.of(
            out -> {
              out.array(1);
              out.map(2);
              out.bulk("slots");
              out.array(2);
              out.integer(0);
              out.integer(Slots.COUNT - 1);
              out.bulk("nodes");
              out.array(1);
              out.map(7);
              out.bulk("id");
              out.bulk(node.id());
              out.bulk("port");
              out.integer(node.port());
              out.bulk("ip");
              out.bulk(node.host());
              out.bulk("endpoint");
              out.bulk(node.host());
              out.bulk("role");
              out.bulk("master");
              out.bulk("replication-offset");
              out.integer(position);
              out.bulk("health");
              out.bulk("online");
            }));
  }
}
