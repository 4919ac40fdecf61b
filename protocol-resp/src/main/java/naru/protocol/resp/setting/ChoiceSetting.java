package naru.protocol.resp.setting;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A setting that is one of a few words.
public final class ChoiceSetting extends Setting {
  private final List<String> choices;
  private String value;

  /// The first choice is the initial value.
  ChoiceSetting(String name, List<String> choices, String sentence) {
    super(name, sentence);
    this.choices = choices;
    this.value = choices.getFirst();
  }

  @Override
  public String text() {
    return value;
  }

  @Override
  public String defaultText() {
    return choices.getFirst();
  }

  @Override
  public String range() {
    return String.join(", ", choices);
  }

  @Override
  public @Nullable String refusal(String text) {
    return choices.contains(text.toLowerCase(Locale.ROOT))
        ? null
        : "argument(s) must be one of the following: " + range();
  }

  @Override
  void parse(String text) {
    value = text.toLowerCase(Locale.ROOT);
  }
}
