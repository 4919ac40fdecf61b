package naru.protocol.resp.admin;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.Refusal;
import naru.protocol.resp.key.KeyType;
import naru.protocol.resp.server.Pause;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// For tests and for looking inside: `DEBUG`.
public final class Debug {
  private static final Flag[] FLAGS = {Flag.NOSCRIPT, Flag.LOADING, Flag.STALE};

  private static final List<String> HELP =
      List.of(
          "DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "ERROR <string>",
          "    Return a Redis protocol error with <string> as message.",
          "OBJECT <key>",
          "    Show low level info about `key` and associated value.",
          "PROTOCOL <type>",
          "    Reply with a test value of the specified type. <type> can be: string,",
          "    integer, double, null, array, set, map, verbatim, true, false.",
          "RELOAD",
          "    Take a snapshot, and check that reading it gives what there is.",
          "SET-ACTIVE-EXPIRE <0|1>",
          "    Setting it to 0 disables expiring keys (and hash-fields) in background ",
          "    when they are not accessed (otherwise the Redis behavior). Setting it",
          "    to 1 reenables back the default.",
          "SLEEP <seconds>",
          "    Stop the server for <seconds>. Decimals allowed.",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("DEBUG subcommand [argument [argument ...]]", Debug::debug)
              .since("1.0.0")
              .forSystem()
              .flags(Flag.ADMIN, FLAGS)
              .summary("For tests and for looking inside: SLEEP, RELOAD, OBJECT and others.")
              .complexity("Depends on subcommand."));

  private Debug() {}

  private static Decision debug(Call call) {
    if (call.is(1, "HELP") && call.count() == 2) {
      return Decision.done(Replies.lines(HELP));
    }
    if (call.is(1, "RELOAD")) {
      return Saving.reload(call);
    }
    if (call.count() != 3) {
      throw call.subcommandSyntax();
    }
    if (call.is(1, "SLEEP")) {
      return sleep(call);
    }
    if (call.is(1, "PROTOCOL")) {
      return Decision.done(DebugReplies.of(call));
    }
    if (call.is(1, "ERROR")) {
      return Decision.done(Replies.error(call.arg(2).printed()));
    }
    if (call.is(1, "OBJECT")) {
      return object(call);
    }
    if (call.is(1, "SET-ACTIVE-EXPIRE")) {
      return setActiveExpire(call);
    }
    throw call.subcommandSyntax();
  }

  /// Holds back everybody, the caller included, for that long: nothing here may stop the thread.
  private static Decision sleep(Call call) {
    double seconds;
    try {
      seconds = Double.parseDouble(call.arg(2).toString());
    } catch (NumberFormatException notANumber) {
      seconds = 0;
    }
    long forMs = seconds > 0 ? (long) Math.min(seconds * 1000, Integer.MAX_VALUE) : 0;
    if (forMs == 0) {
      return Decision.done(Replies.OK);
    }
    call.server().pause().begin(Pause.Extent.ALL, forMs);
    return new Decision.Wait(List.of(), call.nowMs() + forMs, Replies.OK);
  }

  private static Decision object(Call call) {
    Entry entry = call.keys().entry(call.arg(2));
    if (entry == null || entry.isExpired(call.nowMs())) {
      throw new Refusal("no such key");
    }
    long idleS = entry.idleS(call.nowMs());
    return Decision.done(
        Replies.simple(
            "Value at:0x0 refcount:1 encoding:"
                + KeyType.encoding(entry.value())
                + " serializedlength:0 lru:"
                + (entry.touchedS() & 0xFFFFFF)
                + " lru_seconds_idle:"
                + idleS));
  }

  private static Decision setActiveExpire(Call call) {
    call.server().shard().activeExpiry(call.integer(2) != 0);
    return Decision.done(Replies.OK);
  }
}
