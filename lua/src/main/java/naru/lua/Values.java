package naru.lua;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a function gives back when that is not exactly one value: none, or several.
public final class Values {
  public static final Values NONE = new Values(new Object[0]);

  private final @Nullable Object[] items;

  private Values(@Nullable Object[] items) {
    this.items = items;
  }

  /// A result of these values.
  public static @Nullable Object of(@Nullable Object... items) {
    return switch (items.length) {
      case 0 -> NONE;
      case 1 -> items[0];
      default -> new Values(items);
    };
  }

  /// The first value of a result, nil if there is none.
  public static @Nullable Object first(@Nullable Object result) {
    if (result instanceof Values values) {
      return values.items.length == 0 ? null : values.items[0];
    }
    return result;
  }

  public static int count(@Nullable Object result) {
    return result instanceof Values values ? values.items.length : 1;
  }

  public static @Nullable Object get(@Nullable Object result, int index) {
    if (result instanceof Values values) {
      return index < values.items.length ? values.items[index] : null;
    }
    return index == 0 ? result : null;
  }

  /// All values of a result. Not to be written.
  public static @Nullable Object[] all(@Nullable Object result) {
    return result instanceof Values values ? values.items : new @Nullable Object[] {result};
  }

  /// A value, and after it all of `result`.
  public static @Nullable Object prepend(@Nullable Object head, @Nullable Object result) {
    @Nullable Object[] tail = all(result);
    @Nullable Object[] joined = new @Nullable Object[tail.length + 1];
    joined[0] = head;
    System.arraycopy(tail, 0, joined, 1, tail.length);
    return of(joined);
  }

  /// `head` but for its last `count - 1` places, and then all of `result`.
  static @Nullable Object[] append(@Nullable Object[] head, int count, @Nullable Object result) {
    if (result instanceof Values values) {
      @Nullable Object[] joined = Arrays.copyOf(head, count + values.items.length);
      System.arraycopy(values.items, 0, joined, count, values.items.length);
      return joined;
    }
    @Nullable Object[] joined = head.length == count + 1 ? head : Arrays.copyOf(head, count + 1);
    joined[count] = result;
    return joined;
  }
}
