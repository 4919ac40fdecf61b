package naru.protocol.resp.scripting;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import naru.bytes.ByteWriter;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import org.jspecify.annotations.Nullable;

/// A reply in RESP as a value of Lua.
///
/// https://redis.io/docs/latest/develop/programmability/lua-api/#data-type-conversion
final class ReplyConversion {
  private static final LuaString OK = LuaString.of("ok");
  private static final LuaString MAP = LuaString.of("map");
  private static final LuaString SET = LuaString.of("set");
  private static final LuaString DOUBLE = LuaString.of("double");
  private static final LuaString BIG_NUMBER = LuaString.of("big_number");
  private static final LuaString VERBATIM = LuaString.of("verbatim_string");
  private static final LuaString STRING = LuaString.of("string");
  private static final LuaString FORMAT = LuaString.of("format");

  private final Machine machine;
  private final byte[] bytes;
  private final int end;
  private int at;

  ReplyConversion(Machine machine, ByteWriter reply) {
    this.machine = machine;
    this.bytes = reply.array();
    this.end = reply.length();
  }

  /// The value of the whole reply. Nil if there is none.
  @Nullable Object read() {
    if (at >= end) {
      return false;
    }
    machine.meter().step();
    byte type = bytes[at++];
    return switch (type) {
      case ':' -> (double) number();
      case '+' -> field(OK, line());
      case '-' -> field(ErrorReply.ERR, line());
      case '$' -> bulk();
      case '*' -> array();
      case '%' -> map();
      case '~' -> set();
      case '_' -> {
        line();
        yield null;
      }
      case '#' -> line().at(0) == 't';
      case ',' -> field(DOUBLE, decimal(line()));
      case '(' -> field(BIG_NUMBER, line());
      case '=' -> verbatim();
      default -> throw new IllegalStateException("no such type of reply: " + type);
    };
  }

  private LuaTable field(LuaString name, Object value) {
    LuaTable table = machine.table();
    table.set(name, value);
    return table;
  }

  private static double decimal(LuaString text) {
    return switch (text.toString()) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> Double.parseDouble(text.toString());
    };
  }

  private long number() {
    boolean negative = bytes[at] == '-';
    if (negative) {
      at++;
    }
    long value = 0;
    while (bytes[at] != '\r') {
      value = value * 10 + bytes[at++] - '0';
    }
    at += 2;
    return negative ? -value : value;
  }

  private LuaString line() {
    int from = at;
    while (bytes[at] != '\r') {
      at++;
    }
    at += 2;
    return machine.string(new String(bytes, from, at - 2 - from, StandardCharsets.ISO_8859_1));
  }

  private Object bulk() {
    int length = (int) number();
    if (length < 0) {
      return false;
    }
    int from = at;
    at += length + 2;
    return machine.string(Arrays.copyOfRange(bytes, from, from + length));
  }

  private Object array() {
    int count = (int) number();
    if (count < 0) {
      return false;
    }
    LuaTable table = machine.table(count, 0);
    for (int i = 1; i <= count; i++) {
      table.set(i, read());
    }
    return table;
  }

  private LuaTable map() {
    int count = (int) number();
    LuaTable map = machine.table(0, count);
    for (int i = 0; i < count; i++) {
      Object key = read();
      Object value = read();
      if (key != null) {
        map.set(key, value);
      }
    }
    return field(MAP, map);
  }

  private LuaTable set() {
    int count = (int) number();
    LuaTable set = machine.table(0, count);
    for (int i = 0; i < count; i++) {
      Object member = read();
      if (member != null) {
        set.set(member, true);
      }
    }
    return field(SET, set);
  }

  private LuaTable verbatim() {
    int length = (int) number();
    LuaTable table = machine.table();
    table.set(STRING, machine.string(Arrays.copyOfRange(bytes, at + 4, at + length)));
    table.set(FORMAT, machine.string(Arrays.copyOfRange(bytes, at, at + 3)));
    at += length + 2;
    return field(VERBATIM, table);
  }
}
