package naru.protocol.resp.key;

import java.util.List;
import java.util.function.Function;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.Refusal;
import naru.engine.UsageClock;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Asking how keys are held.
public final class KeyObject {
  public static final List<Verb> VERBS =
      List.of(
          asking("OBJECT ENCODING key", call -> entry -> encoding(entry))
              .tips("nondeterministic_output")
              .since("2.2.3")
              .summary("Returns the internal encoding of a Redis object."),
          asking("OBJECT FREQ key", call -> entry -> frequency(call, entry))
              .tips("nondeterministic_output")
              .since("4.0.0")
              .summary("Returns the logarithmic access frequency counter of a Redis object."),
          asking("OBJECT IDLETIME key", call -> entry -> idleTime(call, entry))
              .tips("nondeterministic_output")
              .since("2.2.3")
              .summary("Returns the time since the last access to a Redis object."),
          asking("OBJECT REFCOUNT key", _ -> _ -> Replies.ONE)
              .tips("nondeterministic_output")
              .since("2.2.3")
              .summary("Returns the reference count of a value of a key."),
          Verb.of("OBJECT HELP", _ -> Decision.done(Replies.lines(helpLines())))
              .since("6.2.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private static final String SWITCHED =
      "Please note that when switching between policies at runtime LRU and LFU data will take some"
          + " time to adjust.";

  private KeyObject() {}

  private static Verb asking(String usage, Function<Call, Function<Entry, RespReply>> answer) {
    return Verb.of(usage, call -> ask(call, answer.apply(call)))
        .flags(Flag.READONLY)
        .keys("RO")
        .complexity("O(1)");
  }

  /// Looks without touching: else there would be no idle time to see.
  private static Decision ask(Call call, Function<Entry, RespReply> answer) {
    Entry entry = call.keys().entry(call.arg(2));
    call.server().looked(entry != null);
    return Decision.done(entry == null ? Replies.NULL : answer.apply(entry));
  }

  private static RespReply encoding(Entry entry) {
    return Replies.bulk(KeyType.encoding(entry.value()));
  }

  private static RespReply frequency(Call call, Entry entry) {
    if (call.state().usageClock() != UsageClock.FREQUENCY) {
      throw new Refusal(
          "An LFU maxmemory policy is not selected, access frequency not tracked. " + SWITCHED);
    }
    return Replies.integer(call.keys().frequency(entry));
  }

  private static RespReply idleTime(Call call, Entry entry) {
    if (call.state().usageClock() == UsageClock.FREQUENCY) {
      throw new Refusal("An LFU maxmemory policy is selected, idle time not tracked. " + SWITCHED);
    }
    return Replies.integer(entry.idleS(call.nowMs()));
  }

  private static List<String> helpLines() {
    return List.of(
        "OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        "ENCODING <key>",
        "    Return the kind of internal representation used in order to store the value",
        "    associated with a <key>.",
        "FREQ <key>",
        "    Return the access frequency index of the <key>. The returned integer is",
        "    proportional to the logarithm of the recent access frequency of the key.",
        "IDLETIME <key>",
        "    Return the idle time of the <key>, that is the approximated number of",
        "    seconds elapsed since the last access to the key.",
        "REFCOUNT <key>",
        "    Return the number of references of the value associated with the specified",
        "    <key>.",
        "HELP",
        "    Prints this help.");
  }
}
