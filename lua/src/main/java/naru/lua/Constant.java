package naru.lua;

import org.jspecify.annotations.Nullable;

/// A value as it stands in the text.
final class Constant extends Expression {
  private final @Nullable Object value;

  Constant(@Nullable Object value) {
    this.value = value;
  }

  /// The value if it is a string.
  @Nullable LuaString string() {
    return value instanceof LuaString string ? string : null;
  }

  @Override
  @Nullable Object value(Frame frame) {
    return value;
  }
}
