package naru.protocol.resp.admin;

import java.util.List;
import naru.bytes.ByteReader;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.engine.State;
import naru.engine.StateDigest;
import naru.log.DamagedLog;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.reactor.Snapshots;
import naru.reactor.StateReplay;
import naru.world.WorldFailure;

/// Snapshots on demand. Whether one is asked for as an RDB file or as a rewrite of the AOF, it is
/// the same: what the log holds, without its history.
public final class Saving {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SAVE", Saving::save)
              .since("1.0.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_ASYNC_LOADING, Flag.NO_MULTI)
              .summary("Synchronously saves the database(s) to disk.")
              .complexity("O(N) where N is the total number of keys in all databases"),
          Verb.of("BGSAVE [SCHEDULE]", Saving::saveBeside)
              .since("1.0.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_ASYNC_LOADING)
              .summary("Asynchronously saves the database(s) to disk.")
              .complexity("O(1)"),
          Verb.of("BGREWRITEAOF", Saving::rewrite)
              .since("1.0.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_ASYNC_LOADING)
              .summary("Asynchronously rewrites the append-only file to disk.")
              .complexity("O(1)"),
          Verb.of("LASTSAVE", Saving::lastSave)
              .since("1.0.0")
              .flags(Flag.LOADING, Flag.STALE, Flag.FAST)
              .categories("admin", "dangerous")
              .tips("nondeterministic_output")
              .summary("Returns the Unix timestamp of the last successful save to disk.")
              .complexity("O(1)"));

  private Saving() {}

  private static Snapshots snapshots(Call call) {
    Snapshots snapshots = call.server().reactor().snapshots();
    if (!snapshots.isPossible()) {
      throw new Refusal("no snapshots: nothing is kept on disk (--log off)");
    }
    return snapshots;
  }

  private static Decision save(Call call) {
    saveNow(call);
    return Decision.done(Replies.OK);
  }

  /// Takes a snapshot while everybody waits.
  static void saveNow(Call call) {
    Snapshots snapshots = snapshots(call);
    if (snapshots.isUnderWay()) {
      throw underWay();
    }
    if (!snapshots.takeNow()) {
      throw new Refusal("the snapshot is given up: the broker's messages say why");
    }
  }

  private static Refusal underWay() {
    return new Refusal("Background save already in progress");
  }

  private static Decision saveBeside(Call call) {
    if (call.count() > 1 && !call.is(1, "SCHEDULE")) {
      throw Call.syntaxError();
    }
    Snapshots snapshots = snapshots(call);
    if (snapshots.isUnderWay() || snapshots.isWanted()) {
      throw underWay();
    }
    snapshots.request();
    return Decision.done(Replies.simple("Background saving started"));
  }

  private static Decision rewrite(Call call) {
    Snapshots snapshots = snapshots(call);
    if (snapshots.isWanted()) {
      throw new Refusal("Background append only file rewriting already in progress");
    }
    boolean isUnderWay = snapshots.isUnderWay();
    snapshots.request();
    return Decision.done(
        Replies.simple(
            "Background append only file rewriting " + (isUnderWay ? "scheduled" : "started")));
  }

  private static Decision lastSave(Call call) {
    long savedS = Math.floorDiv(call.server().reactor().snapshots().savedMs(), 1000L);
    return Decision.done(Replies.integer(savedS));
  }

  /// Takes a snapshot, and checks that what a start would make of it is what there is.
  static Decision reload(Call call) {
    if (call.server().shard().isInProcedure()) {
      throw new Refusal("DEBUG RELOAD is not possible within a transaction");
    }
    saveNow(call);
    State state = call.server().shard().state();
    State read = new State(state.hashSeed());
    read.shelf().readAs(state.shelf());
    try {
      snapshots(call).readBack(new StateReplay(read));
    } catch (DamagedLog | WorldFailure | ByteReader.Malformed wrong) {
      throw new Refusal("the snapshot cannot be read: " + wrong.getMessage());
    }
    if (StateDigest.of(read) != StateDigest.of(state)) {
      throw new Refusal("the snapshot tells something else than there is");
    }
    return Decision.done(Replies.OK);
  }
}
