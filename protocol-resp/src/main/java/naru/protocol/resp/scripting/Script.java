package naru.protocol.resp.scripting;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.lua.Closure;
import naru.lua.LuaError;
import naru.lua.LuaString;
import naru.lua.Parser;
import org.jspecify.annotations.Nullable;

/// A script that has been read: what it does, and what its first line says of it.
///
/// @param source as it was given
/// @param flags null if it has no such line
/// @param sizeBytes about what it takes in memory
record Script(
    String sha1, Bytes source, Closure function, @Nullable Set<ScriptFlag> flags, long sizeBytes) {
  /// What a parsed script takes for each byte of its text, and at least.
  private static final int PARSED_FACTOR = 20;

  private static final int PARSED_MIN_BYTES = 1024;

  private static final String CHUNK = "user_script";

  /// Reads a script; refused if it is no Lua.
  static Script parse(String sha1, Bytes source) {
    int bodyFrom = 0;
    Set<ScriptFlag> flags = null;
    if (source.length() >= 2 && source.at(0) == '#' && source.at(1) == '!') {
      int lineEnd = source.indexOf((byte) '\n', 0);
      if (lineEnd < 0) {
        throw new Refusal("Invalid script shebang");
      }
      flags = flags(source.slice(0, lineEnd).printed());
      bodyFrom = lineEnd;
    }
    LuaString body = LuaString.of(source.slice(bodyFrom, source.length()).copy());
    try {
      long sizeBytes = PARSED_MIN_BYTES + (1L + PARSED_FACTOR) * source.length();
      return new Script(sha1, source.owned(), Parser.parse(body, CHUNK), flags, sizeBytes);
    } catch (LuaError error) {
      throw new Refusal("Error compiling script (new function): " + error.getMessage());
    }
  }

  /// Whether it has promised not to write: `#!lua flags=no-writes`.
  boolean isReadOnly() {
    return flags != null && flags.contains(ScriptFlag.NO_WRITES);
  }

  /// What is run of it. Who may only read cannot run a script that says what it does and does not
  /// say that it only reads.
  ScriptRunner.Program program(boolean mayOnlyRead) {
    if (mayOnlyRead && flags != null && !isReadOnly()) {
      throw new Refusal("Can not execute a script with write flag using *_ro command.");
    }
    return new ScriptRunner.Program(sha1, function, mayOnlyRead || isReadOnly(), false, flags);
  }

  private static Set<ScriptFlag> flags(String shebang) {
    String[] words = shebang.strip().split("\\s+");
    if (!words[0].equals("#!lua")) {
      throw new Refusal("Unexpected engine in script shebang: " + words[0]);
    }
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      if (!word.startsWith("flags=")) {
        throw new Refusal("Unknown lua shebang option: " + word);
      }
      for (String flag : word.substring("flags=".length()).split(",")) {
        if (!flag.isEmpty()) {
          ScriptFlag known = ScriptFlag.named(flag);
          if (known == null) {
            throw new Refusal("Unexpected flag in script shebang: " + flag);
          }
          flags.add(known);
        }
      }
    }
    return flags;
  }
}
