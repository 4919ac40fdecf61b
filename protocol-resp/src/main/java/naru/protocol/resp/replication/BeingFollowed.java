package naru.protocol.resp.replication;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// What a server says that follows this one: `REPLCONF`, `PSYNC`, `SYNC`.
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
              .summary("An internal command used in replication."),
          Verb.of("SYNC", BeingFollowed::copy)
              .since("1.0.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_MULTI, Flag.NO_ASYNC_LOADING)
              .categories("admin", "dangerous")
              .summary("An internal command used in replication."));

  private static final int ADDRESS_MAX = 255;

  private BeingFollowed() {}

  private static Decision configure(Call call) {
    if (call.count() % 2 == 0) {
      throw Call.syntaxError();
    }
    Followers followers = call.server().followers();
    if (call.count() > 1 && call.is(1, "ACK")) {
      boolean saysSynced = call.count() > 3 && call.is(3, "FACK");
      long synced = saysSynced ? call.integer(4) : 0;
      followers.acknowledged(call.client(), call.integer(2), synced);
      return Decision.done(Replies.NONE);
    }
    Follower follower = followers.of(call.client());
    for (int i = 1; i < call.count(); i += 2) {
      note(follower, call, i);
    }
    return Decision.done(Replies.OK);
  }

  private static void note(Follower follower, Call call, int i) {
    if (call.is(i, "LISTENING-PORT")) {
      follower.port = call.integer(i + 1);
    } else if (call.is(i, "IP-ADDRESS")) {
      follower.announcedAddress = address(call.arg(i + 1).toString());
    } else if (call.is(i, "CAPA")) {
      follower.takesMark |= call.is(i + 1, "EOF");
      follower.takesNewId |= call.is(i + 1, "PSYNC2");
    } else if (call.is(i, "RDB-ONLY")) {
      follower.wantsOnlyCopy = call.integer(i + 1) == 1;
    } else if (call.is(i, "RDB-FILTER-ONLY")) {
      follower.wantsOnlyFunctions = isOnlyFunctions(call.arg(i + 1).toString());
    } else if (!call.is(i, "VERSION")) {
      throw new Refusal("Unrecognized REPLCONF option: " + call.arg(i).printed());
    }
  }

  private static String address(String text) {
    if (text.length() > ADDRESS_MAX) {
      throw new Refusal(
          "REPLCONF ip-address provided by replica instance is too long: "
              + text.length()
              + " bytes");
    }
    return text;
  }

  private static boolean isOnlyFunctions(String what) {
    String only = what.strip();
    if (!only.isEmpty() && !only.equalsIgnoreCase("functions")) {
      throw new Refusal("Unsupported rdb-filter-only option: " + only);
    }
    return !only.isEmpty();
  }

  private static Decision follow(Call call) {
    long from = call.integer(2);
    String history = call.arg(1).toString();
    Op promotion = call.count() > 3 && call.is(3, "FAILOVER") ? promotion(call, history) : null;
    checkLink(call);
    call.server().followers().follow(call.client(), history, from);
    return promotion == null ? Decision.done(Replies.NONE) : Decision.done(Replies.NONE, promotion);
  }

  /// The server that is followed wants to change places: `FAILOVER` there.
  private static @Nullable Op promotion(Call call, String history) {
    Replication replication = call.server().replication();
    if (!replication.isReplica()) {
      throw new Refusal("PSYNC FAILOVER can't be sent to a master.");
    }
    if (!call.server().followers().history().id().equalsIgnoreCase(history)) {
      throw new Refusal("PSYNC FAILOVER replid must match my replid.");
    }
    return replication.endFollowing();
  }

  private static Decision copy(Call call) {
    checkLink(call);
    call.server().followers().copyTo(call.client());
    return Decision.done(Replies.NONE);
  }

  /// Who follows somebody itself can only pass on what it hears.
  private static void checkLink(Call call) {
    Replication replication = call.server().replication();
    if (replication.isReplica() && !replication.isLinked()) {
      throw new Refusal("NOMASTERLINK", "Can't SYNC while not connected with my master");
    }
  }
}
