package naru.protocol.resp.admin;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.Refusal;
import naru.protocol.resp.key.KeyType;
import naru.protocol.resp.server.Pause;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// For tests and for looking inside: `DEBUG`.
public final class Debug {
  private static final Flag[] FLAGS = {Flag.NOSCRIPT, Flag.LOADING, Flag.STALE};

  private static final List<String> HELP =
      List.of(
          "DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "OBJECT <key>",
          "    Show low level info about `key` and associated value.",
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
          Verb.of("DEBUG SLEEP seconds", Debug::sleep)
              .since("1.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Serves nobody for a while.")
              .complexity("O(1)"),
          Verb.of("DEBUG OBJECT key", Debug::object)
              .since("1.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .keySpecs(new KeySpec("", 2, KeySpec.Extent.ONE, "RO"))
              .summary("Shows how a key is stored.")
              .complexity("O(1)"),
          Verb.of("DEBUG SET-ACTIVE-EXPIRE flag", Debug::setActiveExpire)
              .since("1.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Says whether keys go when their time comes, or when somebody looks.")
              .complexity("O(1)"),
          Verb.of("DEBUG HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("5.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private Debug() {}

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
    if (entry == null) {
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
