package naru.lua;

import org.jspecify.annotations.Nullable;

/// The arguments of one call of a library's function, taken as C's library takes them: with its
/// conversions and its complaints. Places count from 0 here and from 1 in the complaints.
public final class Arguments {
  private final Machine machine;
  private final @Nullable Object[] values;

  Arguments(Machine machine, @Nullable Object[] values) {
    this.machine = machine;
    this.values = values;
  }

  public Machine machine() {
    return machine;
  }

  public int count() {
    return values.length;
  }

  /// The value at a place; nil if there is none.
  public @Nullable Object get(int index) {
    return index < values.length ? values[index] : null;
  }

  public boolean has(int index) {
    return get(index) != null;
  }

  /// All of them. Not to be written.
  public @Nullable Object[] all() {
    return values;
  }

  /// The value at a place, which has to be there, if only as nil.
  public @Nullable Object any(int index) {
    if (index >= values.length) {
      throw bad(index, "value expected");
    }
    return values[index];
  }

  public LuaString string(int index) {
    Object value = get(index);
    if (value instanceof LuaString string) {
      return string;
    }
    LuaString text = machine.toText(value);
    if (text == null) {
      throw wrongType(index, "string");
    }
    return text;
  }

  public double number(int index) {
    Object value = get(index);
    if (value instanceof Double number) {
      return number;
    }
    Double number = Machine.toNumber(value);
    if (number == null) {
      throw wrongType(index, "number");
    }
    return number;
  }

  public double number(int index, double absent) {
    return has(index) ? number(index) : absent;
  }

  /// A whole number as C casts it: cut towards zero; what no long holds is the least long.
  public long integer(int index) {
    return toLong(number(index));
  }

  public long integer(int index, long absent) {
    return has(index) ? integer(index) : absent;
  }

  /// As a C compiler for x86-64 casts.
  public static long toLong(double value) {
    return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  /// As [#integer(int)], but cut to an int as C cuts it.
  public int smallInteger(int index) {
    return (int) integer(index);
  }

  public LuaTable table(int index) {
    if (get(index) instanceof LuaTable table) {
      return table;
    }
    throw wrongType(index, "table");
  }

  public LuaFunction function(int index) {
    if (get(index) instanceof LuaFunction function) {
      return function;
    }
    throw wrongType(index, "function");
  }

  /// Calls a value on behalf of this function.
  public @Nullable Object call(@Nullable Object function, @Nullable Object... arguments) {
    return machine.call(function, arguments);
  }

  /// Puts a value into a table without a look at its metatable.
  public void put(LuaTable table, Object key, @Nullable Object value) {
    if (table.isReadOnly()) {
      throw machine.readOnlyError(false);
    }
    table.set(key, value);
  }

  public void put(LuaTable table, int key, @Nullable Object value) {
    if (table.isReadOnly()) {
      throw machine.readOnlyError(false);
    }
    table.set(key, value);
  }

  public LuaError error(String message) {
    return machine.error(message);
  }

  public LuaError wrongType(int index, String expected) {
    String actual = index < values.length ? Machine.typeName(values[index]) : "no value";
    return bad(index, expected + " expected, got " + actual);
  }

  /// `bad argument #1 to 'rep' (…)`
  public LuaError bad(int index, String complaint) {
    Frame frame = machine.frame;
    Call site = frame == null ? null : frame.site;
    String name = site == null ? null : site.name();
    if (name == null) {
      return error("bad argument #" + (index + 1) + " to '?' (" + complaint + ")");
    }
    if (site != null && site.isMethod()) {
      return index == 0
          ? error("calling '" + name + "' on bad self (" + complaint + ")")
          : error("bad argument #" + index + " to '" + name + "' (" + complaint + ")");
    }
    return error("bad argument #" + (index + 1) + " to '" + name + "' (" + complaint + ")");
  }
}
