package naru.lua;

import org.jspecify.annotations.Nullable;

/// A function, of the script or of a library.
public abstract sealed class LuaFunction permits Closure, Builtin {
  /// Calls it; the result is one value, or [Values].
  public abstract @Nullable Object call(Machine machine, @Nullable Object[] arguments);
}
