package naru.lua.library;

import naru.lua.Builtin;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;

/// Puts libraries into a machine.
public final class Libraries {
  private Libraries() {}

  /// All there are.
  public static void open(Machine machine) {
    CoreLibrary.open(machine);
    StringLibrary.open(machine);
    TableLibrary.open(machine);
    MathLibrary.open(machine);
    BitLibrary.open(machine);
    JsonLibrary.open(machine);
    MessagePackLibrary.open(machine);
    StructLibrary.open(machine);
  }

  static LuaTable library(Machine machine, String name) {
    LuaTable library = machine.table();
    machine.globals().set(LuaString.of(name), library);
    return library;
  }

  /// Adds a function to a library.
  public static void add(LuaTable library, String name, Builtin.Body body) {
    library.set(LuaString.of(name), new Builtin(body));
  }
}
