package naru.lua.library;

import naru.lua.Arguments;
import naru.lua.LuaError;
import naru.lua.LuaNumbers;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import org.jspecify.annotations.Nullable;

/// Writes a value as JSON.
final class JsonEncoder {
  private static final String HEX = "0123456789abcdef";
  private static final int STACK_A_LEVEL = 4;

  private final Arguments in;
  private final JsonLibrary settings;
  private final ByteBuffer out;

  JsonEncoder(Arguments in, JsonLibrary settings) {
    this.in = in;
    this.settings = settings;
    this.out = new ByteBuffer(in.machine());
  }

  LuaString encode(@Nullable Object value) {
    write(value, 0);
    return out.toText();
  }

  private LuaError cannot(@Nullable Object value, String reason) {
    return in.error("Cannot serialise " + Machine.typeName(value) + ": " + reason);
  }

  private void write(@Nullable Object value, int depth) {
    in.machine().meter().step();
    switch (value) {
      case null -> out.put("null");
      case Boolean bool -> out.put(bool ? "true" : "false");
      case Double number -> writeNumber(number);
      case LuaString text -> writeString(text);
      case LuaTable table -> writeTable(table, depth + 1);
      default -> {
        if (!value.equals(JsonLibrary.NULL)) {
          throw cannot(value, "type not supported");
        }
        out.put("null");
      }
    }
  }

  private void writeNumber(double number) {
    if (LuaNumbers.special(number) != null) {
      switch (settings.encodesSpecial) {
        case REFUSED -> throw cannot(number, "must not be NaN or Inf");
        case AS_NULL -> {
          out.put("null");
          return;
        }
        case WRITTEN -> {
          out.put(Double.isNaN(number) ? "nan" : number < 0 ? "-inf" : "inf");
          return;
        }
      }
    }
    out.put(text(number));
  }

  private String text(double number) {
    return settings.precision == 14
        ? LuaNumbers.format(number)
        : LuaNumbers.general(number, settings.precision, false);
  }

  private void writeString(LuaString text) {
    out.put('"');
    for (int i = 0; i < text.length(); i++) {
      int c = text.at(i);
      switch (c) {
        case '"', '\\', '/' -> {
          out.put('\\');
          out.put(c);
        }
        case '\b' -> out.put("\\b");
        case '\t' -> out.put("\\t");
        case '\n' -> out.put("\\n");
        case '\f' -> out.put("\\f");
        case '\r' -> out.put("\\r");
        default -> {
          if (c < 32 || c == 127) {
            out.put("\\u00" + HEX.charAt(c >> 4) + HEX.charAt(c & 15));
          } else {
            out.put(c);
          }
        }
      }
    }
    out.put('"');
  }

  private void writeTable(LuaTable table, int depth) {
    if (depth > settings.encodeDepthMax || !in.machine().hasRoom(depth * STACK_A_LEVEL)) {
      throw in.error("Cannot serialise, excessive nesting (" + depth + ")");
    }
    int length = arrayLength(table);
    if (length > 0) {
      for (int i = 1; i <= length; i++) {
        out.put(i == 1 ? '[' : ',');
        write(table.get(i), depth);
      }
      out.put(']');
    } else {
      writeObject(table, depth);
    }
  }

  private void writeObject(LuaTable table, int depth) {
    out.put('{');
    boolean first = true;
    for (int at = table.nextPlace(0); at >= 0; at = table.nextPlace(at + 1)) {
      if (!first) {
        out.put(',');
      }
      first = false;
      switch (table.keyAt(at)) {
        case Double number -> out.put("\"" + text(number) + "\":");
        case LuaString text -> {
          writeString(text);
          out.put(':');
        }
        default -> throw cannot(table.keyAt(at), "table key must be a number or string");
      }
      write(table.valueAt(at), depth);
    }
    out.put('}');
  }

  /// How long an array the table is, -1 if it is none.
  private int arrayLength(LuaTable table) {
    double most = 0;
    int items = 0;
    for (int at = table.nextPlace(0); at >= 0; at = table.nextPlace(at + 1)) {
      in.machine().meter().step();
      if (!(table.keyAt(at) instanceof Double key)
          || key == 0
          || Math.floor(key) != key
          || key < 1) {
        return -1;
      }
      most = Math.max(most, key);
      items++;
    }
    boolean sparse =
        settings.sparseRatio > 0
            && most > (double) items * settings.sparseRatio
            && most > settings.sparseSafe;
    if (sparse) {
      if (!settings.convertsSparse) {
        throw cannot(table, "excessively sparse array");
      }
      return -1;
    }
    return (int) most;
  }
}
