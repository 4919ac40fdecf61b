package naru.protocol.resp.scripting;

import java.util.Arrays;
import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.lua.Closure;
import naru.lua.LuaError;
import naru.lua.LuaString;
import naru.lua.Parser;

/// A script that has been read: what it does, and what its first line says of it.
///
/// @param readOnly whether it has promised not to write: `#!lua flags=no-writes`
record Script(String sha1, Closure function, boolean readOnly) {
  private static final String CHUNK = "user_script";

  /// Reads a script; refused if it is no Lua.
  static Script parse(String sha1, Bytes source) {
    int bodyFrom = 0;
    boolean readOnly = false;
    if (source.length() >= 2 && source.at(0) == '#' && source.at(1) == '!') {
      int lineEnd = source.indexOf((byte) '\n', 0);
      if (lineEnd < 0) {
        throw new Refusal("Invalid script shebang");
      }
      readOnly = isReadOnly(source.slice(0, lineEnd).printed());
      bodyFrom = lineEnd;
    }
    LuaString body = LuaString.of(source.slice(bodyFrom, source.length()).copy());
    try {
      return new Script(sha1, Parser.parse(body, CHUNK), readOnly);
    } catch (LuaError error) {
      throw new Refusal("Error compiling script (new function): " + error.getMessage());
    }
  }

  private static boolean isReadOnly(String shebang) {
    String[] words = shebang.strip().split("\\s+");
    if (!words[0].equals("#!lua")) {
      throw new Refusal("Unexpected engine in script shebang: " + words[0]);
    }
    boolean readOnly = false;
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      if (!word.startsWith("flags=")) {
        throw new Refusal("Unknown lua shebang option: " + word);
      }
      for (String flag : word.substring("flags=".length()).split(",")) {
        switch (flag) {
          case "no-writes" -> readOnly = true;
          case "", "allow-oom", "allow-stale", "no-cluster", "allow-cross-slot-keys" -> {}
          default -> throw new Refusal("Unexpected flag in script shebang: " + flag);
        }
      }
    }
    return readOnly;
  }
}
