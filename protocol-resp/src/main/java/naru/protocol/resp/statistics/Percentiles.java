package naru.protocol.resp.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Shares of a hundred, as the setting `latency-tracking-info-percentiles` names them.
///
/// @param percents from 0 to 100
public record Percentiles(List<Double> percents) {
  private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");

  /// Why a text names none, null if it does.
  public static @Nullable String refusal(String text) {
    for (String word : words(text)) {
      if (!NUMBER.matcher(word).matches()) {
        return "Invalid latency-tracking-info-percentiles parameters";
      }
      double percent = Double.parseDouble(word);
      if (percent < 0 || percent > 100) {
        return "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]";
      }
    }
    return null;
  }

  /// Those that a text names which was not refused.
  public static Percentiles of(String text) {
    List<Double> percents = new ArrayList<>();
    for (String word : words(text)) {
      percents.add(Double.parseDouble(word));
    }
    return new Percentiles(List.copyOf(percents));
  }

  private static List<String> words(String text) {
    String words = text.strip();
    return words.isEmpty() ? List.of() : List.of(words.split("\\s+", -1));
  }

  /// A percentile without zeros that say nothing: `99.9`, `50`.
  static String shown(double percent) {
    return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
  }

  public String text() {
    return String.join(" ", percents.stream().map(Percentiles::shown).toList());
  }

  /// Those of a histogram, in microseconds: `p50=4.015,p99=8.063`.
  public String of(Histogram histogram) {
    return String.join(
        ",",
        percents.stream()
            .map(
                percent ->
                    String.format(
                        Locale.ROOT,
                        "p%s=%.3f",
                        shown(percent),
                        histogram.percentileNs(percent) / 1000.0))
            .toList());
  }
}
