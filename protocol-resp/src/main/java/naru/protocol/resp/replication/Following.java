package naru.protocol.resp.replication;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.replication.Lineage;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Saying whom to follow, and hearing it: `REPLICAOF`, `SLAVEOF`, `ROLE`.
public final class Following {
  private static final int PORT_MAX = 65535;

  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "REPLICAOF <args= {host-port= host port} | {no-one= NO ONE}>",
                  Following::replicaOf)
              .since("5.0.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.STALE, Flag.NO_ASYNC_LOADING)
              .categories("admin", "dangerous")
              .summary("Configures a server as replica of another, or promotes it to a master.")
              .complexity("O(1)"),
          Verb.of("SLAVEOF <args= {host-port= host port} | {no-one= NO ONE}>", Following::replicaOf)
              .since("1.0.0")
              .deprecated("5.0.0", "`REPLICAOF`")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.STALE, Flag.NO_ASYNC_LOADING)
              .categories("admin", "dangerous")
              .summary(
                  "Sets a Redis server as a replica of another, or promotes it to being a master.")
              .complexity("O(1)"),
          Verb.of("ROLE", Following::role)
              .since("2.8.12")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.FAST)
              .categories("admin", "dangerous")
              .summary("Returns the replication role.")
              .complexity("O(1)"));

  private Following() {}

  private static Decision replicaOf(Call call) {
    Replication replication = call.server().replication();
    if (call.is(1, "NO") && call.is(2, "ONE")) {
      Op op = replication.endFollowing();
      return op == null ? Decision.done(Replies.OK) : Decision.done(Replies.OK, op);
    }
    long port = call.integer(2, "Invalid master port");
    if (port < 0 || port > PORT_MAX) {
      throw new Refusal("Invalid master port");
    }
    Bytes host = call.arg(1).owned();
    if (host.isEmpty() || !host.toString().chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new Refusal("Invalid master host");
    }
    Op op = replication.follow(host, (int) port);
    return op == null
        ? Decision.done(Replies.simple("OK Already connected to specified master"))
        : Decision.done(Replies.OK, op);
  }

  private static Decision role(Call call) {
    Replication replication = call.server().replication();
    if (replication.isReplica()) {
      Lineage lineage = replication.master();
      return Decision.done(
          Replies.of(
              out -> {
                out.array(5);
                out.bulk("slave");
                out.bulk(lineage.host());
                out.integer(lineage.port());
                out.bulk(replication.statusWord());
                out.integer(lineage.offset());
              }));
    }
    Followers followers = call.server().followers();
    return Decision.done(
        Replies.of(
            out -> {
              out.array(3);
              out.bulk("master");
              out.integer(followers.history().offset());
              out.array((int) followers.count(_ -> true));
              followers.all().stream()
                  .filter(Follower::isOnline)
                  .forEach(
                      follower -> {
                        out.array(3);
                        out.bulk(follower.address());
                        out.bulk(Long.toString(follower.port));
                        out.bulk(Long.toString(follower.acknowledged));
                      });
            }));
  }
}
