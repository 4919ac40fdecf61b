package naru.protocol.resp.scripting;

import static naru.lua.library.Libraries.add;

import java.util.Arrays;
import naru.bytes.Bytes;
import naru.lua.Arguments;
import naru.lua.Builtin;
import naru.lua.LuaError;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.lua.Values;
import naru.protocol.resp.connection.Handshake;
import naru.protocol.resp.server.RespServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `redis`: what scripts call. https://redis.io/docs/latest/develop/programmability/lua-api/
final class RedisLibrary {
  private static final LuaString OK = LuaString.of("ok");
  private static final Logger LOG = LoggerFactory.getLogger("script");
  private static final int LOG_LEVELS = 4;

  /// As in Redis.
  private static final int LOG_LINE_MAX = 1024;

  private RedisLibrary() {}

  static void open(Machine machine, RespServer server, ScriptCommands commands) {
    LuaTable library = machine.table();
    machine.globals().set(LuaString.of("redis"), library);
    add(machine.globals(), "pcall", RedisLibrary::protectedCall);
    add(library, "call", in -> commands.call(in, true));
    add(library, "pcall", in -> commands.call(in, false));
    add(library, "error_reply", RedisLibrary::errorReply);
    add(library, "status_reply", RedisLibrary::statusReply);
    add(library, "sha1hex", in -> sha1(in, server.scripts()));
    add(library, "log", RedisLibrary::log);
    add(library, "setresp", in -> protocolVersion(in, commands));
    add(library, "set_repl", RedisLibrary::setReplication);
    add(library, "acl_check_cmd", in -> mayCall(in, commands));
    constant(library, "REPL_NONE", 0);
    constant(library, "REPL_AOF", 1);
    constant(library, "REPL_REPLICA", 2);
    constant(library, "REPL_SLAVE", 2);
    constant(library, "REPL_ALL", 3);
    constants(library);
  }

  private static void constants(LuaTable library) {
    constant(library, "LOG_DEBUG", 0);
    constant(library, "LOG_VERBOSE", 1);
    constant(library, "LOG_NOTICE", 2);
    constant(library, "LOG_WARNING", 3);
    library.set(LuaString.of("REDIS_VERSION"), LuaString.of(Handshake.REDIS_VERSION));
    constant(library, "REDIS_VERSION_NUM", versionNumber());
  }

  /// What scripts have and functions have not.
  static void openForScripts(Machine machine) {
    if (machine.globals().get(LuaString.of("redis")) instanceof LuaTable library) {
      add(library, "replicate_commands", _ -> true);
      add(library, "breakpoint", _ -> false);
      add(library, "debug", _ -> Values.NONE);
    }
  }

  /// What the text of a library of functions may use while it is loaded, and nothing else.
  static LuaTable forLoading(Machine machine, Builtin.Body registerFunction) {
    LuaTable library = machine.table();
    add(library, "register_function", registerFunction);
    add(library, "log", RedisLibrary::log);
    constants(library);
    return library;
  }

  private static void constant(LuaTable library, String name, int value) {
    library.set(LuaString.of(name), (double) value);
  }

  /// `8.10.0` as `0x00080a00`.
  private static int versionNumber() {
    int number = 0;
    for (String part : Handshake.REDIS_VERSION.split("\\.")) {
      number = (number << 8) | Integer.parseInt(part);
    }
    return number;
  }

  private static LuaError error(Arguments in, String sentence) {
    return new LuaError(ErrorReply.table(in.machine(), "ERR " + sentence), in.machine().line());
  }

  /// Lua's `pcall`, but that the error of a command is its text.
  private static @Nullable Object protectedCall(Arguments in) {
    Object function = in.any(0);
    @Nullable Object[] rest = Arrays.copyOfRange(in.all(), 1, in.count());
    Object result = in.machine().protect(null, function, rest);
    boolean failed = Boolean.FALSE.equals(Values.first(result));
    if (failed && Values.get(result, 1) instanceof LuaTable error) {
      Object text = error.get(ErrorReply.ERR);
      return Values.of(false, text instanceof LuaString ? text : error);
    }
    return result;
  }

  private static @Nullable Object errorReply(Arguments in) {
    if (in.count() != 1 || !(in.get(0) instanceof LuaString text)) {
      return ErrorReply.table(in.machine(), "ERR wrong number or type of arguments");
    }
    return ErrorReply.table(in.machine(), ErrorReply.withCode(text.toString()));
  }

  private static @Nullable Object statusReply(Arguments in) {
    if (in.count() != 1 || !(in.get(0) instanceof LuaString text)) {
      return ErrorReply.table(in.machine(), "ERR wrong number or type of arguments");
    }
    LuaTable table = in.machine().table();
    table.set(OK, text);
    return table;
  }

  private static @Nullable Object sha1(Arguments in, ScriptEngine scripts) {
    if (in.count() != 1) {
      throw error(in, "wrong number of arguments");
    }
    LuaString text = in.machine().toText(in.get(0));
    return in.machine().string(scripts.sha1(Bytes.of(text == null ? new byte[0] : text.bytes())));
  }

  /// A line for who runs the broker, on one line whatever is in it.
  private static @Nullable Object log(Arguments in) {
    if (in.count() < 2) {
      throw error(in, "redis.log() requires two arguments or more.");
    }
    if (!(in.get(0) instanceof Double level)) {
      throw error(in, "First argument must be a number (log level).");
    }
    if (level < 0 || level >= LOG_LEVELS) {
      throw error(in, "Invalid debug level.");
    }
    StringBuilder line = new StringBuilder();
    for (int i = 1; i < in.count(); i++) {
      LuaString word = in.machine().toText(in.get(i));
      if (word != null && line.length() < LOG_LINE_MAX) {
        line.append(i > 1 ? " " : "").append(word.toString().replaceAll("\\p{Cntrl}", " "));
      }
    }
    line.setLength(Math.min(line.length(), LOG_LINE_MAX));
    switch (level.intValue()) {
      case 0, 1 -> LOG.debug("{}", line);
      case 2 -> LOG.info("{}", line);
      default -> LOG.warn("{}", line);
    }
    return Values.NONE;
  }

  private static @Nullable Object protocolVersion(Arguments in, ScriptCommands commands) {
    if (in.count() != 1) {
      throw error(in, "redis.setresp() requires one argument.");
    }
    Double given = Machine.toNumber(in.get(0));
    int version = given == null ? 0 : given.intValue();
    if (version != 2 && version != 3) {
      throw error(in, "RESP version must be 2 or 3.");
    }
    commands.protocolVersion(version);
    return Values.NONE;
  }

  /// There is one copy of everything: nothing to choose, but the choice is checked.
  private static @Nullable Object setReplication(Arguments in) {
    if (in.count() != 1) {
      throw error(in, "redis.set_repl() requires two arguments.");
    }
    int flags = in.smallInteger(0);
    if ((flags & ~3) != 0) {
      throw error(
          in, "Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.");
    }
    return Values.NONE;
  }

  private static @Nullable Object mayCall(Arguments in, ScriptCommands commands) {
    if (in.count() == 0) {
      throw error(in, "Please specify at least one argument for this redis lib call");
    }
    for (int i = 0; i < in.count(); i++) {
      if (!(in.get(i) instanceof LuaString || in.get(i) instanceof Double)) {
        throw error(in, "Lua redis lib command arguments must be strings or integers");
      }
    }
    Boolean may = commands.mayCall(in);
    if (may == null) {
      throw error(in, "Invalid command passed to redis.acl_check_cmd()");
    }
    return may;
  }
}
