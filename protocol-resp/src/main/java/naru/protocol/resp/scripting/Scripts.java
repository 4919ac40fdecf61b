package naru.protocol.resp.scripting;

import java.util.List;
import java.util.Locale;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Procedure;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Running scripts, and the cache of them.
public final class Scripts {
  private static final KeySpec KEYS =
      new KeySpec("", 2, KeySpec.Extent.COUNTED, "RW access update");
  private static final KeySpec KEYS_READ = new KeySpec("", 2, KeySpec.Extent.COUNTED, "RO access");
  private static final String COST = "Depends on the script that is executed.";

  private static final List<String> HELP =
      List.of(
          "SCRIPT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "DEBUG (YES|SYNC|NO)",
          "    Set the debug mode for subsequent scripts executed.",
          "EXISTS <sha1> [<sha1> ...]",
          "    Return information about the existence of the scripts in the script cache.",
          "FLUSH [ASYNC|SYNC]",
          "    Flush the Lua scripts cache. Very dangerous on replicas.",
          "    When called without the optional mode argument, the behavior is determined by the",
          "    lazyfree-lazy-user-flush configuration directive. Valid modes are:",
          "    * ASYNC: Asynchronously flush the scripts cache.",
          "    * SYNC: Synchronously flush the scripts cache.",
          "KILL",
          "    Kill the currently executing Lua script.",
          "LOAD <script>",
          "    Load a script into the scripts cache without executing it.",
          "SHOW <sha1>",
          "    Show a script from the scripts cache.",
          "HELP",
          "    Prints this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.procedure(
                  "EVAL script numkeys [key [key ...]] [arg [arg ...]]",
                  call -> stage -> eval(call, stage, false))
              .since("2.6.0")
              .flags(
                  Flag.NOSCRIPT,
                  Flag.STALE,
                  Flag.SKIP_MONITOR,
                  Flag.MAY_REPLICATE,
                  Flag.NO_MANDATORY_KEYS)
              .keySpecs(KEYS)
              .summary("Executes a server-side Lua script.")
              .complexity(COST),
          Verb.procedure(
                  "EVALSHA sha1 numkeys [key [key ...]] [arg [arg ...]]",
                  call -> stage -> evalSha(call, stage, false))
              .since("2.6.0")
              .flags(
                  Flag.NOSCRIPT,
                  Flag.STALE,
                  Flag.SKIP_MONITOR,
                  Flag.MAY_REPLICATE,
                  Flag.NO_MANDATORY_KEYS)
              .keySpecs(KEYS)
              .summary("Executes a server-side Lua script by SHA1 digest.")
              .complexity(COST),
          Verb.procedure(
                  "EVAL_RO script numkeys [key [key ...]] [arg [arg ...]]",
                  call -> stage -> eval(call, stage, true))
              .since("7.0.0")
              .flags(
                  Flag.NOSCRIPT,
                  Flag.READONLY,
                  Flag.STALE,
                  Flag.SKIP_MONITOR,
                  Flag.NO_MANDATORY_KEYS)
              .keySpecs(KEYS_READ)
              .summary("Executes a read-only server-side Lua script.")
              .complexity(COST),
          Verb.procedure(
                  "EVALSHA_RO sha1 numkeys [key [key ...]] [arg [arg ...]]",
                  call -> stage -> evalSha(call, stage, true))
              .since("7.0.0")
              .flags(
                  Flag.NOSCRIPT,
                  Flag.READONLY,
                  Flag.STALE,
                  Flag.SKIP_MONITOR,
                  Flag.NO_MANDATORY_KEYS)
              .keySpecs(KEYS_READ)
              .summary("Executes a read-only server-side Lua script by SHA1 digest.")
              .complexity(COST),
          Verb.of("SCRIPT DEBUG <YES | SYNC | NO>", Scripts::debug)
              .since("3.2.0")
              .flags(Flag.NOSCRIPT)
              .summary("Sets the debug mode of server-side Lua scripts.")
              .complexity("O(1)"),
          Verb.of("SCRIPT EXISTS sha1 [sha1 ...]", Scripts::exists)
              .tips("request_policy:all_shards", "response_policy:agg_logical_and")
              .since("2.6.0")
              .flags(Flag.NOSCRIPT)
              .summary("Determines whether server-side Lua scripts exist in the script cache.")
              .complexity("O(N) with N being the number of scripts to check."),
          Verb.of("SCRIPT FLUSH [ASYNC | SYNC]", Scripts::flush)
              .tips("request_policy:all_nodes", "response_policy:all_succeeded")
              .since("2.6.0")
              .flags(Flag.NOSCRIPT)
              .summary("Removes all server-side Lua scripts from the script cache.")
              .complexity("O(N) with N being the number of scripts in cache"),
          Verb.of("SCRIPT HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("5.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"),
          Verb.of("SCRIPT KILL", Scripts::kill)
              .tips("request_policy:all_shards", "response_policy:one_succeeded")
              .since("2.6.0")
              .flags(Flag.NOSCRIPT, Flag.ALLOW_BUSY)
              .summary("Terminates a server-side Lua script during execution.")
              .complexity("O(1)"),
          Verb.of("SCRIPT LOAD script", Scripts::load)
              .tips("request_policy:all_nodes", "response_policy:all_succeeded")
              .since("2.6.0")
              .flags(Flag.NOSCRIPT, Flag.STALE)
              .summary("Loads a server-side Lua script to the script cache.")
              .complexity("O(N) with N being the length in bytes of the script body."),
          Verb.of("SCRIPT SHOW sha1", Scripts::source)
              .since("8.0.0")
              .flags(Flag.NOSCRIPT)
              .summary("Shows a script of the script cache. (A command of Valkey.)")
              .complexity("O(1)"));

  private Scripts() {}

  /// Scripts are shown to those who monitor before what they do.
  static void show(Call call, Procedure.Stage stage) {
    if (call.server().monitors().isAny()) {
      call.server().monitors().show(call.client(), call.words(), stage.moment().wallUs());
    }
  }

  private static void eval(Call call, Procedure.Stage stage, boolean readOnly) {
    show(call, stage);
    try {
      int keys = keys(call);
      run(call, call.server().scripts().evaluate(call.arg(1)), keys, stage, readOnly);
    } catch (Refusal refusal) {
      ScriptRunner.refuse(call.client(), refusal);
    }
  }

  private static void evalSha(Call call, Procedure.Stage stage, boolean readOnly) {
    show(call, stage);
    try {
      int keys = keys(call);
      run(call, named(call, 1), keys, stage, readOnly);
    } catch (Refusal refusal) {
      ScriptRunner.refuse(call.client(), refusal);
    }
  }

  private static int keys(Call call) {
    return keys(call, "value is not an integer or out of range");
  }

  /// How many keys the third word says there are.
  static int keys(Call call, String notANumber) {
    long keys = call.integer(2, notANumber);
    if (keys > call.count() - 3) {
      throw new Refusal("Number of keys can't be greater than number of args");
    }
    if (keys < 0) {
      throw new Refusal("Number of keys can't be negative");
    }
    return (int) keys;
  }

  private static void run(
      Call call, Script script, int keys, Procedure.Stage stage, boolean readOnly) {
    ScriptRunner runner = call.server().scripts().runner(call.server());
    runner.run(script.program(readOnly), call, keys, stage);
  }

  private static Decision load(Call call) {
    return Decision.done(Replies.bulk(call.server().scripts().load(call.arg(2)).sha1()));
  }

  private static Script named(Call call, int argument) {
    Script script = call.server().scripts().find(lower(call.arg(argument)));
    if (script == null) {
      throw new Refusal("NOSCRIPT", "No matching script. Please use EVAL.");
    }
    return script;
  }

  private static Decision source(Call call) {
    return Decision.done(Replies.bulk(named(call, 2).source()));
  }

  private static Decision exists(Call call) {
    return Decision.done(
        Replies.of(
            out -> {
              out.array(call.count() - 2);
              for (int i = 2; i < call.count(); i++) {
                out.integer(call.server().scripts().find(lower(call.arg(i))) == null ? 0 : 1);
              }
            }));
  }

  private static Decision flush(Call call) {
    if (call.count() > 3 || (call.count() == 3 && !call.is(2, "SYNC") && !call.is(2, "ASYNC"))) {
      throw new Refusal("SCRIPT FLUSH only support SYNC|ASYNC option");
    }
    call.server().scripts().flush();
    return Decision.done(Replies.OK);
  }

  private static Decision kill(Call call) {
    call.server().scripts().kill(false);
    return Decision.done(Replies.OK);
  }

  /// There is no debugger to turn on.
  private static Decision debug(Call call) {
    if (call.is(2, "NO")) {
      return Decision.done(Replies.OK);
    }
    if (call.is(2, "YES") || call.is(2, "SYNC")) {
      throw new Refusal("there is no debugger for scripts here");
    }
    throw new Refusal("Use SCRIPT DEBUG YES/SYNC/NO");
  }

  private static String lower(Bytes sha1) {
    return sha1.toString().toLowerCase(Locale.ROOT);
  }
}
