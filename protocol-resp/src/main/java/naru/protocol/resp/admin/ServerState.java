package naru.protocol.resp.admin;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.reactor.Snapshots;

/// What time it is here, and telling the broker to end.
public final class ServerState {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("TIME", ServerState::time)
              .tips("nondeterministic_output")
              .since("2.6.0")
              .flags(Flag.LOADING, Flag.STALE, Flag.FAST)
              .summary("Returns the server time.")
              .complexity("O(1)"),
          Verb.of("SHUTDOWN [NOSAVE | SAVE] [NOW] [FORCE] [ABORT]", ServerState::shutdown)
              .since("1.0.0")
              .flags(
                  Flag.ADMIN,
                  Flag.NOSCRIPT,
                  Flag.LOADING,
                  Flag.STALE,
                  Flag.NO_MULTI,
                  Flag.ALLOW_BUSY)
              .summary(
                  "Synchronously saves the database(s) to disk and shuts down the Redis server.")
              .complexity("O(N) with SAVE, where N is the size of everything; else O(1)."));

  private ServerState() {}

  private static Decision time(Call call) {
    long wallUs = call.moment().wallUs();
    return Decision.done(
        Replies.of(
            out -> {
              out.array(2);
              out.bulkInteger(Math.floorDiv(wallUs, 1_000_000L));
              out.bulkInteger(Math.floorMod(wallUs, 1_000_000L));
            }));
  }

  /// What was acknowledged is in the log in any case; `SAVE` makes the next start a fast one.
  private static Decision shutdown(Call call) {
    boolean save = false;
    boolean noSave = false;
    boolean abort = false;
    boolean other = false;
    for (int i = 1; i < call.count(); i++) {
      save |= call.is(i, "SAVE");
      noSave |= call.is(i, "NOSAVE");
      abort |= call.is(i, "ABORT");
      other |= call.is(i, "NOW") || call.is(i, "FORCE");
      if (!isOption(call, i)) {
        throw Call.syntaxError();
      }
    }
    if ((save && noSave) || (abort && (save || noSave || other))) {
      throw Call.syntaxError();
    }
    if (abort) {
      throw new Refusal("No shutdown in progress.");
    }
    if (call.server().reactor().isBusy() && !noSave) {
      throw call.server().scripts().busy();
    }
    if (save) {
      saveOrRefuse(call);
    }
    call.server().reactor().stop();
    return Decision.done(Replies.NONE);
  }

  private static void saveOrRefuse(Call call) {
    Snapshots snapshots = call.server().reactor().snapshots();
    boolean inOrder = !snapshots.isPossible() || snapshots.isUnderWay() || snapshots.takeNow();
    if (!inOrder) {
      throw new Refusal("Errors trying to SHUTDOWN. Check logs.");
    }
  }

  private static boolean isOption(Call call, int i) {
    return call.is(i, "SAVE")
        || call.is(i, "NOSAVE")
        || call.is(i, "ABORT")
        || call.is(i, "NOW")
        || call.is(i, "FORCE");
  }
}
