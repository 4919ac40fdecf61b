package naru.measure.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A report as a picture (SVG): for each row a bar for each of the two first figures of its table.
///
/// With a peer a bar is the ratio to it, on a scale where half and double are equally far from the
/// line in the middle, which is "even"; green is better than the peer. Alone it is the figure,
/// beside
/// the largest of its table.
public final class Plot {
  private static final int TITLE_PX = 420;
  private static final int BARS_PX = 480;
  private static final int WIDTH_PX = TITLE_PX + BARS_PX + 80;
  private static final int BAR_PX = 11;
  private static final int ROW_PX = 30;
  private static final int SECTION_PX = 44;

  /// Ratios beyond eight times, or an eighth, end at the border.
  private static final double DOUBLINGS_MAX = 3;

  private static final String BETTER = "#2a9d5c";
  private static final String WORSE = "#d1603d";
  private static final String PLAIN = "#4a78a8";

  private final StringBuilder svg = new StringBuilder();
  private int y = 30;

  private Plot() {}

  public static String document(Report report) {
    Plot plot = new Plot();
    report.sections().forEach(plot::section);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" \
    font-size="12">
    <rect width="100%%" height="100%%" fill="white"/>
    %s</svg>
    """
        .formatted(WIDTH_PX, plot.y + 10, plot.svg);
  }

  private void section(Section section) {
    List<Figure> figures =
        section.columns().stream()
            .filter(figure -> figure.better() != Figure.Better.NEITHER)
            .limit(2)
            .toList();
    String titles = String.join(", ", figures.stream().map(Figure::title).toList());
    String beside = section.peer().map(peer -> " beside " + peer).orElse("");
    text(10, y, "start", "bold", section.name() + ": " + section.ours() + beside + ": " + titles);
    int topPx = y + 8;
    y += SECTION_PX / 2;
    for (Row row : section.rows()) {
      text(TITLE_PX - 8, y + BAR_PX, "end", "normal", row.title());
      for (int i = 0; i < figures.size(); i++) {
        bar(section, row, figures.get(i), y + i * BAR_PX);
      }
      y += ROW_PX;
    }
    if (section.peer().isPresent()) {
      int middlePx = TITLE_PX + BARS_PX / 2;
      svg.append(
              String.format(
                  Locale.ROOT,
                  "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#333\"/>",
                  middlePx,
                  topPx,
                  middlePx,
                  y - 6))
          .append('\n');
    }
    y += SECTION_PX / 2;
  }

  private void bar(Section section, Row row, Figure figure, int topPx) {
    if (section.peer().isEmpty()) {
      row.median(section.ours(), figure).ifPresent(value -> alone(section, figure, value, topPx));
      return;
    }
    OptionalDouble ratio = row.ratio(section.ours(), section.peer().get(), figure);
    if (ratio.isPresent() && ratio.getAsDouble() > 0) {
      beside(figure, ratio.getAsDouble(), topPx);
    }
  }

  private void beside(Figure figure, double ratio, int topPx) {
    double doublings = Math.log(ratio) / Math.log(2);
    double part = Math.clamp(doublings / DOUBLINGS_MAX, -1, 1);
    int lengthPx = (int) Math.round(Math.abs(part) * BARS_PX / 2);
    int middlePx = TITLE_PX + BARS_PX / 2;
    boolean isBetter = figure.better() == Figure.Better.MORE ? ratio >= 1 : ratio <= 1;
    rectangle(
        part < 0 ? middlePx - lengthPx : middlePx, topPx, lengthPx, isBetter ? BETTER : WORSE);
    String value = String.format(Locale.ROOT, "%.2f", ratio);
    int atPx = part < 0 ? middlePx - lengthPx - 4 : middlePx + lengthPx + 4;
    text(atPx, topPx + BAR_PX - 2, part < 0 ? "end" : "start", "normal", value);
  }

  private void alone(Section section, Figure figure, double value, int topPx) {
    double most =
        section.rows().stream()
            .mapToDouble(row -> row.median(section.ours(), figure).orElse(0))
            .max()
            .orElse(0);
    int lengthPx = most == 0 ? 0 : (int) Math.round(value / most * BARS_PX);
    rectangle(TITLE_PX, topPx, lengthPx, PLAIN);
    text(TITLE_PX + lengthPx + 4, topPx + BAR_PX - 2, "start", "normal", figure.shown(value));
  }

  private void rectangle(int leftPx, int topPx, int widthPx, String colour) {
    svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
                leftPx,
                topPx,
                Math.max(1, widthPx),
                BAR_PX - 1,
                colour))
        .append('\n');
  }

  private void text(int leftPx, int basePx, String anchor, String weight, String text) {
    svg.append(
            String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\">%s</text>",
                leftPx,
                basePx,
                anchor,
                weight,
                escaped(text)))
        .append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
