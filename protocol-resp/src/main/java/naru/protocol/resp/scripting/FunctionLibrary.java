package naru.protocol.resp.scripting;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.lua.LuaFunction;
import naru.protocol.resp.wire.Arguments;
import naru.protocol.resp.wire.Violation;
import org.jspecify.annotations.Nullable;

/// A library of functions: what its first line says, and the functions that it registered.
final class FunctionLibrary {
  private static final String NAME = "name=";

  private final Bytes name;
  private final Bytes text;
  private final int bodyFrom;
  private final Map<Bytes, Function> functions = new LinkedHashMap<>();

  /// @param description null if it has none
  record Function(
      Bytes name, @Nullable Bytes description, LuaFunction callback, Set<ScriptFlag> flags) {
    boolean isReadOnly() {
      return flags.contains(ScriptFlag.NO_WRITES);
    }

    ScriptRunner.Program program() {
      return new ScriptRunner.Program(name.toString(), callback, isReadOnly(), true, flags);
    }
  }

  private FunctionLibrary(Bytes name, Bytes text, int bodyFrom) {
    this.name = name;
    this.text = text;
    this.bodyFrom = bodyFrom;
  }

  /// Reads the first line of a library's text: `#!lua name=orders`.
  static FunctionLibrary declared(Bytes text) {
    if (text.length() < 2 || text.at(0) != '#' || text.at(1) != '!') {
      throw new Refusal("Missing library metadata");
    }
    int lineEnd = text.indexOf((byte) '\n', 0);
    Arguments words = lineEnd < 0 ? null : split(text.slice(0, lineEnd));
    if (words == null || words.count() == 0) {
      throw new Refusal("Invalid library metadata");
    }
    Bytes name = name(words);
    if (!isName(name)) {
      throw new Refusal(
          "Library names can only contain letters, numbers, or underscores(_) and must be at least"
              + " one character long");
    }
    Bytes engine = words.get(0).slice(2, words.get(0).length());
    if (!engine.equalsIgnoreCase("LUA")) {
      throw new Refusal("Engine '" + engine.printed() + "' not found");
    }
    return new FunctionLibrary(Bytes.of(name.toArray()), text, lineEnd);
  }

  private static @Nullable Arguments split(Bytes line) {
    try {
      return Arguments.ofLine(line);
    } catch (Violation _) {
      return null;
    }
  }

  private static Bytes name(Arguments words) {
    Bytes name = null;
    for (int i = 1; i < words.count(); i++) {
      Bytes word = words.get(i);
      boolean names =
          word.length() >= NAME.length() && word.slice(0, NAME.length()).equalsIgnoreCase("NAME=");
      if (!names) {
        throw new Refusal("Invalid metadata value given: " + word.printed());
      }
      if (name != null) {
        throw new Refusal("Invalid metadata value, name argument was given multiple times");
      }
      name = word.slice(NAME.length(), word.length());
    }
    if (name == null) {
      throw new Refusal("Library name was not given");
    }
    return name;
  }

  /// Whether it may be the name of a library or a function.
  static boolean isName(Bytes name) {
    for (int i = 0; i < name.length(); i++) {
      byte b = name.at(i);
      boolean fits =
          (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
      if (!fits) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  Bytes name() {
    return name;
  }

  /// All of it, with the first line.
  Bytes text() {
    return text;
  }

  /// What is Lua: from the end of the first line, so that its lines have the right numbers.
  Bytes body() {
    return text.slice(bodyFrom, text.length());
  }

  /// In the order in which they were registered.
  Collection<Function> functions() {
    return Collections.unmodifiableCollection(functions.values());
  }

  boolean has(Bytes function) {
    return functions.containsKey(function);
  }

  void add(Function function) {
    functions.put(function.name(), function);
  }
}
