package naru.protocol.resp.scripting;

import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import org.jspecify.annotations.Nullable;

/// Errors of commands as scripts see them: a table whose field `err` is a code and a sentence.
final class ErrorReply {
  static final LuaString ERR = LuaString.of("err");

  private ErrorReply() {}

  /// The table for an error with a sentence of Naru's own.
  static LuaTable table(Machine machine, String text) {
    LuaTable table = machine.table();
    table.set(ERR, machine.string(text));
    return table;
  }

  /// The code and the sentence of an error that a script ends with, whatever it threw.
  static String of(Machine machine, @Nullable Object value) {
    if (value instanceof LuaTable table) {
      return table.get(ERR) instanceof LuaString text ? text.toString() : "ERR unknown error";
    }
    return "ERR " + machine.display(value);
  }

  /// What `redis.error_reply` makes of a text: one that has no code gets `ERR`.
  static String withCode(String given) {
    String text = given.startsWith("-") ? given.substring(1) : given;
    return text.indexOf(' ') < 0 ? "ERR " + text : text;
  }
}
