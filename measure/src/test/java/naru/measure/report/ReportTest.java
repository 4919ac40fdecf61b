package naru.measure.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReportTest {
  private static final List<Figure> COLUMNS =
      List.of(Figure.PER_SECOND, Figure.PROCESSOR, Figure.DRIVER);

  private static final Pattern BAR =
      Pattern.compile(
          "<rect x=\"(\\d+)\" y=\"\\d+\" width=\"(\\d+)\" height=\"10\" fill=\"(.+?)\"/>");

  private static Sample sample(double perSecond, double processor) {
    return new Sample()
        .with(Figure.PER_SECOND, perSecond)
        .with(Figure.PROCESSOR, processor)
        .with(Figure.DRIVER, 40);
  }

  private static Row row() {
    Row row = new Row("commands/set/c50/p1", "SET <fast> & plain");
    row.add("naru", sample(90_000, 10));
    row.add("naru", sample(1, 90));
    row.add("naru", sample(100_000, 11));
    row.add("redis", sample(45_000, 20));
    row.add("redis", sample(45_000, 24));
    row.add("floor", sample(200_000, 5));
    return row;
  }

  private static Report report(String... servers) {
    Section section = new Section("commands", "a sync each second", COLUMNS, List.of(servers));
    section.rows().add(row());
    return new Report(Map.of("version", "naru 1"), List.of(section));
  }

  @Test
  void theMedianIsTheOneInTheMiddleOrBetweenTheTwoThere() {
    assertThat(row().median("naru", Figure.PER_SECOND)).hasValue(90_000);
    assertThat(row().median("redis", Figure.PROCESSOR)).hasValue(22);
    assertThat(row().median("redis", Figure.P50)).isEmpty();
  }

  @Test
  void aTableShowsBothAndTheirRatioAndTheFloor() {
    assertThat(Table.document(report("naru", "redis", "floor")).lines().map(ReportTest::narrow))
        .containsSubsequence(
            "- version: naru 1",
            "## commands",
            "| naru / redis | /s | s/M | driver % | floor /s | floor s/M |",
            "| SET <fast> & plain | 90,000 / 45,000 = **2.00** | 11.00 / 22.00 = **0.50** |"
                + " 40 / 40 | 200,000 | 5.00 |");
  }

  @Test
  void aTableOfOneServerShowsWhatItHas() {
    assertThat(Table.document(report("naru")).lines().map(ReportTest::narrow))
        .containsSubsequence("| load | /s | s/M | driver % |")
        .contains("| SET <fast> & plain | 90,000 | 11.00 | 40 |");
  }

  private static String narrow(String line) {
    return line.replaceAll(" +", " ");
  }

  @Test
  void aFigureThatIsMissingIsADash() {
    Section section = new Section("s", "", List.of(Figure.P99), List.of("naru", "redis"));
    section.rows().add(new Row("s/x", "x"));
    assertThat(Table.document(new Report(Map.of(), List.of(section)))).contains(" – / – |");
  }

  @Test
  void jsonHasTheMedianAllRoundsAndTheRatio() {
    JsonNode json = JsonMapper.shared().readTree(Json.document(report("naru", "redis", "floor")));
    JsonNode row = json.at("/sections/0/rows/0");
    assertThat(row.at("/name").asString()).isEqualTo("commands/set/c50/p1");
    JsonNode rate = row.at("/figures/perSecond");
    assertThat(rate.at("/naru/median").asDouble()).isEqualTo(90_000);
    assertThat(rate.at("/naru/rounds/1").asDouble()).isEqualTo(1);
    assertThat(rate.at("/naru/rounds")).hasSize(3);
    assertThat(rate.at("/floor/median").asDouble()).isEqualTo(200_000);
    assertThat(rate.at("/ratio").asDouble()).isEqualTo(2);
    assertThat(row.at("/figures/driverPercent/ratio").isMissingNode()).isTrue();
  }

  private record Bar(int leftPx, int widthPx, String colour) {}

  private static List<Bar> bars(Report report) {
    return BAR.matcher(Plot.document(report))
        .results()
        .map(
            bar ->
                new Bar(
                    Integer.parseInt(bar.group(1)), Integer.parseInt(bar.group(2)), bar.group(3)))
        .toList();
  }

  /// Twice as much goes a third of the half to the right, half as much as far to the left: either
  /// is better.
  @Test
  void aPictureHasABarForEachRatio() {
    Report report = report("naru", "redis", "floor");
    assertThat(Plot.document(report))
        .startsWith("<svg ")
        .endsWith("</svg>\n")
        .contains(">SET &lt;fast&gt; &amp; plain<", ">2.00<", ">0.50<");
    Bar more = bars(report).get(0);
    Bar less = bars(report).get(1);
    assertThat(bars(report)).hasSize(2);
    assertThat(more.widthPx).isEqualTo(80);
    assertThat(less).isEqualTo(new Bar(more.leftPx - 80, 80, more.colour));
  }

  @Test
  void whatIsWorseHasAnotherColour() {
    Section section = new Section("s", "", COLUMNS, List.of("naru", "redis"));
    Row row = new Row("s/x", "x");
    row.add("naru", sample(100_000, 2));
    row.add("redis", sample(50_000, 1));
    section.rows().add(row);
    List<Bar> bars = bars(new Report(Map.of(), List.of(section)));
    assertThat(bars.get(0).colour).isNotEqualTo(bars.get(1).colour);
  }

  @Test
  void aPictureOfOneServerShowsItsFigures() {
    assertThat(Plot.document(report("naru"))).contains(">90,000<").doesNotContain(">2.00<");
  }
}
