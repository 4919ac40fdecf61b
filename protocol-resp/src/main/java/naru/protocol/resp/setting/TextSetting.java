package naru.protocol.resp.setting;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A setting that is text with a grammar of its own.
public final class TextSetting extends Setting {
  private final String initial;
  private final String range;
  private Function<String, @Nullable String> check = _ -> null;
  private UnaryOperator<String> canonical = UnaryOperator.identity();
  private String value;

  TextSetting(String name, String initial, String range, String sentence) {
    super(name, sentence);
    this.initial = initial;
    this.range = range;
    this.value = initial;
  }

  /// Says why a text is refused, null if it is not.
  TextSetting checkedBy(Function<String, @Nullable String> newCheck) {
    check = newCheck;
    return this;
  }

  /// How an accepted text is shown.
  TextSetting shownBy(UnaryOperator<String> newCanonical) {
    canonical = newCanonical;
    return this;
  }

  @Override
  public String text() {
    return value;
  }

  @Override
  public String defaultText() {
    return initial;
  }

  @Override
  public String range() {
    return range;
  }

  @Override
  public @Nullable String refusal(String text) {
    return check.apply(text);
  }

  @Override
  void parse(String text) {
    value = canonical.apply(text);
  }
}
