package naru.protocol.resp.scripting;

import java.util.List;
import naru.engine.Procedure;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Verb;

/// Calling functions.
public final class FunctionCalls {
  private static final KeySpec KEYS =
      new KeySpec("", 2, KeySpec.Extent.COUNTED, "RW access update");
  private static final KeySpec KEYS_READ = new KeySpec("", 2, KeySpec.Extent.COUNTED, "RO access");
  private static final String COST = "Depends on the function that is executed.";

  public static final List<Verb> VERBS =
      List.of(
          Verb.procedure(
                  "FCALL function numkeys [key [key ...]] [arg [arg ...]]",
                  call -> stage -> run(call, stage, false))
              .since("7.0.0")
              .flags(
                  Flag.NOSCRIPT,
                  Flag.STALE,
                  Flag.SKIP_MONITOR,
                  Flag.MAY_REPLICATE,
                  Flag.NO_MANDATORY_KEYS)
              .keySpecs(KEYS)
              .summary("Invokes a function.")
              .complexity(COST),
          Verb.procedure(
                  "FCALL_RO function numkeys [key [key ...]] [arg [arg ...]]",
                  call -> stage -> run(call, stage, true))
              .since("7.0.0")
              .flags(
                  Flag.NOSCRIPT,
                  Flag.READONLY,
                  Flag.STALE,
                  Flag.SKIP_MONITOR,
                  Flag.NO_MANDATORY_KEYS)
              .keySpecs(KEYS_READ)
              .summary("Invokes a read-only function.")
              .complexity(COST));

  private FunctionCalls() {}

  private static void run(Call call, Procedure.Stage stage, boolean mayOnlyRead) {
    Scripts.show(call, stage);
    try {
      FunctionEngine engine = call.server().scripts().functions(call.server());
      FunctionLibrary.Function function = engine.function(call.arg(1));
      if (function == null) {
        throw new Refusal("Function not found");
      }
      int keys = Scripts.keys(call, "Bad number of keys provided");
      if (mayOnlyRead && !function.isReadOnly()) {
        throw new Refusal("Can not execute a script with write flag using *_ro command.");
      }
      engine.runner().run(function.program(), call, keys, stage);
    } catch (Refusal refusal) {
      ScriptRunner.refuse(call.client(), refusal);
    }
  }
}
