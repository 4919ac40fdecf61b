package naru.lua.library;

import static naru.lua.library.Libraries.add;

import java.util.ArrayList;
import java.util.List;
import naru.lua.Arguments;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.lua.Values;
import org.jspecify.annotations.Nullable;

/// `struct`: values as C lays them out. https://www.inf.puc-rio.br/~roberto/struct/
final class StructLibrary {
  private static final int INTEGER_BYTES_MAX = 32;
  private static final int ALIGNMENT_MAX = 8;

  private StructLibrary() {}

  static void open(Machine machine) {
    LuaTable library = Libraries.library(machine, "struct");
    add(library, "pack", StructLibrary::pack);
    add(library, "unpack", StructLibrary::unpack);
    add(library, "size", StructLibrary::size);
  }

  /// Reads a format, option by option.
  private static final class Format {
    private final Arguments in;
    private final String text;
    private int at;
    private int alignment = 1;
    boolean bigEndian;
    char option;
    int size;

    Format(Arguments in) {
      this.in = in;
      this.text = in.string(0).toString();
    }

    boolean next() {
      if (at >= text.length() || text.charAt(at) == 0) {
        return false;
      }
      in.machine().meter().step();
      option = text.charAt(at++);
      size =
          switch (option) {
            case 'b', 'B', 'x' -> 1;
            case 'h', 'H' -> 2;
            case 'l', 'L', 'T', 'd' -> 8;
            case 'f' -> 4;
            case 'c' -> number(1);
            case 'i', 'I' -> integerSize();
            default -> 0;
          };
      return true;
    }

    private int integerSize() {
      int bytes = number(4);
      if (bytes > INTEGER_BYTES_MAX) {
        throw in.error("integral size " + bytes + " is larger than limit of " + INTEGER_BYTES_MAX);
      }
      return bytes;
    }

    private int number(int absent) {
      if (at >= text.length() || !isDigit(text.charAt(at))) {
        return absent;
      }
      long value = 0;
      while (at < text.length() && isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at++) - '0';
        if (value > Integer.MAX_VALUE) {
          throw in.error("integral size overflow");
        }
      }
      return (int) value;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    int padding(int position) {
      if (size == 0 || option == 'c') {
        return 0;
      }
      int step = Math.min(size, alignment);
      return step <= 1 ? 0 : (step - (position & (step - 1))) & (step - 1);
    }

    void control() {
      switch (option) {
        case ' ' -> {}
        case '>' -> bigEndian = true;
        case '<' -> bigEndian = false;
        case '!' -> {
          int wanted = number(ALIGNMENT_MAX);
          if (wanted == 0 || (wanted & (wanted - 1)) != 0) {
            throw in.error("alignment " + wanted + " is not a power of 2");
          }
          alignment = wanted;
        }
        default -> throw in.bad(0, "invalid format option '" + option + "'");
      }
    }
  }

  private static @Nullable Object pack(Arguments in) {
    Format format = new Format(in);
    ByteBuffer out = new ByteBuffer(in.machine());
    int argument = 1;
    while (format.next()) {
      for (int padding = format.padding(out.length()); padding > 0; padding--) {
        out.put(0);
      }
      if (argument >= in.count() && "bBhHlLTiIfdcs".indexOf(format.option) >= 0) {
        boolean text = format.option == 'c' || format.option == 's';
        throw in.bad(argument, (text ? "string" : "number") + " expected, got nil");
      }
      switch (format.option) {
        case 'b', 'B', 'h', 'H', 'l', 'L', 'T', 'i', 'I' ->
            putInteger(out, in.number(argument++), format);
        case 'x' -> out.put(0);
        case 'f' ->
            out.putNumber(
                Float.floatToRawIntBits((float) in.number(argument++)), 4, format.bigEndian);
        case 'd' ->
            out.putNumber(Double.doubleToRawLongBits(in.number(argument++)), 8, format.bigEndian);
        case 'c', 's' -> {
          LuaString text = in.string(argument++);
          int size = format.size == 0 ? text.length() : format.size;
          if (text.length() < size) {
            throw in.bad(argument, "string too short");
          }
          out.put(text.bytes(), 0, size);
          if (format.option == 's') {
            out.put(0);
          }
        }
        default -> format.control();
      }
    }
    return out.toText();
  }

  private static void putInteger(ByteBuffer out, double number, Format format) {
    long value = toBits(number);
    int near = Math.min(8, format.size);
    if (format.bigEndian) {
      for (int i = near; i < format.size; i++) {
        out.put(0);
      }
    }
    out.putNumber(value, near, format.bigEndian);
    if (!format.bigEndian) {
      for (int i = near; i < format.size; i++) {
        out.put(0);
      }
    }
  }

  /// As C casts to an unsigned number of 64 bits.
  private static long toBits(double number) {
    if (number >= 0x1p63 && number < 0x1p64) {
      return (long) (number - 0x1p63) ^ Long.MIN_VALUE;
    }
    return number >= 0x1p64 ? 0 : Arguments.toLong(number);
  }

  private static @Nullable Object unpack(Arguments in) {
    Format format = new Format(in);
    LuaString text = in.string(1);
    long start = in.integer(2, 1) - 1;
    if (start < 0) {
      throw in.bad(2, "offset must be 1 or greater");
    }
    int at = (int) Math.min(start, Integer.MAX_VALUE / 2);
    List<@Nullable Object> values = new ArrayList<>();
    while (format.next()) {
      at += format.padding(at);
      need(in, text, at, format.size);
      int size = format.size;
      switch (format.option) {
        case 'b', 'B', 'h', 'H', 'l', 'L', 'T', 'i', 'I' -> values.add(integer(text, at, format));
        case 'x' -> {}
        case 'f' ->
            values.add((double) Float.intBitsToFloat((int) bits(text, at, 4, format.bigEndian)));
        case 'd' -> values.add(Double.longBitsToDouble(bits(text, at, 8, format.bigEndian)));
        case 'c' -> {
          if (size == 0) {
            if (values.isEmpty() || !(values.removeLast() instanceof Double given)) {
              throw in.error("format 'c0' needs a previous size");
            }
            size = (int) Math.clamp(given, -1.0, Integer.MAX_VALUE);
            need(in, text, at, size < 0 ? Integer.MAX_VALUE : size);
          }
          values.add(in.machine().string(text.slice(at, at + size).bytes()));
        }
        case 's' -> {
          int end = at;
          while (end < text.length() && text.at(end) != 0) {
            end++;
          }
          if (end >= text.length()) {
            throw in.error("unfinished string in data");
          }
          values.add(in.machine().string(text.slice(at, end).bytes()));
          size = end - at + 1;
        }
        default -> format.control();
      }
      at += size;
    }
    values.add((double) (at + 1));
    return Values.of(values.toArray());
  }

  private static void need(Arguments in, LuaString text, int at, int size) {
    if (size > text.length() || at > text.length() - size) {
      throw in.bad(1, "data string too short");
    }
  }

  private static long bits(LuaString text, int at, int size, boolean bigEndian) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | text.at(bigEndian ? at + i : at + size - 1 - i);
    }
    return value;
  }

  private static double integer(LuaString text, int at, Format format) {
    long value = bits(text, at, format.size, format.bigEndian);
    if (format.option < 'a') {
      return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }
    int unused = Math.max(0, 64 - 8 * format.size);
    return format.size == 0 ? 0 : (double) ((value << unused) >> unused);
  }

  private static @Nullable Object size(Arguments in) {
    Format format = new Format(in);
    long total = 0;
    while (format.next()) {
      total += format.padding((int) total);
      if (format.option == 's') {
        throw in.bad(0, "option 's' has no fixed size");
      }
      if (format.option == 'c' && format.size == 0) {
        throw in.bad(0, "option 'c0' has no fixed size");
      }
      if ("bBhHlLTiIxfdc".indexOf(format.option) < 0) {
        format.control();
      }
      total += format.size;
      if (total > Integer.MAX_VALUE / 2) {
        throw in.error("format too large");
      }
    }
    return (double) total;
  }
}
