package naru.protocol.resp.cluster;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// What would change the cluster: it has one node, which owns all slots, and that is how it stays.
public final class ClusterMembers {
  private static final String CHANGING = "nondeterministic_output";
  private static final String ALONE =
      "This node is the only one of its cluster and owns all slots: ";

  public static final List<Verb> VERBS =
      List.of(
          admin("CLUSTER ADDSLOTS slot [slot ...]", ClusterMembers::addSlots)
              .summary("Assigns new hash slots to a node.")
              .complexity("O(N) where N is the total number of hash slot arguments"),
          admin(
                  "CLUSTER ADDSLOTSRANGE start-slot end-slot [start-slot end-slot ...]",
                  call -> ranges(call, true))
              .since("7.0.0")
              .summary("Assigns new hash slot ranges to a node.")
              .complexity("O(N) where N is the number of arguments"),
          admin(
                  "CLUSTER BUMPEPOCH",
                  _ -> Decision.done(Replies.simple("STILL " + ClusterNode.EPOCH)))
              .tips(CHANGING)
              .summary("Advances the cluster config epoch.")
              .complexity("O(1)"),
          ClusterView.of(
                  "CLUSTER COUNT-FAILURE-REPORTS node-id",
                  call -> {
                    demandKnown(call, 2);
                    return Decision.done(Replies.ZERO);
                  })
              .tips(CHANGING)
              .flags(Flag.ADMIN, Flag.STALE)
              .summary("Returns the number of active failure reports active for a node.")
              .complexity("O(1)"),
          admin("CLUSTER DELSLOTS slot [slot ...]", ClusterMembers::deleteSlots)
              .summary("Sets hash slots as unbound for a node.")
              .complexity("O(N) where N is the total number of hash slot arguments"),
          admin(
                  "CLUSTER DELSLOTSRANGE start-slot end-slot [start-slot end-slot ...]",
                  call -> ranges(call, false))
              .since("7.0.0")
              .summary("Sets hash slot ranges as unbound for a node.")
              .complexity("O(N) where N is the number of arguments"),
          admin("CLUSTER FAILOVER [options= FORCE | TAKEOVER]", ClusterMembers::failover)
              .summary("Forces a replica to perform a manual failover of its master.")
              .complexity("O(1)"),
          admin("CLUSTER FLUSHSLOTS", ClusterMembers::flushSlots)
              .summary("Deletes all slots information from a node.")
              .complexity("O(1)"),
          admin("CLUSTER FORGET node-id", ClusterMembers::forget)
              .summary("Removes a node from the nodes table.")
              .complexity("O(1)"),
          admin("CLUSTER MEET ip port [cluster-bus-port(cluster_bus_port:)]", ClusterMembers::meet)
              .summary("Forces a node to handshake with another node.")
              .complexity("O(1)"),
          replicas("CLUSTER REPLICAS node-id").since("5.0.0"),
          replicas("CLUSTER SLAVES node-id").deprecated("5.0.0", "`CLUSTER REPLICAS`"),
          admin("CLUSTER REPLICATE node-id", ClusterMembers::replicate)
              .summary("Configure a node as replica of a master node.")
              .complexity("O(1)"),
          ClusterView.of("CLUSTER RESET [HARD | SOFT]", ClusterMembers::reset)
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.STALE)
              .summary("Resets a node.")
              .complexity("O(1)"),
          admin("CLUSTER SAVECONFIG", _ -> Decision.done(Replies.OK))
              .summary("Forces a node to save the cluster configuration to disk.")
              .complexity("O(1)"),
          admin("CLUSTER SET-CONFIG-EPOCH config-epoch", ClusterMembers::setEpoch)
              .summary("Sets the configuration epoch for a new node.")
              .complexity("O(1)"),
          admin(
                  "CLUSTER SETSLOT slot <subcommand= IMPORTING node-id | MIGRATING node-id | NODE"
                      + " node-id | STABLE>",
                  ClusterMembers::setSlot)
              .arity(-4)
              .summary("Binds a hash slot to a node.")
              .complexity("O(1)"));

  private ClusterMembers() {}

  private static Verb admin(String usage, Handler handler) {
    return ClusterView.of(usage, handler).flags(Flag.ADMIN, Flag.STALE, Flag.NO_ASYNC_LOADING);
  }

  private static Verb replicas(String usage) {
    return ClusterView.of(
            usage,
            call -> {
              demandKnown(call, 2);
              return Decision.done(Replies.EMPTY_ARRAY);
            })
        .tips(CHANGING)
        .flags(Flag.ADMIN, Flag.STALE)
        .summary("Lists the replica nodes of a master node.")
        .complexity("O(1)");
  }

  /// The slot that a word names.
  static int slot(Call call, int word) {
    String refusal = "Invalid or out of range slot";
    return (int) call.integerBetween(word, 0, Slots.COUNT - 1, refusal);
  }

  private static boolean isMyself(Call call, int word) {
    return call.arg(word).toString().equals(ClusterNode.of(call).id());
  }

  private static void demandKnown(Call call, int word) {
    if (!isMyself(call, word)) {
      throw new Refusal("Unknown node " + call.arg(word).printed());
    }
  }

  private static Refusal isBusy(int slot) {
    return new Refusal("Slot " + slot + " is already busy");
  }

  private static Decision addSlots(Call call) {
    int first = slot(call, 2);
    for (int i = 3; i < call.count(); i++) {
      slot(call, i);
    }
    throw isBusy(first);
  }

  private static Decision deleteSlots(Call call) {
    for (int i = 2; i < call.count(); i++) {
      slot(call, i);
    }
    throw new Refusal(ALONE + "it cannot give one up");
  }

  private static Decision ranges(Call call, boolean adds) {
    if (call.count() % 2 != 0) {
      throw call.wrongArity();
    }
    int first = slot(call, 2);
    for (int i = 2; i < call.count(); i += 2) {
      int from = slot(call, i);
      int to = slot(call, i + 1);
      if (from > to) {
        throw new Refusal("start slot number " + from + " is greater than end slot number " + to);
      }
    }
    throw adds ? isBusy(first) : new Refusal(ALONE + "it cannot give one up");
  }

  private static Decision failover(Call call) {
    if (call.count() > 3
        || (call.count() == 3 && !call.is(2, "FORCE") && !call.is(2, "TAKEOVER"))) {
      throw Call.syntaxError();
    }
    throw new Refusal("You should send CLUSTER FAILOVER to a replica");
  }

  private static Decision flushSlots(Call call) {
    if (call.keys().size() > 0) {
      throw new Refusal("DB must be empty to perform CLUSTER FLUSHSLOTS.");
    }
    throw new Refusal(ALONE + "it cannot give them up");
  }

  private static Decision forget(Call call) {
    demandKnown(call, 2);
    throw new Refusal("I tried hard but I can't forget myself...");
  }

  private static Decision meet(Call call) {
    if (call.count() > 5) {
      throw call.subcommandSyntax();
    }
    call.integer(3, "Invalid TCP base port specified: " + call.arg(3).printed());
    if (call.count() == 5) {
      call.integer(4, "Invalid TCP bus port specified: " + call.arg(4).printed());
    }
    throw new Refusal(ALONE + "it cannot meet another");
  }

  private static Decision replicate(Call call) {
    demandKnown(call, 2);
    throw new Refusal("Can't replicate myself");
  }

  private static Decision reset(Call call) {
    if (call.count() > 3 || (call.count() == 3 && !call.is(2, "HARD") && !call.is(2, "SOFT"))) {
      throw Call.syntaxError();
    }
    if (call.keys().size() > 0) {
      throw new Refusal("CLUSTER RESET can't be called with master nodes containing keys");
    }
    throw new Refusal(ALONE + "there is nothing to reset");
  }

  private static Decision setEpoch(Call call) {
    long epoch = call.integer(2);
    if (epoch < 0) {
      throw new Refusal("Invalid config epoch specified: " + epoch);
    }
    throw new Refusal("Node config epoch is already non-zero");
  }

  private static Decision setSlot(Call call) {
    int slot = slot(call, 2);
    boolean hasNode = call.count() == 5;
    if (call.is(3, "STABLE") && call.count() == 4) {
      return Decision.done(Replies.OK);
    }
    if (call.is(3, "NODE") && hasNode) {
      demandKnown(call, 4);
      return Decision.done(Replies.OK);
    }
    if (call.is(3, "MIGRATING") && hasNode) {
      throw new Refusal(
          isMyself(call, 4)
              ? "I'm already the owner of hash slot " + slot
              : "I don't know about node " + call.arg(4).printed());
    }
    if (call.is(3, "IMPORTING") && hasNode) {
      throw new Refusal("I'm already the owner of hash slot " + slot);
    }
    throw new Refusal("Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP");
  }
}
