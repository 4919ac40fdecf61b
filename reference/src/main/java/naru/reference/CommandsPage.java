package naru.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import naru.bytes.Bytes;
import naru.protocol.resp.Catalog;
import naru.protocol.resp.NotHere;
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
    appendAbsent(page);
    return page.toString();
  }

  private static void appendAbsent(StringBuilder page) {
    page.append("\n## Not here, and why\n\n")
        .append("What Redis 8.10 has beyond this, with the modules that belong to it.\n\n")
        .append("| commands | |\n|---|---|\n");
    for (NotHere.Absence absence : NotHere.absences()) {
      String names =
          absence.commands().stream()
              .filter(name -> Catalog.commands().findWhole(Bytes.of(name)) == null)
              .map(name -> "`" + name.replace('|', ' ') + "`")
              .collect(Collectors.joining(", "));
      if (!names.isEmpty()) {
        page.append("| ").append(names).append(" | ").append(absence.reason()).append(" |\n");
      }
    }
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
