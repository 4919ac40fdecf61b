package naru.protocol.resp.admin;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Handler;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Modules of Redis: there are none, and none can be loaded. It is said as a Redis says it that is
/// not allowed to load any.
public final class Modules {
  private static final List<String> HELP =
      List.of(
          "MODULE <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "LIST",
          "    Return a list of loaded modules.",
          "LOAD <path> [<arg> ...]",
          "    Load a module library from <path>, passing to it any optional arguments.",
          "LOADEX <path> [[CONFIG NAME VALUE] [CONFIG NAME VALUE]] [ARGS ...]",
          "    Load a module library from <path>, while passing it module configurations and"
              + " optional arguments.",
          "UNLOAD <name>",
          "    Unload a module.",
          "HELP",
          "    Prints this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("MODULE HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("5.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"),
          Verb.of("MODULE LIST", _ -> Decision.done(Replies.EMPTY_ARRAY))
              .tips("nondeterministic_output_order")
              .since("4.0.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT)
              .summary("Returns all loaded modules.")
              .complexity("O(N) where N is the number of loaded modules."),
          loading("MODULE LOAD path [arg [arg ...]]").since("4.0.0").summary("Loads a module."),
          loading(
                  "MODULE LOADEX path [configs= CONFIG name value [CONFIG name value ...]] [ARGS"
                      + " args [args ...]]")
              .arity(-3)
              .since("7.0.0")
              .summary("Loads a module using extended parameters."),
          loading("MODULE UNLOAD name").since("4.0.0").summary("Unloads a module."));

  private Modules() {}

  private static Verb loading(String usage) {
    Handler refused = Modules::refuse;
    return Verb.of(usage, refused)
        .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_ASYNC_LOADING)
        .complexity("O(1)");
  }

  private static Decision refuse(Call call) {
    throw new Refusal(
        "MODULE command not allowed. If the enable-module-command option is set to \"local\", you"
            + " can run it from a local connection, otherwise you need to set this option in the"
            + " configuration file, and then restart the server.");
  }
}
