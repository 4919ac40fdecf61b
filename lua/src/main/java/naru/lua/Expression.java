package naru.lua;

import org.jspecify.annotations.Nullable;

/// A piece of a chunk that has a value.
abstract class Expression {
  /// How many expressions stand inside each other at most, this one included.
  final int depth;

  Expression(@Nullable Expression... parts) {
    int deepest = 0;
    for (Expression part : parts) {
      deepest = part == null ? deepest : Math.max(deepest, part.depth);
    }
    depth = deepest + 1;
  }

  /// Its one value.
  abstract @Nullable Object value(Frame frame);

  /// All its values: one, or [Values].
  @Nullable Object result(Frame frame) {
    return value(frame);
  }

  boolean test(Frame frame) {
    Object value = value(frame);
    return value != null && (!(value instanceof Boolean bool) || bool);
  }

  /// Whether it may have more or fewer values than one.
  boolean isMultiple() {
    return false;
  }

  /// `local 'x'`, for messages; null if it has no name.
  @Nullable String describe() {
    return null;
  }

  /// Several expressions as arguments: each gives one value, but for the last.
  static @Nullable Object[] values(Expression[] list, Frame frame) {
    int count = list.length;
    if (count == 0) {
      return Machine.NOTHING;
    }
    @Nullable Object[] values = new @Nullable Object[count];
    for (int i = 0; i < count - 1; i++) {
      values[i] = list[i].value(frame);
    }
    Expression last = list[count - 1];
    if (last.isMultiple()) {
      return Values.append(values, count - 1, last.result(frame));
    }
    values[count - 1] = last.value(frame);
    return values;
  }
}
