package naru.protocol.resp.setting;

import naru.bytes.Bytes;
import naru.bytes.Numbers;
import org.jspecify.annotations.Nullable;

/// A setting that is a whole number between two others.
public final class NumberSetting extends Setting {
  private final long initial;
  private final long least;
  private final long most;
  private long value;

  NumberSetting(String name, long initial, long least, long most, String sentence) {
    super(name, sentence);
    this.initial = initial;
    this.least = least;
    this.most = most;
    this.value = initial;
  }

  public long value() {
    return value;
  }

  @Override
  public String text() {
    return Long.toString(value);
  }

  @Override
  public String defaultText() {
    return Long.toString(initial);
  }

  @Override
  public String range() {
    return least + " to " + most;
  }

  @Override
  public @Nullable String refusal(String text) {
    Bytes bytes = Bytes.of(text);
    if (!Numbers.isLong(bytes)) {
      return "argument couldn't be parsed into an integer";
    }
    long number = Numbers.parseLong(bytes);
    return number < least || number > most
        ? "argument must be between " + least + " and " + most + " inclusive"
        : null;
  }

  @Override
  void parse(String text) {
    value = Numbers.parseLong(Bytes.of(text));
  }
}
