package naru.protocol.resp.setting;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A setting that is `yes` or `no`.
public final class BoolSetting extends Setting {
  private final boolean initial;
  private boolean value;

  BoolSetting(String name, boolean initial, String sentence) {
    super(name, sentence);
    this.initial = initial;
    this.value = initial;
  }

  public boolean value() {
    return value;
  }

  private static String word(boolean value) {
    return value ? "yes" : "no";
  }

  @Override
  public String text() {
    return word(value);
  }

  @Override
  public String defaultText() {
    return word(initial);
  }

  @Override
  public String range() {
    return "yes or no";
  }

  @Override
  public @Nullable String refusal(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("yes") || lower.equals("no") ? null : "argument must be 'yes' or 'no'";
  }

  @Override
  void parse(String text) {
    value = text.toLowerCase(Locale.ROOT).equals("yes");
  }
}
