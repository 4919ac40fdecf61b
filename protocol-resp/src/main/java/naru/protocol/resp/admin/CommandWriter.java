package naru.protocol.resp.admin;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import naru.protocol.resp.verb.AclCategories;
import naru.protocol.resp.verb.Commands.Command;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.UsageArgument;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// Commands described on the wire, as `COMMAND INFO` and `COMMAND DOCS` do.
/// https://redis.io/docs/latest/commands/command/
final class CommandWriter {
  private final RespWriter out;

  CommandWriter(RespWriter out) {
    this.out = out;
  }

  /// Ten elements: name, arity, flags, first key, last key, step, categories, tips, key
  /// specifications, subcommands.
  void info(Command command) {
    Verb verb = command.verb();
    out.array(10);
    out.bulk(command.name());
    out.integer(verb == null ? -2 : verb.arity());
    Set<String> flags = flags(verb);
    out.set(flags.size());
    flags.forEach(out::simple);
    range(verb);
    List<String> categories =
        verb == null ? List.of("@slow") : AclCategories.of(verb, command.group());
    out.set(categories.size());
    categories.forEach(out::simple);
    List<String> tips = verb == null ? List.of() : verb.tips();
    out.set(tips.size());
    tips.forEach(out::bulk);
    List<KeySpec> keys = verb == null ? List.of() : verb.keys();
    out.set(keys.size());
    keys.forEach(this::keySpec);
    out.set(command.subcommands().size());
    command.subcommands().values().forEach(this::info);
  }

  private static Set<String> flags(@Nullable Verb verb) {
    Set<String> flags = new LinkedHashSet<>();
    if (verb != null) {
      for (Flag flag : verb.flags()) {
        if (flag != Flag.MAY_REPLICATE) {
          flags.add(flag.wireName());
        }
      }
      if (verb.keys().stream().anyMatch(CommandWriter::moves)) {
        flags.add(Flag.MOVABLEKEYS.wireName());
      }
    }
    return flags;
  }

  private static boolean isCounted(KeySpec spec) {
    return spec.extent() == KeySpec.Extent.COUNTED || spec.extent() == KeySpec.Extent.COUNTED_PAIRS;
  }

  /// Whether the keys do not stand at fixed places.
  private static boolean moves(KeySpec spec) {
    return !spec.told()
        || !spec.keyword().isEmpty()
        || isCounted(spec)
        || spec.extent() == KeySpec.Extent.HALF;
  }

  /// First key, last key and step, from the first key position; zeros where it does not stand at a
  /// place.
  private void range(@Nullable Verb verb) {
    List<KeySpec> plain = new ArrayList<>();
    if (verb != null) {
      verb.keys().stream().filter(spec -> !moves(spec)).forEach(plain::add);
    }
    if (plain.isEmpty()) {
      out.integer(0);
      out.integer(0);
      out.integer(0);
      return;
    }
    KeySpec first = plain.getFirst();
    KeySpec last = plain.getLast();
    out.integer(first.first());
    out.integer(
        switch (last.extent()) {
          case ELSEWHERE -> 0;
          case ONE -> last.first();
          case TWO -> last.first() + 1;
          case ALL_BUT_LAST -> -2;
          case ALL, ALTERNATING, HALF, COUNTED, COUNTED_PAIRS -> -1;
        });
    out.integer(last.extent() == KeySpec.Extent.ALTERNATING ? 2 : 1);
  }

  private void keySpec(KeySpec spec) {
    out.map(3);
    out.bulk("flags");
    List<String> flags = List.of(spec.access().split(" ", -1));
    out.set(flags.size());
    flags.forEach(out::simple);
    out.bulk("begin_search");
    out.map(2);
    out.bulk("type");
    if (!spec.told()) {
      unknown();
    } else if (spec.keyword().isEmpty()) {
      out.bulk("index");
      out.bulk("spec");
      out.map(1);
      out.bulk("index");
      out.integer(spec.first());
    } else {
      out.bulk("keyword");
      out.bulk("spec");
      out.map(2);
      out.bulk("keyword");
      out.bulk(spec.keyword());
      out.bulk("startfrom");
      out.integer(spec.first());
    }
    out.bulk("find_keys");
    out.map(2);
    out.bulk("type");
    if (!spec.told()) {
      unknown();
    } else if (isCounted(spec)) {
      out.bulk("keynum");
      out.bulk("spec");
      int step = spec.extent() == KeySpec.Extent.COUNTED_PAIRS ? 2 : 1;
      numbers("keynumidx", 0, "firstkey", 1, "keystep", step);
    } else {
      out.bulk("range");
      out.bulk("spec");
      switch (spec.extent()) {
        case ELSEWHERE, ONE -> numbers("lastkey", 0, "keystep", 1, "limit", 0);
        case TWO -> numbers("lastkey", 1, "keystep", 1, "limit", 0);
        case ALL, COUNTED, COUNTED_PAIRS -> numbers("lastkey", -1, "keystep", 1, "limit", 0);
        case ALTERNATING -> numbers("lastkey", -1, "keystep", 2, "limit", 0);
        case ALL_BUT_LAST -> numbers("lastkey", -2, "keystep", 1, "limit", 0);
        case HALF -> numbers("lastkey", -1, "keystep", 1, "limit", 2);
      }
    }
  }

  private void unknown() {
    out.bulk("unknown");
    out.bulk("spec");
    out.map(0);
  }

  private void numbers(
      String name1, int value1, String name2, int value2, String name3, int value3) {
    out.map(3);
    out.bulk(name1);
    out.integer(value1);
    out.bulk(name2);
    out.integer(value2);
    out.bulk(name3);
    out.integer(value3);
  }

  /// Name, then a map of what there is to say.
  void docs(Command command) {
    out.bulk(command.name());
    Verb verb = command.verb();
    List<UsageArgument> arguments = verb == null ? List.of() : verb.usage().arguments();
    List<String> flags = verb == null ? List.of() : docFlags(verb);
    boolean deprecated = flags.contains("deprecated");
    boolean container = !command.subcommands().isEmpty();
    String complexity = verb == null ? "Depends on subcommand." : verb.complexity();
    int fields =
        3 + (complexity.isEmpty() ? 0 : 1) + (flags.isEmpty() ? 0 : 1) + (deprecated ? 2 : 0);
    out.map(fields + (arguments.isEmpty() ? 0 : 1) + (container ? 1 : 0));
    field(
        "summary",
        verb == null ? "A container for " + command.name() + " commands." : verb.summary());
    field("since", verb == null ? firstSince(command) : verb.since());
    field("group", command.group());
    if (!complexity.isEmpty()) {
      field("complexity", complexity);
    }
    if (!flags.isEmpty()) {
      out.bulk("doc_flags");
      out.set(flags.size());
      flags.forEach(out::simple);
    }
    if (verb != null && deprecated) {
      field("deprecated_since", verb.deprecatedSince());
      field("replaced_by", verb.replacedBy());
    }
    if (!arguments.isEmpty()) {
      out.bulk("arguments");
      arguments(arguments, new KeyCount());
    }
    if (container) {
      out.bulk("subcommands");
      out.map(command.subcommands().size());
      command.subcommands().values().forEach(this::docs);
    }
  }

  private void field(String name, String value) {
    out.bulk(name);
    out.bulk(value);
  }

  private static List<String> docFlags(Verb verb) {
    if (!verb.deprecatedSince().isEmpty()) {
      return List.of("deprecated");
    }
    return verb.isForSystem() ? List.of("syscmd") : List.of();
  }

  /// A container is as old as the oldest of its subcommands.
  private static String firstSince(Command container) {
    return container.subcommands().values().stream()
        .map(Command::verb)
        .filter(Objects::nonNull)
        .map(Verb::since)
        .min(Comparator.comparing(ModuleDescriptor.Version::parse))
        .orElse("1.0.0");
  }

  /// How many arguments that are keys were written so far.
  private static final class KeyCount {
    private int keys;
  }

  private void arguments(List<UsageArgument> arguments, KeyCount count) {
    out.array(arguments.size());
    arguments.forEach(argument -> argument(argument, count));
  }

  private void argument(UsageArgument argument, KeyCount count) {
    List<String> flags = flags(argument);
    boolean hasParts = !argument.parts().isEmpty();
    boolean shown = !hasParts && !argument.isFixed();
    int keySpec = argument.keySpec();
    if (argument.type().equals("key") && keySpec < 0) {
      keySpec = count.keys++;
    }
    int fields = 2 + (shown ? 1 : 0) + (keySpec >= 0 ? 1 : 0) + (argument.hasToken() ? 1 : 0);
    out.map(fields + (flags.isEmpty() ? 0 : 1) + (hasParts ? 1 : 0));
    field("name", argument.name());
    field("type", argument.type());
    if (shown) {
      field("display_text", argument.name());
    }
    if (keySpec >= 0) {
      out.bulk("key_spec_index");
      out.integer(keySpec);
    }
    if (argument.hasToken()) {
      field("token", argument.token());
    }
    if (!flags.isEmpty()) {
      out.bulk("flags");
      out.set(flags.size());
      flags.forEach(out::simple);
    }
    if (hasParts) {
      out.bulk("arguments");
      arguments(argument.parts(), count);
    }
  }

  private static List<String> flags(UsageArgument argument) {
    List<String> flags = new ArrayList<>();
    if (argument.optional()) {
      flags.add("optional");
    }
    if (argument.multiple()) {
      flags.add("multiple");
    }
    if (argument.multipleToken()) {
      flags.add("multiple_token");
    }
    return flags;
  }
}
