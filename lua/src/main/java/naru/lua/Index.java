package naru.lua;

import org.jspecify.annotations.Nullable;

/// `holder[key]`, `holder.key`.
final class Index extends Variable {
  private final Expression holder;
  private final Expression key;
  private final @Nullable LuaString name;
  private final int line;

  Index(Expression holder, Expression key, @Nullable LuaString name, int line) {
    super(holder, key);
    this.holder = holder;
    this.key = key;
    this.name = name;
    this.line = line;
  }

  @Override
  @Nullable Object value(Frame frame) {
    Object target = holder.value(frame);
    if (name != null) {
      if (target instanceof LuaTable table) {
        Object value = table.get(name);
        if (value != null || table.metatable() == null) {
          return value;
        }
      }
      frame.line = line;
      return frame.machine.index(target, name, holder.describe());
    }
    Object at = key.value(frame);
    if (target instanceof LuaTable table) {
      Object value = table.get(at);
      if (value != null || table.metatable() == null) {
        return value;
      }
    }
    frame.line = line;
    return frame.machine.index(target, at, holder.describe());
  }

  @Nullable Object holder(Frame frame) {
    return holder.value(frame);
  }

  @Nullable Object key(Frame frame) {
    return key.value(frame);
  }

  @Override
  void assign(Frame frame, @Nullable Object value) {
    throw new IllegalStateException();
  }

  void assign(Frame frame, @Nullable Object target, @Nullable Object at, @Nullable Object value) {
    frame.line = line;
    frame.machine.setIndex(target, at, value, holder.describe());
  }

  @Override
  @Nullable String describe() {
    return name == null ? null : "field '" + name + "'";
  }

  @Nullable LuaString name() {
    return name;
  }
}
