package naru.lua;

import org.jspecify.annotations.Nullable;

/// An error of a script, which `pcall` catches: its value may be anything.
public final class LuaError extends RuntimeException {
  private final transient @Nullable Object value;
  private final int line;

  /// @param line where the script was when it was thrown, 0 if that is unknown
  public LuaError(@Nullable Object value, int line) {
    super(null, null, false, false);
    this.value = value;
    this.line = line;
  }

  public @Nullable Object value() {
    return value;
  }

  public int line() {
    return line;
  }

  @Override
  public String getMessage() {
    return String.valueOf(value);
  }
}
