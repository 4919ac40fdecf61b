package naru.lua;

import org.jspecify.annotations.Nullable;

/// A function of a library.
public final class Builtin extends LuaFunction {
  private final Body body;

  /// What it does; the result is one value, or [Values].
  @FunctionalInterface
  public interface Body {
    @Nullable Object call(Arguments in);
  }

  public Builtin(Body body) {
    this.body = body;
  }

  @Override
  public @Nullable Object call(Machine machine, @Nullable Object[] arguments) {
    return body.call(new Arguments(machine, arguments));
  }
}
