package naru.protocol.resp.admin;

import java.util.Locale;
import java.util.Map;

/// A section of `INFO`: a heading, then `name:value` lines.
final class InfoText {
  private static final Map<String, String> HEADINGS = Map.of("cpu", "CPU");

  private final StringBuilder text = new StringBuilder();

  InfoText(String section) {
    String heading =
        HEADINGS.getOrDefault(
            section, section.substring(0, 1).toUpperCase(Locale.ROOT) + section.substring(1));
    text.append("# ").append(heading).append("\r\n");
  }

  InfoText field(String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
    return this;
  }

  /// A number of bytes as people read it: `1.50M`.
  static String human(long bytes) {
    if (bytes < 1024) {
      return bytes + "B";
    }
    String[] units = {"K", "M", "G", "T", "P"};
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f%s", value, units[unit]);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
