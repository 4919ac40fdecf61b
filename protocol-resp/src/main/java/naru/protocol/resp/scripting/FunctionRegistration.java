package naru.protocol.resp.scripting;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import naru.bytes.Bytes;
import naru.lua.Arguments;
import naru.lua.LuaError;
import naru.lua.LuaFunction;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Values;
import org.jspecify.annotations.Nullable;

/// `redis.register_function`, with a name and a function, or with a table of named arguments.
///
/// https://redis.io/docs/latest/develop/programmability/lua-api/#redis.register_function
final class FunctionRegistration {
  private @Nullable FunctionLibrary library;

  /// What is registered from now on belongs to this library.
  void begin(FunctionLibrary newLibrary) {
    library = newLibrary;
  }

  void end() {
    library = null;
  }

  @Nullable Object register(Arguments in) {
    FunctionLibrary loading = library;
    if (loading == null) {
      throw error(in, "redis.register_function can only be called on FUNCTION LOAD command");
    }
    FunctionLibrary.Function function =
        switch (in.count()) {
          case 1 -> named(in);
          case 2 -> positional(in);
          default -> throw error(in, "wrong number of arguments to redis.register_function");
        };
    if (!FunctionLibrary.isName(function.name())) {
      throw error(
          in,
          "Library names can only contain letters, numbers, or underscores(_) and must be at least"
              + " one character long");
    }
    if (loading.has(function.name())) {
      throw error(in, "Function already exists in the library");
    }
    loading.add(function);
    return Values.NONE;
  }

  private static FunctionLibrary.Function positional(Arguments in) {
    Bytes name = text(in, in.get(0));
    if (name == null) {
      throw error(in, "first argument to redis.register_function must be a string");
    }
    if (!(in.get(1) instanceof LuaFunction callback)) {
      throw error(in, "second argument to redis.register_function must be a function");
    }
    return new FunctionLibrary.Function(name, null, callback, EnumSet.noneOf(ScriptFlag.class));
  }

  private static FunctionLibrary.Function named(Arguments in) {
    if (!(in.get(0) instanceof LuaTable table)) {
      throw error(
          in,
          "calling redis.register_function with a single argument is only applicable to Lua table"
              + " (representing named arguments).");
    }
    Bytes name = null;
    Bytes description = null;
    LuaFunction callback = null;
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    for (int at = table.nextPlace(0); at >= 0; at = table.nextPlace(at + 1)) {
      Object value = table.valueAt(at);
      switch (key(in, table.keyAt(at))) {
        case "function_name" -> name = text(in, value, "function_name");
        case "description" -> description = text(in, value, "description");
        case "callback" -> callback = callback(in, value);
        case "flags" -> flags = flags(in, value);
        default -> throw error(in, "unknown argument given to redis.register_function");
      }
    }
    if (name == null) {
      throw error(in, "redis.register_function must get a function name argument");
    }
    if (callback == null) {
      throw error(in, "redis.register_function must get a callback argument");
    }
    return new FunctionLibrary.Function(name, description, callback, flags);
  }

  private static String key(Arguments in, Object key) {
    Bytes text = text(in, key);
    if (text == null) {
      throw error(in, "named argument key given to redis.register_function is not a string");
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private static Bytes text(Arguments in, @Nullable Object value, String argument) {
    Bytes text = text(in, value);
    if (text == null) {
      throw error(in, argument + " argument given to redis.register_function must be a string");
    }
    return text;
  }

  /// A string, or a number as text; null for anything else.
  private static @Nullable Bytes text(Arguments in, @Nullable Object value) {
    LuaString text = in.machine().toText(value);
    return text == null ? null : Bytes.of(text.bytes().clone());
  }

  private static LuaFunction callback(Arguments in, @Nullable Object value) {
    if (value instanceof LuaFunction callback) {
      return callback;
    }
    throw error(in, "callback argument given to redis.register_function must be a function");
  }

  private static Set<ScriptFlag> flags(Arguments in, @Nullable Object value) {
    if (!(value instanceof LuaTable table)) {
      throw error(
          in,
          "flags argument to redis.register_function must be a table representing function flags");
    }
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    Object word = table.get(1);
    for (int i = 2; word != null; i++) {
      ScriptFlag flag = word instanceof LuaString text ? ScriptFlag.named(text.toString()) : null;
      if (flag == null) {
        throw error(in, "unknown flag given");
      }
      flags.add(flag);
      word = table.get(i);
    }
    return flags;
  }

  private static LuaError error(Arguments in, String sentence) {
    return new LuaError(ErrorReply.table(in.machine(), "ERR " + sentence), in.machine().line());
  }
}
