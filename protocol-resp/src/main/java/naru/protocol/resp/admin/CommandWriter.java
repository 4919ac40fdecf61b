package naru.protocol.resp.admin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
    boolean container = !command.subcommands().isEmpty();
    List<UsageArgument> arguments = verb == null ? List.of() : verb.usage().arguments();
    out.map((verb == null ? 2 : 4) + (arguments.isEmpty() ? 0 : 1) + (container ? 1 : 0));
    out.bulk("summary");
    out.bulk(verb == null ? "A container for " + command.name() + " commands." : verb.summary());
    if (verb != null) {
      out.bulk("since");
      out.bulk(verb.since());
    }
    out.bulk("group");
    out.bulk(command.group());
    if (verb != null) {
      out.bulk("complexity");
      out.bulk(verb.complexity());
    }
    if (!arguments.isEmpty()) {
      out.bulk("arguments");
      out.array(arguments.size());
      arguments.forEach(this::argument);
    }
    if (container) {
      out.bulk("subcommands");
      out.map(command.subcommands().size());
      command.subcommands().values().forEach(this::docs);
    }
  }

  private void argument(UsageArgument argument) {
    List<String> flags = new ArrayList<>();
    if (argument.optional()) {
      flags.add("optional");
    }
    if (argument.multiple()) {
      flags.add("multiple");
    }
    boolean hasToken = !argument.token().isEmpty();
    boolean hasParts = !argument.parts().isEmpty();
    int fields = 2 + (hasToken ? 1 : 0) + (flags.isEmpty() ? 0 : 1) + (hasParts ? 1 : 0);
    out.map(fields);
    out.bulk("name");
    out.bulk(argument.name());
    out.bulk("type");
    out.bulk(argument.type());
    if (hasToken) {
      out.bulk("token");
      out.bulk(argument.token());
    }
    if (!flags.isEmpty()) {
      out.bulk("flags");
      out.array(flags.size());
      flags.forEach(out::simple);
    }
    if (hasParts) {
      out.bulk("arguments");
      out.array(argument.parts().size());
      argument.parts().forEach(this::argument);
    }
  }
}
