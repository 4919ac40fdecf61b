package naru.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import naru.protocol.resp.Catalog;
import naru.protocol.resp.verb.Commands.Command;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Every command, by group: usage, since when, complexity, one sentence.
final class CommandsPage {
  private CommandsPage() {}

  static String text() {
    Map<String, List<Command>> byGroup = new TreeMap<>();
    Catalog.commands()
        .callable()
        .sorted(Comparator.comparing(Command::name))
        .forEach(
            command ->
                byGroup.computeIfAbsent(command.group(), _ -> new ArrayList<>()).add(command));
    StringBuilder page = new StringBuilder();
    int count = Catalog.commands().all().size();
    page.append("# Commands\n\nWritten from the declarations in the code; not edited. ")
        .append(count)
        .append(" commands.\n");
    byGroup.forEach((group, commands) -> append(group, commands, page));
    return page.toString();
  }

  private static void append(String group, List<Command> commands, StringBuilder page) {
    page.append("\n## ").append(group).append("\n\n");
    page.append("| usage | since | complexity | |\n|---|---|---|---|\n");
    for (Command command : commands) {
      append(command.verb(), page);
    }
  }

  private static void append(@Nullable Verb verb, StringBuilder page) {
    if (verb == null) {
      return;
    }
    page.append("| `")
        .append(escaped(verb.usage().line()))
        .append("` | ")
        .append(verb.since())
        .append(" | ")
        .append(escaped(verb.complexity()))
        .append(" | ")
        .append(escaped(verb.summary()))
        .append(" |\n");
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }
}
