package naru.protocol.resp.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.AclCategories;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Commands.Command;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import naru.structures.Glob;
import org.jspecify.annotations.Nullable;

/// The commands themselves: `COMMAND`.
public final class CommandTable {
  private static final List<String> HELP =
      List.of(
          "COMMAND <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "(no subcommand)",
          "    Return details about all Redis commands.",
          "COUNT",
          "    Return the total number of commands in this Redis server.",
          "LIST",
          "    Return a list of all commands in this Redis server.",
          "INFO [<command-name> ...]",
          "    Return details about multiple Redis commands.",
          "    If no command names are given, documentation details for all",
          "    commands are returned.",
          "DOCS [<command-name> ...]",
          "    Return documentation details about multiple Redis commands.",
          "    If no command names are given, documentation details for all",
          "    commands are returned.",
          "GETKEYS <full-command>",
          "    Return the keys from a full Redis command.",
          "GETKEYSANDFLAGS <full-command>",
          "    Return the keys and the access flags from a full Redis command.",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("COMMAND", call -> info(call.commands().all()))
              .tips("nondeterministic_output_order")
              .since("2.8.13")
              .arity(-1)
              .flags(Flag.LOADING, Flag.STALE)
              .categories("connection")
              .summary("Returns detailed information about all commands.")
              .complexity("O(N) where N is the total number of Redis commands"),
          Verb.of("COMMAND COUNT", CommandTable::count)
              .since("2.8.13")
              .flags(Flag.LOADING, Flag.STALE)
              .categories("connection")
              .summary("Returns a count of commands.")
              .complexity("O(1)"),
          Verb.of("COMMAND INFO [command-name [command-name ...]]", CommandTable::info)
              .tips("nondeterministic_output_order")
              .since("2.8.13")
              .flags(Flag.LOADING, Flag.STALE)
              .categories("connection")
              .summary("Returns information about one, multiple or all commands.")
              .complexity("O(N) where N is the number of commands to look up"),
          Verb.of("COMMAND DOCS [command-name [command-name ...]]", CommandTable::docs)
              .tips("nondeterministic_output_order")
              .since("7.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .categories("connection")
              .summary("Returns documentary information about one, multiple or all commands.")
              .complexity("O(N) where N is the number of commands to look up"),
          Verb.of(
                  "COMMAND LIST [FILTERBY <filterby= MODULE module-name | ACLCAT category | PATTERN"
                      + " pattern>]",
                  CommandTable::list)
              .tips("nondeterministic_output_order")
              .since("7.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .categories("connection")
              .summary("Returns a list of command names.")
              .complexity("O(N) where N is the total number of Redis commands"),
          Verb.of("COMMAND GETKEYS command [arg [arg ...]]", call -> keys(call, false))
              .since("2.8.13")
              .flags(Flag.LOADING, Flag.STALE)
              .categories("connection")
              .summary("Extracts the key names from an arbitrary command.")
              .complexity("O(N) where N is the number of arguments to the command"),
          Verb.of("COMMAND GETKEYSANDFLAGS command [arg [arg ...]]", call -> keys(call, true))
              .since("7.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .categories("connection")
              .summary("Extracts the key names and access flags for an arbitrary command.")
              .complexity("O(N) where N is the number of arguments to the command"),
          Verb.of("COMMAND HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("5.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .categories("connection")
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private CommandTable() {}

  private static Decision count(Call call) {
    return Decision.done(Replies.integer(call.commands().all().size()));
  }

  private static Decision info(Call call) {
    if (call.count() == 2) {
      return info(call.commands().all());
    }
    List<@Nullable Command> named = new ArrayList<>();
    for (Bytes name : call.words().from(2)) {
      named.add(call.commands().findWhole(name));
    }
    return info(named);
  }

  private static Decision info(List<? extends @Nullable Command> commands) {
    return Decision.done(
        Replies.of(
            out -> {
              out.array(commands.size());
              for (Command command : commands) {
                if (command == null) {
                  out.nullBulk();
                } else {
                  new CommandWriter(out).info(command);
                }
              }
            }));
  }

  private static Decision docs(Call call) {
    List<Command> commands = new ArrayList<>();
    for (Bytes name : call.words().from(2)) {
      Command command = call.commands().findWhole(name);
      if (command != null) {
        commands.add(command);
      }
    }
    if (call.count() == 2) {
      commands.addAll(call.commands().all());
    }
    return Decision.done(
        Replies.of(
            out -> {
              out.map(commands.size());
              commands.forEach(command -> new CommandWriter(out).docs(command));
            }));
  }

  private static Decision list(Call call) {
    Predicate<Command> filter = _ -> true;
    if (call.count() == 5 && call.is(2, "FILTERBY")) {
      filter = filter(call);
    } else if (call.count() != 2) {
      throw Call.syntaxError();
    }
    List<Bytes> names =
        call.commands()
            .withSubcommands()
            .filter(filter)
            .map(command -> Bytes.of(command.name()))
            .toList();
    return Decision.done(Replies.bulks(names));
  }

  private static Predicate<Command> filter(Call call) {
    if (call.is(3, "PATTERN")) {
      Glob glob = Glob.ignoringCase(call.arg(4).owned());
      return command -> glob.matches(Bytes.of(command.name()));
    }
    if (call.is(3, "ACLCAT")) {
      String category = call.arg(4).toString();
      return command -> isIn(command, category);
    }
    if (call.is(3, "MODULE")) {
      return _ -> false;
    }
    throw Call.syntaxError();
  }

  private static boolean isIn(Command command, String category) {
    Verb verb = command.verb();
    return verb != null && AclCategories.contains(verb, command.group(), category);
  }

  private static Decision keys(Call call, boolean withFlags) {
    Arguments words = Arguments.of(call.words().from(2).toArray(Bytes[]::new));
    List<CallKeys.Found> keys = CallKeys.of(verb(call, words), words);
    return Decision.done(
        withFlags
            ? Replies.of(out -> CallKeys.write(out, keys))
            : Replies.bulks(keys.stream().map(CallKeys.Found::key).toList()));
  }

  private static Verb verb(Call call, Arguments words) {
    Command command = call.commands().find(words.get(0));
    if (command != null && !command.subcommands().isEmpty() && words.count() > 1) {
      command = command.subcommand(words.get(1));
    }
    Verb verb = command == null ? null : command.verb();
    if (verb == null) {
      throw new Refusal("Invalid command specified");
    }
    if (!verb.accepts(words.count())) {
      throw new Refusal("Invalid number of arguments specified for command");
    }
    return verb;
  }
}
