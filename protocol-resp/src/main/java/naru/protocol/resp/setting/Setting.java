package naru.protocol.resp.setting;

import org.jspecify.annotations.Nullable;

/// One setting under its Redis name: what it means, which values it takes, what it is now.
public abstract sealed class Setting
    permits BoolSetting, NumberSetting, MemorySetting, ChoiceSetting, TextSetting {
  private final String name;
  private final String sentence;
  private boolean fixed;
  private Runnable changed = () -> {};

  Setting(String name, String sentence) {
    this.name = name;
    this.sentence = sentence;
  }

  public final String name() {
    return name;
  }

  /// What it means.
  public final String sentence() {
    return sentence;
  }

  /// Whether it cannot be changed while the broker runs.
  public final boolean isFixed() {
    return fixed;
  }

  final void fix() {
    fixed = true;
  }

  /// Runs `action` after each change, in addition to what ran before.
  public final void onChange(Runnable action) {
    Runnable before = changed;
    changed =
        () -> {
          before.run();
          action.run();
        };
  }

  /// The value, as `CONFIG GET` shows it.
  public abstract String text();

  /// The value before anyone changed it.
  public abstract String defaultText();

  /// Which values it takes, for people.
  public abstract String range();

  /// Why `text` is no value for it, in Redis' words; null if it is one.
  public abstract @Nullable String refusal(String text);

  /// Takes a value that was not refused.
  public final void take(String text) {
    parse(text);
    changed.run();
  }

  abstract void parse(String text);
}
