package naru.protocol.resp.acl;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import naru.bytes.Bytes;
import naru.protocol.resp.verb.AclCategories;
import naru.protocol.resp.verb.Commands;
import naru.protocol.resp.verb.Commands.Command;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;

/// Which commands may be called: a bit for each verb, by its number.
///
/// Beside the bits stands what was said, in order, without what later rules have made void: that is
/// how the rules are shown and kept, so that they mean the same where there are other commands.
final class CommandRules {
  private final Commands commands;
  private final BitSet allowed;
  private final Map<Integer, List<String>> firstArguments;
  private final List<String> said;
  private boolean all;
  private boolean othersToo;

  CommandRules(Commands commands) {
    this.commands = commands;
    this.allowed = new BitSet();
    this.firstArguments = new HashMap<>(0);
    this.said = new ArrayList<>(2);
  }

  CommandRules(CommandRules other) {
    commands = other.commands;
    allowed = (BitSet) other.allowed.clone();
    firstArguments = new HashMap<>(other.firstArguments);
    said = new ArrayList<>(other.said);
    all = other.all;
    othersToo = other.othersToo;
  }

  /// Whether every command may be called.
  boolean allowsAll() {
    return all;
  }

  boolean allows(Verb verb, Arguments words) {
    return all
        || verb.is(Flag.NO_AUTH)
        || allowed.get(verb.number())
        || allowsFirstArgument(verb, words);
  }

  private boolean allowsFirstArgument(Verb verb, Arguments words) {
    List<String> arguments = firstArguments.get(verb.number());
    return arguments != null
        && words.count() > 1
        && arguments.contains(lower(Latin.text(words.get(1))));
  }

  /// `+@all` or `-@all`: what was said before does not count any more.
  void everything(boolean allow) {
    commands.callable().map(CommandRules::verb).forEach(verb -> set(verb, allow));
    all = allow;
    othersToo = allow;
    firstArguments.clear();
    said.clear();
  }

  /// `+@category` or `-@category`, the name without `@`.
  void category(String name, boolean allow) {
    if (name.equalsIgnoreCase("all")) {
      everything(allow);
      return;
    }
    if (!AclCategories.names().contains(lower(name))) {
      throw BadRule.unknownCommand();
    }
    commands
        .callable()
        .filter(command -> AclCategories.contains(verb(command), command.group(), name))
        .forEach(command -> set(verb(command), allow));
    say("@" + lower(name), allow);
  }

  /// `+get`, `-config`, `+config|get`: a command, with all its subcommands, or one of them.
  void command(Bytes name, boolean allow) {
    change(found(name), allow);
  }

  private Command found(Bytes name) {
    Command command = commands.findWhole(name);
    if (command == null) {
      throw BadRule.unknownCommand();
    }
    return command;
  }

  private void change(Command command, boolean allow) {
    if (command.verb() != null) {
      set(command.verb(), allow);
    }
    for (Command subcommand : command.subcommands().values()) {
      set(verb(subcommand), allow);
    }
    say(command.name(), allow);
  }

  /// `+command|argument`: a subcommand or, if it has none, a call of the command with this first
  /// argument.
  void allowPart(Bytes name, Bytes part) {
    Command command = found(name);
    if (command.name().indexOf('|') >= 0) {
      throw new BadRule("Allowing first-arg of a subcommand is not supported");
    }
    if (part.isEmpty()) {
      throw BadRule.syntax();
    }
    if (!command.subcommands().isEmpty()) {
      Command subcommand = command.subcommand(part);
      if (subcommand == null) {
        throw BadRule.unknownCommand();
      }
      change(subcommand, true);
      return;
    }
    String argument = lower(Latin.text(part));
    int number = verb(command).number();
    List<String> arguments =
        new ArrayList<>(firstArguments.getOrDefault(number, new ArrayList<>(1)));
    if (!arguments.contains(argument)) {
      arguments.add(argument);
    }
    firstArguments.put(number, arguments);
    say(command.name() + "|" + argument, true);
  }

  private static Verb verb(Command command) {
    Verb verb = command.verb();
    if (verb == null) {
      throw new IllegalStateException("cannot be called: " + command.name());
    }
    return verb;
  }

  private void set(Verb verb, boolean allow) {
    allowed.set(verb.number(), allow);
    firstArguments.remove(verb.number());
    all &= allow;
  }

  /// A rule makes void what was said of the same name, and of its parts.
  private void say(String name, boolean allow) {
    said.removeIf(
        rule -> rule.substring(1).equals(name) || rule.substring(1).startsWith(name + "|"));
    said.add((allow ? "+" : "-") + name);
  }

  /// `+@all -@dangerous`: rules that, given in this order to a new user, make the same.
  String text() {
    List<String> rules = new ArrayList<>(said.size() + 1);
    rules.add(othersToo ? "+@all" : "-@all");
    rules.addAll(said);
    return String.join(" ", rules);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
