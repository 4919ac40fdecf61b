package naru.protocol.resp.admin;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// What memory is used for: `MEMORY`. Every value knows what it takes, so nothing has to be
/// sampled.
public final class Memory {
  private static final List<String> HELP =
      List.of(
          "MEMORY <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "DOCTOR",
          "    Return memory problems reports.",
          "MALLOC-STATS",
          "    Return internal statistics report from the memory allocator.",
          "PURGE",
          "    Attempt to purge dirty pages for reclamation by the allocator.",
          "STATS",
          "    Return information about the memory usage of the server.",
          "USAGE <key> [SAMPLES <count>]",
          "    Return memory in bytes used by <key> and its value. Nested values are",
          "    sampled up to <count> times (default: 5, 0 means sample all).",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("MEMORY USAGE key [SAMPLES count]", Memory::usage)
              .since("4.0.0")
              .flags(Flag.READONLY)
              .keySpecs(new KeySpec("", 2, KeySpec.Extent.ONE, "RO"))
              .summary("Estimates the memory usage of a key.")
              .complexity("O(N) where N is the number of samples."),
          Verb.of("MEMORY STATS", call -> Decision.done(MemoryStatus.statistics(call)))
              .tips(
                  "nondeterministic_output", "request_policy:all_shards", "response_policy:special")
              .since("4.0.0")
              .summary("Returns details about memory usage.")
              .complexity("O(1)"),
          Verb.of("MEMORY DOCTOR", Memory::doctor)
              .tips(
                  "nondeterministic_output", "request_policy:all_shards", "response_policy:special")
              .since("4.0.0")
              .summary("Outputs a memory problems report.")
              .complexity("O(1)"),
          Verb.of("MEMORY MALLOC-STATS", Memory::allocator)
              .tips(
                  "nondeterministic_output", "request_policy:all_shards", "response_policy:special")
              .since("4.0.0")
              .summary("Returns the allocator statistics.")
              .complexity("Depends on how much memory is allocated, could be slow"),
          Verb.of("MEMORY PURGE", Memory::purge)
              .tips("request_policy:all_shards", "response_policy:all_succeeded")
              .since("4.0.0")
              .summary("Asks the allocator to release memory.")
              .complexity("Depends on how much memory is allocated, could be slow"),
          Verb.of("MEMORY HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("4.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private Memory() {}

  private static Decision usage(Call call) {
    if (call.count() == 5 && call.is(3, "SAMPLES")) {
      if (call.integer(4) < 0) {
        throw Call.syntaxError();
      }
    } else if (call.count() != 3) {
      throw Call.syntaxError();
    }
    Entry entry = call.keys().entry(call.arg(2));
    return Decision.done(entry == null ? Replies.NULL : Replies.integer(entry.sizeBytes()));
  }

  private static Decision doctor(Call call) {
    String report = MemoryStatus.report(call);
    return Decision.done(Replies.of(out -> out.verbatim("txt", report)));
  }

  private static Decision allocator(Call call) {
    String text = call.server().process().memory().toString();
    return Decision.done(Replies.of(out -> out.verbatim("txt", text)));
  }

  /// Collects garbage: with a large heap everybody waits for it, as long as that takes.
  private static Decision purge(Call call) {
    call.server().process().collectGarbage();
    return Decision.done(Replies.OK);
  }
}
