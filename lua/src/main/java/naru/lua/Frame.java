package naru.lua;

import org.jspecify.annotations.Nullable;

/// One call of a function of the script that goes on.
final class Frame {
  final Machine machine;
  final Closure closure;
  final @Nullable Object[] slots;
  @Nullable Object[] varargs = Machine.NOTHING;
  @Nullable Frame caller;

  /// The call that it is carrying out; null while a library's function calls on its behalf.
  @Nullable Call site;

  /// Where it is, as far as anybody may ask.
  int line;

  @Nullable Object result = Values.NONE;

  /// What is to be called in the place of this call.
  @Nullable Closure tail;

  @Nullable Object[] tailArguments = Machine.NOTHING;

  Frame(Machine machine, Closure closure) {
    this.machine = machine;
    this.closure = closure;
    this.slots = new @Nullable Object[closure.prototype().slots];
  }
}
