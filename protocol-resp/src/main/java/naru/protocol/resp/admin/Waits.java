package naru.protocol.resp.admin;

import java.util.List;
import java.util.function.BooleanSupplier;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.replication.Followers;
import naru.protocol.resp.replication.Written;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Waiting until what was written is safe elsewhere, or on this disk: `WAIT`, `WAITAOF`.
public final class Waits {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("WAIT numreplicas timeout", Waits::await)
              .tips("request_policy:all_shards", "response_policy:agg_min")
              .since("3.0.0")
              .flags(Flag.BLOCKING)
              .categories("connection")
              .summary(
                  "Blocks until the asynchronous replication of all preceding write commands sent"
                      + " by the connection is completed.")
              .complexity("O(1)"),
          Verb.of("WAITAOF numlocal numreplicas timeout", Waits::awaitLog)
              .tips("request_policy:all_shards", "response_policy:agg_min")
              .since("7.2.0")
              .flags(Flag.BLOCKING)
              .categories("connection")
              .summary(
                  "Blocks until all of the preceding write commands sent by the connection are"
                      + " written to the append-only file of the master and/or replicas.")
              .complexity("O(1)"));

  private Waits() {}

  private static Decision await(Call call) {
    if (call.server().replication().isReplica()) {
      throw new Refusal(
          "WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if a"
              + " replica is configured to be writable (which is not the default) writes to"
              + " replicas are just local and are not propagated.");
    }
    long replicas = call.integer(1);
    long timeoutMs = timeoutMs(call, 2);
    Followers followers = call.server().followers();
    Written written = followers.written();
    RespReply reply = out -> out.integer(written.replicas());
    if (written.replicas() >= replicas) {
      return Decision.done(reply);
    }
    followers.endWaitWhen(call.client(), () -> written.replicas() >= replicas, true);
    return new Decision.Wait(List.of(), untilMs(call, timeoutMs), reply);
  }

  private static Decision awaitLog(Call call) {
    long local = call.integer(1);
    long replicas = call.integer(2);
    long timeoutMs = timeoutMs(call, 3);
    if (local < 0 || local > 1) {
      throw new Refusal("value is out of range, value must between 0 and 1");
    }
    if (call.server().replication().isReplica()) {
      throw new Refusal(
          "WAITAOF cannot be used with replica instances. Please also note that writes to replicas"
              + " are just local and are not propagated.");
    }
    if (local == 1 && !call.server().settings().appendonly.value()) {
      throw new Refusal("WAITAOF cannot be used when numlocal is set but appendonly is disabled.");
    }
    Followers followers = call.server().followers();
    Written written = followers.written();
    RespReply reply =
        out -> {
          out.array(2);
          out.integer(written.isOnThisDisk() ? 1 : 0);
          out.integer(written.replicasOnDisk());
        };
    BooleanSupplier isEnough =
        () -> written.replicasOnDisk() >= replicas && (local == 0 || written.isOnThisDisk());
    if (isEnough.getAsBoolean()) {
      return Decision.done(reply);
    }
    followers.endWaitWhen(call.client(), isEnough, replicas > 0);
    return new Decision.Wait(List.of(), untilMs(call, timeoutMs), reply);
  }

  private static long timeoutMs(Call call, int index) {
    long timeoutMs = call.integer(index, "timeout is not an integer or out of range");
    if (timeoutMs < 0) {
      throw new Refusal("timeout is negative");
    }
    return timeoutMs;
  }

  private static long untilMs(Call call, long timeoutMs) {
    boolean forEver = timeoutMs == 0 || timeoutMs > Long.MAX_VALUE - call.nowMs();
    return forEver ? Decision.Wait.FOR_EVER : call.nowMs() + timeoutMs;
  }
}
