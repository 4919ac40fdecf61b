package naru.protocol.resp.admin;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.protocol.resp.server.SlowLog;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;

/// The commands that took long: `SLOWLOG`.
public final class SlowLogCommands {
  private static final long SHOWN_BY_DEFAULT = 10;

  private static final List<String> HELP =
      List.of(
          "SLOWLOG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "GET [<count>]",
          "    Return top <count> entries from the slowlog (default: 10, -1 mean all).",
          "    Entries are made of:",
          "    id, timestamp, time in microseconds, arguments array, client IP and port,",
          "    client name",
          "LEN",
          "    Return the length of the slowlog.",
          "RESET",
          "    Reset the slowlog.",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SLOWLOG GET [count]", SlowLogCommands::get)
              .tips("request_policy:all_nodes", "nondeterministic_output")
              .since("2.2.12")
              .flags(Flag.ADMIN, Flag.LOADING, Flag.STALE)
              .summary("Returns the slow log's entries.")
              .complexity("O(N) where N is the number of entries returned"),
          Verb.of("SLOWLOG LEN", call -> Decision.done(Replies.integer(log(call).size())))
              .tips(
                  "request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output")
              .since("2.2.12")
              .flags(Flag.ADMIN, Flag.LOADING, Flag.STALE)
              .summary("Returns the number of entries in the slow log.")
              .complexity("O(1)"),
          Verb.of("SLOWLOG RESET", SlowLogCommands::reset)
              .tips("request_policy:all_nodes", "response_policy:all_succeeded")
              .since("2.2.12")
              .flags(Flag.ADMIN, Flag.LOADING, Flag.STALE)
              .summary("Clears all entries from the slow log.")
              .complexity("O(N) where N is the number of entries in the slowlog"),
          Verb.of("SLOWLOG HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("6.2.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Show helpful text about the different subcommands")
              .complexity("O(1)"));

  private SlowLogCommands() {}

  private static SlowLog log(Call call) {
    return call.server().slowLog();
  }

  private static Decision get(Call call) {
    if (call.count() > 3) {
      throw call.subcommandSyntax();
    }
    long count = SHOWN_BY_DEFAULT;
    if (call.count() == 3) {
      String refusal = "count should be greater than or equal to -1";
      count = call.integerBetween(2, -1, Long.MAX_VALUE, refusal);
    }
    List<SlowLog.Entry> entries = log(call).newest(count < 0 ? Long.MAX_VALUE : count);
    return Decision.done(
        Replies.of(
            out -> {
              out.array(entries.size());
              entries.forEach(entry -> write(entry, out));
            }));
  }

  private static void write(SlowLog.Entry entry, RespWriter out) {
    out.array(6);
    out.integer(entry.id());
    out.integer(entry.atS());
    out.integer(entry.tookUs());
    out.array(entry.arguments().size());
    for (Bytes argument : entry.arguments()) {
      out.bulk(argument);
    }
    out.bulk(entry.address());
    out.bulk(entry.clientName());
  }

  private static Decision reset(Call call) {
    log(call).clear();
    return Decision.done(Replies.OK);
  }
}
