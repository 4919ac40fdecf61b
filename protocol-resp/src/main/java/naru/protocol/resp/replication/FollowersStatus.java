package naru.protocol.resp.replication;

import java.util.function.BiConsumer;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.setting.ReplicationSettings;

/// The fields of `INFO replication` about those who follow, and what they are told.
public final class FollowersStatus {
  private FollowersStatus() {}

  public static void describe(RespServer server, BiConsumer<String, Object> field) {
    Followers followers = server.followers();
    ReplicationSettings settings = server.settings().replication;
    field.accept("connected_slaves", followers.all().size());
    if (settings.minReplicasToWrite.value() > 0 && settings.minReplicasMaxLag.value() > 0) {
      field.accept("min_slaves_good_slaves", followers.good());
    }
    int number = 0;
    for (Follower follower : followers.all()) {
      field.accept("slave" + number++, line(follower, server.reactor().nowNs()));
    }
    History history = followers.history();
    Backlog backlog = history.backlog();
    field.accept("master_failover_state", "no-failover");
    field.accept("master_replid", history.id());
    field.accept("master_replid2", history.formerId());
    field.accept("master_repl_offset", history.offset());
    field.accept("second_repl_offset", history.formerEnd());
    field.accept("repl_backlog_active", backlog == null ? 0 : 1);
    field.accept("repl_backlog_size", settings.backlogSize.bytes());
    field.accept("repl_backlog_first_byte_offset", backlog == null ? 0 : backlog.first());
    field.accept("repl_backlog_histlen", backlog == null ? 0 : backlog.length());
  }

  private static String line(Follower follower, long nowNs) {
    return "ip="
        + follower.address()
        + ",port="
        + follower.port
        + ",state="
        + follower.stageWord()
        + ",offset="
        + follower.acknowledged
        + ",lag="
        + follower.lagSeconds(nowNs);
  }
}
