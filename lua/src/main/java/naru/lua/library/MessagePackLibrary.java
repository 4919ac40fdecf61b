package naru.lua.library;

import static naru.lua.library.Libraries.add;

import java.util.ArrayList;
import java.util.List;
import naru.lua.Arguments;
import naru.lua.LuaError;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.lua.Values;
import org.jspecify.annotations.Nullable;

/// `cmsgpack`: https://github.com/msgpack/msgpack/blob/master/spec.md
final class MessagePackLibrary {
  private static final int NESTING_MAX = 16;
  private static final int READ_NESTING_MAX = 500;
  private static final int STACK_A_LEVEL = 4;

  private MessagePackLibrary() {}

  static void open(Machine machine) {
    LuaTable library = Libraries.library(machine, "cmsgpack");
    add(library, "pack", MessagePackLibrary::pack);
    add(library, "unpack", in -> unpack(in, 0, 0));
    add(library, "unpack_one", in -> unpack(in, 1, in.integer(1, 0)));
    add(library, "unpack_limit", in -> unpack(in, in.integer(1), in.integer(2, 0)));
    library.set(LuaString.of("_NAME"), LuaString.of("cmsgpack"));
    library.set(LuaString.of("_VERSION"), LuaString.of("lua-cmsgpack 0.4.0"));
    library.set(
        LuaString.of("_COPYRIGHT"), LuaString.of("Copyright (C) 2012, Salvatore Sanfilippo"));
    library.set(LuaString.of("_DESCRIPTION"), LuaString.of("MessagePack C implementation for Lua"));
  }

  private static @Nullable Object pack(Arguments in) {
    if (in.count() == 0) {
      throw in.bad(-1, "MessagePack pack needs input.");
    }
    Writer writer = new Writer(in);
    for (Object value : in.all()) {
      writer.write(value, 0);
    }
    return writer.out.toText();
  }

  private static final class Writer {
    private final Arguments in;
    private final ByteBuffer out;

    Writer(Arguments in) {
      this.in = in;
      this.out = new ByteBuffer(in.machine());
    }

    void write(@Nullable Object value, int level) {
      in.machine().meter().step();
      switch (value) {
        case Boolean bool -> out.put(bool ? 0xc3 : 0xc2);
        case Double number -> writeNumber(number);
        case LuaString text -> writeString(text);
        case LuaTable table when level < NESTING_MAX -> writeTable(table, level);
        case null, default -> out.put(0xc0);
      }
    }

    private void writeNumber(double number) {
      if (!Double.isInfinite(number) && Arguments.toLong(number) == number) {
        writeInteger(Arguments.toLong(number));
      } else if ((float) number == number) {
        out.put(0xca);
        out.putNumber(Float.floatToRawIntBits((float) number), 4, true);
      } else {
        out.put(0xcb);
        out.putNumber(Double.doubleToRawLongBits(number), 8, true);
      }
    }

    private void writeInteger(long n) {
      if (n >= 0) {
        if (n <= 127) {
          out.put((int) n);
        } else if (n <= 0xff) {
          sized(0xcc, n, 1);
        } else if (n <= 0xffff) {
          sized(0xcd, n, 2);
        } else if (n <= 0xffffffffL) {
          sized(0xce, n, 4);
        } else {
          sized(0xcf, n, 8);
        }
      } else if (n >= -32) {
        out.put((int) n);
      } else if (n >= -128) {
        sized(0xd0, n, 1);
      } else if (n >= -32768) {
        sized(0xd1, n, 2);
      } else if (n >= Integer.MIN_VALUE) {
        sized(0xd2, n, 4);
      } else {
        sized(0xd3, n, 8);
      }
    }

    private void sized(int tag, long n, int bytes) {
      out.put(tag);
      out.putNumber(n, bytes, true);
    }

    private void writeString(LuaString text) {
      int length = text.length();
      if (length < 32) {
        out.put(0xa0 | length);
      } else if (length <= 0xff) {
        sized(0xd9, length, 1);
      } else if (length <= 0xffff) {
        sized(0xda, length, 2);
      } else {
        sized(0xdb, length, 4);
      }
      out.put(text);
    }

    private void writeTable(LuaTable table, int level) {
      int count = 0;
      double most = 0;
      boolean array = true;
      for (int at = table.nextPlace(0); at >= 0; at = table.nextPlace(at + 1)) {
        in.machine().meter().step();
        count++;
        if (table.keyAt(at) instanceof Double key && key > 0 && Arguments.toLong(key) == key) {
          most = Math.max(most, key);
        } else {
          array = false;
        }
      }
      if (array && most == count) {
        writeHead(count, 0x90, 0xdc);
        for (int i = 1; i <= count; i++) {
          write(table.get(i), level + 1);
        }
        return;
      }
      writeHead(count, 0x80, 0xde);
      for (int at = table.nextPlace(0); at >= 0; at = table.nextPlace(at + 1)) {
        write(table.keyAt(at), level + 1);
        write(table.valueAt(at), level + 1);
      }
    }

    private void writeHead(int count, int small, int large) {
      if (count <= 15) {
        out.put(small | count);
      } else if (count <= 0xffff) {
        sized(large, count, 2);
      } else {
        sized(large + 1, count, 4);
      }
    }
  }

  private static @Nullable Object unpack(Arguments in, long limit, long offset) {
    LuaString text = in.string(0);
    if (offset < 0 || limit < 0) {
      throw in.error(
          "Invalid request to unpack with offset of "
              + offset
              + " and limit of "
              + text.length()
              + ".");
    }
    if (offset > text.length()) {
      throw in.error(
          "Start offset " + offset + " greater than input length " + text.length() + ".");
    }
    boolean all = limit == 0 && offset == 0;
    long most = all ? Integer.MAX_VALUE : limit;
    Reader reader = new Reader(in, text, (int) offset);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < most && reader.at < text.length(); i++) {
      in.machine().meter().allocate(16);
      values.add(reader.read(0));
    }
    if (!all) {
      values.addFirst(reader.at == text.length() ? -1.0 : (double) reader.at);
    }
    return Values.of(values.toArray());
  }

  private static final class Reader {
    private final Arguments in;
    private final LuaString text;
    private int at;

    Reader(Arguments in, LuaString text, int at) {
      this.in = in;
      this.text = text;
      this.at = at;
    }

    private LuaError bad() {
      return in.error("Bad data format in input.");
    }

    private void need(long count) {
      if (text.length() - at < count) {
        throw in.error("Missing bytes in input.");
      }
    }

    private long number(int bytes) {
      need(bytes);
      long value = 0;
      for (int i = 0; i < bytes; i++) {
        value = (value << 8) | text.at(at++);
      }
      return value;
    }

    private double signed(int bytes) {
      int shift = 64 - 8 * bytes;
      return (double) ((number(bytes) << shift) >> shift);
    }

    private double unsigned(int bytes) {
      long value = number(bytes);
      return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    @Nullable Object read(int level) {
      in.machine().meter().step();
      if (level > READ_NESTING_MAX || !in.machine().hasRoom(level * STACK_A_LEVEL)) {
        throw bad();
      }
      need(1);
      int tag = text.at(at++);
      if (tag < 0x80) {
        return (double) tag;
      }
      if (tag >= 0xe0) {
        return (double) (byte) tag;
      }
      if (tag < 0x90) {
        return map(tag & 15, level);
      }
      if (tag < 0xa0) {
        return array(tag & 15, level);
      }
      if (tag < 0xc0) {
        return string(tag & 31);
      }
      return switch (tag) {
        case 0xc0 -> null;
        case 0xc2 -> false;
        case 0xc3 -> true;
        case 0xca -> (double) Float.intBitsToFloat((int) number(4));
        case 0xcb -> Double.longBitsToDouble(number(8));
        case 0xcc -> unsigned(1);
        case 0xcd -> unsigned(2);
        case 0xce -> unsigned(4);
        case 0xcf -> unsigned(8);
        case 0xd0 -> signed(1);
        case 0xd1 -> signed(2);
        case 0xd2 -> signed(4);
        case 0xd3 -> signed(8);
        case 0xc4, 0xd9 -> string(number(1));
        case 0xc5, 0xda -> string(number(2));
        case 0xc6, 0xdb -> string(number(4));
        case 0xdc -> array(number(2), level);
        case 0xdd -> array(number(4), level);
        case 0xde -> map(number(2), level);
        case 0xdf -> map(number(4), level);
        default -> throw bad();
      };
    }

    private LuaString string(long length) {
      need(length);
      LuaString string = text.slice(at, at + (int) length);
      in.machine().meter().allocate(40 + length);
      at += (int) length;
      return string;
    }

    private LuaTable array(long count, int level) {
      LuaTable table = in.machine().table();
      for (int i = 1; i <= count; i++) {
        table.set(i, read(level + 1));
      }
      return table;
    }

    private LuaTable map(long count, int level) {
      LuaTable table = in.machine().table();
      for (long i = 0; i < count; i++) {
        Object key = read(level + 1);
        Object value = read(level + 1);
        if (key == null || (key instanceof Double number && number.isNaN())) {
          throw in.error(key == null ? "table index is nil" : "table index is NaN");
        }
        table.set(key, value);
      }
      return table;
    }
  }
}
