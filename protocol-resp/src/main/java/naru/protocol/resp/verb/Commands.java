package naru.protocol.resp.verb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import naru.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// The table of all commands, found by name in any case. A name declared twice is a broken build.
public final class Commands {
  private static final int END_BYTES = 8;

  private final Map<String, Command> byName = new HashMap<>();
  private final List<Command> commands = new ArrayList<>();
  private final @Nullable Command[] table = new Command[2048];
  private int verbs;

  /// A command: a verb, or a container of subcommands, or both (`COMMAND`).
  public static final class Command {
    private final String name;
    private final int length;
    private final long end;
    private final String group;
    private final Map<String, Command> subcommands = new HashMap<>();
    private @Nullable Verb verb;

    private Command(String name, String group) {
      this.name = name;
      this.length = name.length();
      this.end = Commands.end(Bytes.of(name));
      this.group = group;
    }

    /// `client`, or `client|list`.
    public String name() {
      return name;
    }

    /// The group that it belongs to: `list`, `connection`.
    public String group() {
      return group;
    }

    /// What runs when it is called; null for a container that only has subcommands.
    public @Nullable Verb verb() {
      return verb;
    }

    /// By name without the container's; empty for what is no container.
    public Map<String, Command> subcommands() {
      return Collections.unmodifiableMap(subcommands);
    }

    /// The subcommand called `name`, in any case; null if there is none.
    public @Nullable Command subcommand(Bytes subcommand) {
      return subcommands.get(subcommand.toString().toLowerCase(Locale.ROOT));
    }
  }

  /// Adds a verb to a group of commands.
  public void add(Verb verb, String group) {
    String[] names = verb.name().split("\\|", -1);
    Command command = byName.computeIfAbsent(names[0], name -> newCommand(name, group));
    if (names.length == 2) {
      command = command.subcommands.computeIfAbsent(names[1], _ -> new Command(verb.name(), group));
    }
    if (command.verb != null) {
      throw new IllegalStateException("declared twice: " + verb.name());
    }
    command.verb = verb;
    verb.number(verbs++);
  }

  private Command newCommand(String name, String group) {
    Command command = new Command(name, group);
    commands.add(command);
    int slot = slot(command.end);
    while (table[slot] != null) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = command;
    return command;
  }

  /// All commands, in the order of declaration; subcommands are under their containers.
  public List<Command> all() {
    return Collections.unmodifiableList(commands);
  }

  /// All commands and subcommands, containers among them.
  public Stream<Command> withSubcommands() {
    return commands.stream()
        .flatMap(
            command -> Stream.concat(Stream.of(command), command.subcommands.values().stream()));
  }

  /// All commands and subcommands that can be called.
  public Stream<Command> callable() {
    return withSubcommands().filter(command -> command.verb != null);
  }

  /// The command called `name`; null if there is none.
  public @Nullable Command find(Bytes name) {
    int length = name.length();
    long end = end(name);
    int slot = slot(end);
    for (Command command = table[slot]; command != null; command = table[slot]) {
      if (command.end == end && command.length == length && beginsAlike(name, command.name)) {
        return command;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return null;
  }

  /// The command or subcommand called `name`, as in `client|list`; null if there is none.
  public @Nullable Command findWhole(Bytes name) {
    int bar = name.indexOf((byte) '|', 0);
    if (bar < 0) {
      return find(name);
    }
    Command container = find(name.slice(0, bar));
    return container == null ? null : container.subcommand(name.slice(bar + 1, name.length()));
  }

  /// The last eight bytes in lower case: all of most names.
  private static long end(Bytes name) {
    long end = 0;
    for (int i = 0; i < name.length(); i++) {
      end = end << 8 | lower(name.at(i));
    }
    return end;
  }

  private int slot(long end) {
    return (int) ((end * 0x9E3779B97F4A7C15L) >>> 53) & (table.length - 1);
  }

  /// Whether what stands before the end is the same too, of two names of the same length.
  private static boolean beginsAlike(Bytes name, String lower) {
    for (int i = name.length() - END_BYTES - 1; i >= 0; i--) {
      if (lower(name.at(i)) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b & 0xFF;
  }
}
