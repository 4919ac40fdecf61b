package naru.lua;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names that a function being parsed can see: its local variables by block, and what it takes
/// from the functions around it.
final class Scope {
  private static final int LOCALS_MAX = 200;
  private static final int CAPTURES_MAX = 60;

  final @Nullable Scope outer;
  final boolean variadic;
  private final int line;
  private final List<Variable.Declared> visible = new ArrayList<>();
  private final List<LuaString> capturedNames = new ArrayList<>();
  private final List<Prototype.Captured> captures = new ArrayList<>();
  private int slots;

  /// How many loops are open around the statement at hand.
  int loops;

  /// How deep its expressions and blocks nest at most.
  int deepest;

  Scope(@Nullable Scope outer, boolean variadic, int line) {
    this.outer = outer;
    this.variadic = variadic;
    this.line = line;
  }

  /// How many variables are visible, for [#leave].
  int enter() {
    return visible.size();
  }

  void leave(int mark) {
    while (visible.size() > mark) {
      visible.removeLast();
    }
  }

  int slots() {
    return slots;
  }

  List<Prototype.Captured> captures() {
    return captures;
  }

  /// A new variable, not visible yet. `ahead` others are declared with it, before it.
  Variable.Declared declare(LuaString name, int ahead, Lexer lexer) {
    int slot = visible.size() + ahead;
    if (slot >= LOCALS_MAX) {
      throw overLimit(lexer, LOCALS_MAX, "local variables");
    }
    slots = Math.max(slots, slot + 1);
    return new Variable.Declared(name, slot);
  }

  void show(Variable.Declared variable) {
    visible.add(variable);
  }

  private LuaError overLimit(Lexer lexer, int limit, String what) {
    String where = outer == null ? "main function" : "function at line " + line;
    return lexer.error(where + " has more than " + limit + " " + what, 0);
  }

  Variable find(LuaString name, Lexer lexer) {
    Variable.Declared local = local(name);
    if (local != null) {
      return new Variable.Local(local);
    }
    int captured = capture(name, lexer);
    return captured < 0
        ? new Variable.Global(name, lexer.lastLine)
        : new Variable.Upvalue(captured, name);
  }

  private Variable.@Nullable Declared local(LuaString name) {
    for (int i = visible.size() - 1; i >= 0; i--) {
      if (visible.get(i).name.equals(name)) {
        return visible.get(i);
      }
    }
    return null;
  }

  /// The place of a variable of an outer function among those captured, -1 if there is none.
  private int capture(LuaString name, Lexer lexer) {
    int known = capturedNames.indexOf(name);
    if (known >= 0) {
      return known;
    }
    if (outer == null) {
      return -1;
    }
    Variable.Declared local = outer.local(name);
    int index;
    if (local != null) {
      local.captured = true;
      index = local.slot;
    } else {
      index = outer.capture(name, lexer);
      if (index < 0) {
        return -1;
      }
    }
    if (captures.size() >= CAPTURES_MAX) {
      throw overLimit(lexer, CAPTURES_MAX, "upvalues");
    }
    capturedNames.add(name);
    captures.add(new Prototype.Captured(local != null, index));
    return captures.size() - 1;
  }
}
