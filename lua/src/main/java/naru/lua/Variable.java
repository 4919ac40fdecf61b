package naru.lua;

import org.jspecify.annotations.Nullable;

/// What can stand on the left of an assignment.
abstract class Variable extends Expression {
  Variable(@Nullable Expression... parts) {
    super(parts);
  }

  /// A variable's value is set where its parts have been evaluated: see [Index].
  abstract void assign(Frame frame, @Nullable Object value);

  /// The place of a local variable that an inner function uses too.
  static final class Cell {
    @Nullable Object value;

    Cell(@Nullable Object value) {
      this.value = value;
    }
  }

  /// A local variable as it is declared.
  static final class Declared {
    final LuaString name;
    final int slot;

    /// Whether an inner function uses it, so that its slot holds a [Cell].
    boolean captured;

    Declared(LuaString name, int slot) {
      this.name = name;
      this.slot = slot;
    }

    void begin(Frame frame, @Nullable Object value) {
      frame.slots[slot] = captured ? new Cell(value) : value;
    }
  }

  static final class Local extends Variable {
    private final Declared declared;
    private final int slot;

    Local(Declared declared) {
      this.declared = declared;
      this.slot = declared.slot;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object held = frame.slots[slot];
      return declared.captured && held instanceof Cell cell ? cell.value : held;
    }

    @Override
    void assign(Frame frame, @Nullable Object value) {
      if (declared.captured && frame.slots[slot] instanceof Cell cell) {
        cell.value = value;
      } else {
        frame.slots[slot] = value;
      }
    }

    @Override
    String describe() {
      return "local '" + declared.name + "'";
    }
  }

  static final class Upvalue extends Variable {
    private final int index;
    private final LuaString name;

    Upvalue(int index, LuaString name) {
      this.index = index;
      this.name = name;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return frame.closure.cell(index).value;
    }

    @Override
    void assign(Frame frame, @Nullable Object value) {
      frame.closure.cell(index).value = value;
    }

    @Override
    String describe() {
      return "upvalue '" + name + "'";
    }
  }

  static final class Global extends Variable {
    private final LuaString name;
    private final int line;

    Global(LuaString name, int line) {
      this.name = name;
      this.line = line;
    }

    @Override
    @Nullable Object value(Frame frame) {
      LuaTable globals = frame.machine.globals();
      Object value = globals.get(name);
      if (value != null) {
        return value;
      }
      frame.line = line;
      return frame.machine.index(globals, name);
    }

    @Override
    void assign(Frame frame, @Nullable Object value) {
      frame.line = line;
      frame.machine.setIndex(frame.machine.globals(), name, value);
    }

    @Override
    String describe() {
      return "global '" + name + "'";
    }
  }
}
