package naru.measure.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A section as a Markdown table that a terminal shows straight, too. With a peer each figure is
/// `ours / theirs = **ratio**`.
public final class Table {
  private static final List<Figure> FLOORED = List.of(Figure.PER_SECOND, Figure.PROCESSOR);
  private static final int WIDTH_ALONE = 13;
  private static final int WIDTH_BESIDE = 24;

  private final Section section;
  private final int titleWidth;

  /// @param titles of all rows to come, which give the first column its width
  public Table(Section section, List<String> titles) {
    this.section = section;
    this.titleWidth = titles.stream().mapToInt(String::length).max().orElse(0);
  }

  /// The lines above the rows.
  public String head() {
    List<String> cells = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (Figure figure : section.columns()) {
      cells.add(pad(figure.title(), width()));
      rules.add("-".repeat(width() + 1) + ":");
    }
    for (Figure figure : floored()) {
      cells.add(pad("floor " + figure.title(), WIDTH_ALONE));
      rules.add("-".repeat(WIDTH_ALONE + 1) + ":");
    }
    String title = section.peer().map(peer -> section.ours() + " / " + peer).orElse("load");
    String first = String.format(Locale.ROOT, "%-" + titleWidth + "s", title);
    return "| %s | %s |\n|%s|%s|"
        .formatted(
            first,
            String.join(" | ", cells),
            "-".repeat(first.length() + 2),
            String.join("|", rules));
  }

  public String line(Row row) {
    List<String> cells = new ArrayList<>();
    for (Figure figure : section.columns()) {
      cells.add(pad(cell(row, figure), width()));
    }
    for (Figure figure : floored()) {
      cells.add(pad(shown(row.median(Section.FLOOR, figure), figure), WIDTH_ALONE));
    }
    String title = String.format(Locale.ROOT, "%-" + titleWidth + "s", row.title());
    return "| " + title + " | " + String.join(" | ", cells) + " |";
  }

  private List<Figure> floored() {
    return section.hasFloor()
        ? FLOORED.stream().filter(section.columns()::contains).toList()
        : List.of();
  }

  private String cell(Row row, Figure figure) {
    String ours = shown(row.median(section.ours(), figure), figure);
    if (section.peer().isEmpty()) {
      return ours;
    }
    String peer = section.peer().get();
    String both = ours + " / " + shown(row.median(peer, figure), figure);
    OptionalDouble ratio = row.ratio(section.ours(), peer, figure);
    return ratio.isEmpty() || figure.better() == Figure.Better.NEITHER
        ? both
        : both + String.format(Locale.ROOT, " = **%.2f**", ratio.getAsDouble());
  }

  private int width() {
    return section.peer().isEmpty() ? WIDTH_ALONE : WIDTH_BESIDE;
  }

  public static String shown(OptionalDouble value, Figure figure) {
    return value.isEmpty() ? "–" : figure.shown(value.getAsDouble());
  }

  private static String pad(String text, int width) {
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }

  /// All of a report as a Markdown document.
  public static String document(Report report) {
    StringBuilder text = new StringBuilder();
    report.facts().forEach((name, value) -> text.append("- %s: %s%n".formatted(name, value)));
    for (Section section : report.sections()) {
      Table table = new Table(section, section.rows().stream().map(Row::title).toList());
      text.append("\n## %s\n\n%s\n\n%s\n".formatted(section.name(), section.note(), table.head()));
      section.rows().forEach(row -> text.append(table.line(row)).append('\n'));
    }
    return text.toString();
  }
}
