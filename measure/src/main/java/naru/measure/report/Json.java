package naru.measure.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A report as JSON: for each figure of a row and each server the median and all rounds, and the
/// ratio to the peer.
///
/// ```
/// {"facts": {...}, "sections": [{"name": "commands", "note": "...", "rows": [
///   {"name": "commands/set/c50/p1", "title": "SET, ...", "figures": {"perSecond": {
///     "naru": {"median": 83963.0, "rounds": [...]}, "redis": {...}, "ratio": 0.98}}}]}]}
/// ```
public final class Json {
  private Json() {}

  public static String document(Report report) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("facts", report.facts());
    document.put("sections", report.sections().stream().map(Json::section).toList());
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(document);
  }

  private static Map<String, Object> section(Section section) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", section.name());
    object.put("note", section.note());
    object.put("rows", section.rows().stream().map(row -> row(section, row)).toList());
    return object;
  }

  private static Map<String, Object> row(Section section, Row row) {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Figure figure : section.columns()) {
      figures.put(figure.key(), figure(section, row, figure));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", row.name());
    object.put("title", row.title());
    object.put("figures", figures);
    return object;
  }

  private static Map<String, Object> figure(Section section, Row row, Figure figure) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (String server : section.servers()) {
      row.median(server, figure)
          .ifPresent(median -> object.put(server, both(median, row.rounds(server, figure))));
    }
    if (figure.better() != Figure.Better.NEITHER) {
      section
          .peer()
          .map(peer -> row.ratio(section.ours(), peer, figure))
          .ifPresent(ratio -> ratio.ifPresent(value -> object.put("ratio", value)));
    }
    return object;
  }

  private static Map<String, Object> both(double median, List<Double> rounds) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("median", median);
    object.put("rounds", rounds);
    return object;
  }
}
