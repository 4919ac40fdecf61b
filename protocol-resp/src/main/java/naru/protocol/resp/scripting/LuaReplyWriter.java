package naru.protocol.resp.scripting;

import naru.bytes.Bytes;
import naru.lua.Aborted;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// What a script returns, as a reply.
///
/// https://redis.io/docs/latest/develop/programmability/lua-api/#data-type-conversion
final class LuaReplyWriter {
  private static final LuaString OK = LuaString.of("ok");
  private static final LuaString MAP = LuaString.of("map");
  private static final LuaString SET = LuaString.of("set");
  private static final LuaString DOUBLE = LuaString.of("double");
  private static final LuaString BIG_NUMBER = LuaString.of("big_number");
  private static final LuaString VERBATIM = LuaString.of("verbatim_string");
  private static final LuaString STRING = LuaString.of("string");
  private static final LuaString FORMAT = LuaString.of("format");
  private static final int DEPTH_MAX = 1000;
  private static final int STACK_A_LEVEL = 4;
  private static final int REPLY_BYTES_A_VALUE = 16;

  private final Machine machine;
  private final RespWriter out;
  private final boolean resp3;

  /// @param resp3 whether the script has asked for RESP3, so that its booleans are booleans
  LuaReplyWriter(Machine machine, RespWriter out, boolean resp3) {
    this.machine = machine;
    this.out = out;
    this.resp3 = resp3;
  }

  void write(@Nullable Object value) {
    write(value, 0);
  }

  private void write(@Nullable Object value, int depth) {
    machine.meter().step();
    machine.meter().allocate(REPLY_BYTES_A_VALUE);
    switch (value) {
      case LuaString text -> bulk(text);
      case Boolean bool -> {
        if (resp3) {
          out.bool(bool);
        } else if (bool) {
          out.integer(1);
        } else {
          out.nullBulk();
        }
      }
      case Double number -> out.integer(naru.lua.Arguments.toLong(number));
      case LuaTable table -> table(table, depth + 1);
      case null, default -> out.nullBulk();
    }
  }

  private void bulk(LuaString text) {
    machine.meter().allocate(text.length());
    out.bulk(Bytes.of(text.bytes()));
  }

  private void table(LuaTable table, int depth) {
    if (depth > DEPTH_MAX || !machine.hasRoom(depth * STACK_A_LEVEL)) {
      throw new Aborted("reached lua stack limit", 0);
    }
    if (table.get(ErrorReply.ERR) instanceof LuaString error) {
      out.error(Bytes.of(withoutEnd(error)));
    } else if (table.get(OK) instanceof LuaString ok) {
      out.simple(Bytes.of(ok.bytes()));
    } else if (table.get(DOUBLE) instanceof Double number) {
      out.number(number);
    } else if (table.get(MAP) instanceof LuaTable map) {
      map(map, depth);
    } else if (table.get(SET) instanceof LuaTable set) {
      set(set, depth);
    } else if (table.get(BIG_NUMBER) instanceof LuaString digits) {
      out.bigNumber(Bytes.of(oneLine(digits)));
    } else if (table.get(VERBATIM) instanceof LuaTable verbatim
        && verbatim.get(STRING) instanceof LuaString text
        && verbatim.get(FORMAT) instanceof LuaString format) {
      out.verbatim(Bytes.of(format.bytes()), Bytes.of(text.bytes()));
    } else {
      array(table, depth);
    }
  }

  private static byte[] withoutEnd(LuaString error) {
    int end = error.length();
    while (end > 0 && (error.at(end - 1) == '\r' || error.at(end - 1) == '\n')) {
      end--;
    }
    return error.slice(0, end).bytes();
  }

  private static byte[] oneLine(LuaString text) {
    byte[] bytes = text.bytes().clone();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\r' || bytes[i] == '\n') {
        bytes[i] = ' ';
      }
    }
    return bytes;
  }

  private void array(LuaTable table, int depth) {
    int count = 0;
    while (table.get(count + 1) != null) {
      machine.meter().step();
      count++;
    }
    out.array(count);
    for (int i = 1; i <= count; i++) {
      write(table.get(i), depth);
    }
  }

  private static int count(LuaTable table) {
    int count = 0;
    for (int at = table.nextPlace(0); at >= 0; at = table.nextPlace(at + 1)) {
      count++;
    }
    return count;
  }

  private void map(LuaTable map, int depth) {
    out.map(count(map));
    for (int at = map.nextPlace(0); at >= 0; at = map.nextPlace(at + 1)) {
      write(map.keyAt(at), depth);
      write(map.valueAt(at), depth);
    }
  }

  private void set(LuaTable set, int depth) {
    out.set(count(set));
    for (int at = set.nextPlace(0); at >= 0; at = set.nextPlace(at + 1)) {
      write(set.keyAt(at), depth);
    }
  }
}
