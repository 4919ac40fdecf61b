package naru.lua.library;

import static naru.lua.library.Libraries.add;

import java.util.Arrays;
import naru.lua.Arguments;
import naru.lua.Builtin;
import naru.lua.LuaError;
import naru.lua.LuaFunction;
import naru.lua.LuaNumbers;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.lua.Names;
import naru.lua.Parser;
import naru.lua.Values;
import org.jspecify.annotations.Nullable;

/// The functions without a prefix: `pairs`, `pcall`, `tostring`, …
final class CoreLibrary {
  private static final int UNPACKED_MAX = 8000;

  private CoreLibrary() {}

  static void open(Machine machine) {
    LuaTable globals = machine.globals();
    globals.set(LuaString.of("_G"), globals);
    globals.set(LuaString.of("_VERSION"), LuaString.of("Lua 5.1"));
    add(globals, "assert", CoreLibrary::assertTrue);
    add(globals, "collectgarbage", CoreLibrary::collectGarbage);
    add(globals, "error", CoreLibrary::error);
    add(globals, "gcinfo", _ -> Values.of(0.0, 0.0));
    add(globals, "getmetatable", CoreLibrary::getMetatable);
    add(globals, "setmetatable", CoreLibrary::setMetatable);
    Builtin next = new Builtin(CoreLibrary::next);
    globals.set(LuaString.of("next"), next);
    add(globals, "pairs", in -> Values.of(next, in.table(0), null));
    Builtin step = new Builtin(CoreLibrary::ipairsStep);
    add(globals, "ipairs", in -> Values.of(step, in.table(0), 0.0));
    add(globals, "load", CoreLibrary::load);
    add(globals, "loadstring", CoreLibrary::loadString);
    add(globals, "pcall", CoreLibrary::protectedCall);
    add(globals, "xpcall", in -> xpcall(in));
    add(globals, "rawequal", in -> Machine.rawEqual(in.any(0), in.any(1)));
    add(globals, "rawget", in -> rawGet(in));
    add(globals, "rawset", CoreLibrary::rawSet);
    add(globals, "select", CoreLibrary::select);
    add(globals, "tonumber", CoreLibrary::toNumber);
    add(globals, "tostring", in -> in.machine().displayed(in.any(0)));
    add(globals, "type", in -> LuaString.of(Machine.typeName(in.any(0))));
    add(globals, "unpack", CoreLibrary::unpack);
  }

  private static @Nullable Object assertTrue(Arguments in) {
    if (Machine.isTrue(in.any(0))) {
      return Values.of(in.all());
    }
    LuaString message = in.has(1) ? in.string(1) : LuaString.of("assertion failed!");
    throw in.error(message.toString());
  }

  private static @Nullable Object collectGarbage(Arguments in) {
    String option = in.has(0) ? in.string(0).toString() : "collect";
    return switch (option) {
      case "collect", "stop", "restart", "count", "setpause", "setstepmul" -> 0.0;
      case "step" -> true;
      default -> throw in.bad(0, "invalid option '" + option + "'");
    };
  }

  private static @Nullable Object error(Arguments in) {
    Object value = in.get(0);
    int level = (int) in.integer(1, 1);
    if (level > 0 && (value instanceof LuaString || value instanceof Double)) {
      LuaString text = in.string(0);
      value = in.machine().string(in.machine().position(level) + text);
    }
    throw new LuaError(value, in.machine().line());
  }

  private static @Nullable Object getMetatable(Arguments in) {
    LuaTable metatable = in.machine().metatable(in.any(0));
    if (metatable == null) {
      return null;
    }
    Object shown = metatable.get(Names.METATABLE);
    return shown == null ? metatable : shown;
  }

  private static @Nullable Object setMetatable(Arguments in) {
    LuaTable table = in.table(0);
    Object metatable = in.get(1);
    if (in.count() < 2 || (metatable != null && !(metatable instanceof LuaTable))) {
      throw in.bad(1, "nil or table expected");
    }
    LuaTable before = table.metatable();
    if (before != null && before.get(Names.METATABLE) != null) {
      throw in.error("cannot change a protected metatable");
    }
    if (table.isReadOnly()) {
      throw in.machine().plainError("Attempt to modify a readonly table");
    }
    table.metatable(metatable instanceof LuaTable given ? given : null);
    return table;
  }

  private static @Nullable Object next(Arguments in) {
    LuaTable table = in.table(0);
    int place = table.placeAfter(in.get(1));
    if (place == -2) {
      throw in.machine().plainError("invalid key to 'next'");
    }
    return place < 0 ? null : Values.of(table.keyAt(place), table.valueAt(place));
  }

  private static @Nullable Object ipairsStep(Arguments in) {
    int i = in.smallInteger(1) + 1;
    Object value = in.table(0).get(i);
    return value == null ? Values.NONE : Values.of((double) i, value);
  }

  private static @Nullable Object loadString(Arguments in) {
    LuaString source = in.string(0);
    LuaString name = in.has(1) ? in.string(1) : source;
    return load(in.machine(), source, name);
  }

  private static @Nullable Object load(Arguments in) {
    LuaFunction reader = in.function(0);
    LuaString name = in.has(1) ? in.string(1) : LuaString.of("=(load)");
    StringBuilder source = new StringBuilder();
    while (true) {
      Object piece = Values.first(in.call(reader));
      if (piece == null || (piece instanceof LuaString text && text.length() == 0)) {
        break;
      }
      LuaString text = in.machine().toText(piece);
      if (text == null) {
        return Values.of(null, LuaString.of("reader function must return a string"));
      }
      in.machine().announceString(text.length());
      source.append(text);
    }
    return load(in.machine(), LuaString.of(source.toString()), name);
  }

  private static @Nullable Object load(Machine machine, LuaString source, LuaString name) {
    // A tree takes more room than its text.
    machine.announceString(40L * source.length());
    machine.meter().steps(source.length());
    if (source.length() > 0 && source.at(0) == 0x1b) {
      return Values.of(null, machine.string(chunkName(name) + ": bad binary format (truncated)"));
    }
    try {
      return Parser.parse(source, chunkName(name));
    } catch (LuaError error) {
      return Values.of(null, error.value());
    }
  }

  /// What a chunk is called in errors.
  private static String chunkName(LuaString name) {
    String text = name.toString();
    if (text.startsWith("=")) {
      return text.substring(1, Math.min(text.length(), 60));
    }
    if (text.startsWith("@")) {
      String path = text.substring(1);
      int most = 60 - " '...' ".length() - 1;
      return path.length() > most ? "..." + path.substring(path.length() - most) : path;
    }
    int end = text.length();
    int lineEnd = text.indexOf('\n');
    int returnEnd = text.indexOf('\r');
    end = lineEnd >= 0 ? Math.min(end, lineEnd) : end;
    end = returnEnd >= 0 ? Math.min(end, returnEnd) : end;
    int most = 60 - " [string \"...\"] ".length() - 1;
    boolean cut = end > most || end < text.length();
    return "[string \"" + text.substring(0, Math.min(end, most)) + (cut ? "..." : "") + "\"]";
  }

  private static @Nullable Object protectedCall(Arguments in) {
    Object function = in.any(0);
    @Nullable Object[] rest = Arrays.copyOfRange(in.all(), 1, in.count());
    return in.machine().protect(null, function, rest);
  }

  private static @Nullable Object xpcall(Arguments in) {
    if (in.count() < 2) {
      throw in.bad(1, "value expected");
    }
    Object handler = in.get(1);
    return in.machine().protect(handler, in.get(0));
  }

  private static @Nullable Object rawGet(Arguments in) {
    LuaTable table = in.table(0);
    return table.get(in.any(1));
  }

  private static @Nullable Object rawSet(Arguments in) {
    LuaTable table = in.table(0);
    Object key = in.any(1);
    Object value = in.any(2);
    if (key == null) {
      throw in.machine().plainError("table index is nil");
    }
    if (key instanceof Double number && number.isNaN()) {
      throw in.machine().plainError("table index is NaN");
    }
    in.put(table, key, value);
    return table;
  }

  private static @Nullable Object select(Arguments in) {
    if (in.get(0) instanceof LuaString text && text.length() > 0 && text.at(0) == '#') {
      return (double) (in.count() - 1);
    }
    int n = in.smallInteger(0);
    if (n < 0) {
      n = in.count() + n;
    } else if (n > in.count()) {
      n = in.count();
    }
    if (n < 1) {
      throw in.bad(0, "index out of range");
    }
    return Values.of(Arrays.copyOfRange(in.all(), n, in.count()));
  }

  private static @Nullable Object toNumber(Arguments in) {
    int radix = (int) in.integer(1, 10);
    if (radix == 10) {
      return Machine.toNumber(in.any(0));
    }
    String text = in.string(0).toString();
    if (radix < 2 || radix > 36) {
      throw in.bad(1, "base out of range");
    }
    return parse(text, radix);
  }

  /// As `strtoul`, which takes a sign and goes round.
  private static @Nullable Double parse(String padded, int radix) {
    String text = padded.strip();
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    if (radix == 16 && digits.length() > 2 && digits.regionMatches(true, 0, "0x", 0, 2)) {
      digits = digits.substring(2);
    }
    if (digits.isEmpty()) {
      return null;
    }
    long value = 0;
    boolean over = false;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), radix);
      if (digit < 0 || digits.charAt(i) > 127) {
        return null;
      }
      over |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, radix)) > 0;
      value = value * radix + digit;
    }
    long signed = over ? -1 : negative ? -value : value;
    double result = signed >= 0 ? signed : ((signed >>> 1) | (signed & 1)) * 2.0;
    return LuaNumbers.special(result) == null ? Double.valueOf(result) : null;
  }

  private static @Nullable Object unpack(Arguments in) {
    LuaTable table = in.table(0);
    int first = (int) in.integer(1, 1);
    int last = in.has(2) ? in.smallInteger(2) : table.length();
    if (first > last) {
      return Values.NONE;
    }
    long count = (long) last - first + 1;
    if (count >= UNPACKED_MAX) {
      throw in.error("too many results to unpack");
    }
    in.machine().meter().allocate(8 * count);
    @Nullable Object[] values = new @Nullable Object[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.get(first + i);
    }
    return Values.of(values);
  }
}
