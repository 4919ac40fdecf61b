package naru.lua.library;

import static naru.lua.library.Libraries.add;

import java.util.function.IntUnaryOperator;
import naru.lua.Arguments;
import naru.lua.Builtin;
import naru.lua.LuaFunction;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.lua.Names;
import naru.lua.Values;
import org.jspecify.annotations.Nullable;

/// `string`, which is the `__index` of all strings too.
final class StringLibrary {
  private static final String SPECIALS = "^$*+?.([%-";
  private static final int BYTES_A_STEP = 16;
  private static final int RESULTS_MAX = 8000;

  private StringLibrary() {}

  static void open(Machine machine) {
    LuaTable library = Libraries.library(machine, "string");
    add(library, "byte", StringLibrary::codes);
    add(library, "char", StringLibrary::fromCodes);
    add(
        library,
        "dump",
        in -> {
          in.function(0);
          throw in.error("unable to dump given function");
        });
    add(library, "find", in -> find(in, true));
    add(library, "format", StringFormat::format);
    add(library, "gmatch", StringLibrary::eachMatch);
    add(library, "gfind", StringLibrary::eachMatch);
    add(library, "gsub", StringLibrary::substitute);
    add(library, "len", in -> (double) in.string(0).length());
    add(library, "lower", in -> mapped(in, c -> c >= 'A' && c <= 'Z' ? c + 32 : c));
    add(library, "upper", in -> mapped(in, c -> c >= 'a' && c <= 'z' ? c - 32 : c));
    add(library, "match", in -> find(in, false));
    add(library, "rep", StringLibrary::repeat);
    add(library, "reverse", StringLibrary::reverse);
    add(library, "sub", StringLibrary::part);
    LuaTable metatable = machine.table();
    metatable.set(Names.INDEX, library);
    machine.stringMetatable(metatable);
  }

  /// A place counted from the end if it is below zero.
  private static long place(long at, int length) {
    return Math.max(at < 0 ? at + length + 1 : at, 0);
  }

  private static @Nullable Object part(Arguments in) {
    LuaString text = in.string(0);
    long first = Math.max(1, place(in.integer(1), text.length()));
    long last = Math.min(text.length(), place(in.integer(2, -1), text.length()));
    if (first > last) {
      return LuaString.EMPTY;
    }
    in.machine().meter().allocate(40 + last - first);
    return text.slice((int) first - 1, (int) last);
  }

  private static @Nullable Object codes(Arguments in) {
    LuaString text = in.string(0);
    long first = place(in.integer(1, 1), text.length());
    long last = Math.min(text.length(), place(in.integer(2, first), text.length()));
    first = Math.max(1, first);
    if (first > last) {
      return Values.NONE;
    }
    int count = (int) (last - first + 1);
    if (count >= RESULTS_MAX) {
      throw in.error("string slice too long");
    }
    in.machine().meter().allocate(24L * count);
    @Nullable Object[] values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = (double) text.at((int) first - 1 + i);
    }
    return Values.of(values);
  }

  private static @Nullable Object fromCodes(Arguments in) {
    byte[] bytes = new byte[in.count()];
    for (int i = 0; i < bytes.length; i++) {
      int code = in.smallInteger(i);
      if (code < 0 || code > 255) {
        throw in.bad(i, "invalid value");
      }
      bytes[i] = (byte) code;
    }
    return in.machine().string(bytes);
  }

  private static @Nullable Object mapped(Arguments in, IntUnaryOperator map) {
    LuaString text = in.string(0);
    in.machine().announceString(text.length());
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) map.applyAsInt(text.at(i));
    }
    return LuaString.of(bytes);
  }

  private static @Nullable Object reverse(Arguments in) {
    LuaString text = in.string(0);
    in.machine().announceString(text.length());
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.at(bytes.length - 1 - i);
    }
    return LuaString.of(bytes);
  }

  private static @Nullable Object repeat(Arguments in) {
    LuaString text = in.string(0);
    int count = in.smallInteger(1);
    if (count <= 0 || text.length() == 0) {
      return LuaString.EMPTY;
    }
    long length = (long) count * text.length();
    in.machine().announceString(length);
    in.machine().meter().steps((int) (length / BYTES_A_STEP));
    byte[] bytes = new byte[(int) length];
    for (int at = 0; at < bytes.length; at += text.length()) {
      System.arraycopy(text.bytes(), 0, bytes, at, text.length());
    }
    return LuaString.of(bytes);
  }

  private static @Nullable Object find(Arguments in, boolean positions) {
    LuaString text = in.string(0);
    LuaString pattern = in.string(1);
    long start = in.integer(2, 1);
    start = start < 0 ? start + text.length() + 1 : start;
    int at = (int) Math.clamp(start - 1, 0L, text.length());
    if (positions && (Machine.isTrue(in.get(3)) || isPlain(pattern))) {
      int found = indexOf(in.machine(), text, pattern, at);
      return found < 0
          ? null
          : Values.of((double) (found + 1), (double) (found + pattern.length()));
    }
    boolean anchored = pattern.length() > 0 && pattern.at(0) == '^';
    Pattern matcher = new Pattern(in, text, pattern);
    do {
      int end = matcher.match(at, anchored ? 1 : 0);
      if (end >= 0) {
        return positions ? found(matcher, at, end) : matcher.allCaptures(at, end);
      }
      at++;
    } while (at <= text.length() && !anchored);
    return null;
  }

  private static @Nullable Object found(Pattern matcher, int at, int end) {
    int captures = matcher.captures();
    @Nullable Object[] values = new @Nullable Object[2 + captures];
    values[0] = (double) (at + 1);
    values[1] = (double) end;
    for (int i = 0; i < captures; i++) {
      values[2 + i] = matcher.capture(i, at, end);
    }
    return Values.of(values);
  }

  private static boolean isPlain(LuaString pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if (SPECIALS.indexOf(pattern.at(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  static int indexOf(Machine machine, LuaString text, LuaString wanted, int from) {
    int last = text.length() - wanted.length();
    for (int i = from; i <= last; i++) {
      machine.meter().step();
      int j = 0;
      while (j < wanted.length() && text.at(i + j) == wanted.at(j)) {
        j++;
      }
      machine.meter().steps(j / BYTES_A_STEP);
      if (j == wanted.length()) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Object eachMatch(Arguments in) {
    LuaString text = in.string(0);
    LuaString pattern = in.string(1);
    Matches matches = new Matches(text, pattern);
    return new Builtin(matches::next);
  }

  /// The state of a `gmatch`.
  private static final class Matches {
    private final LuaString text;
    private final LuaString pattern;
    private int at;

    Matches(LuaString text, LuaString pattern) {
      this.text = text;
      this.pattern = pattern;
    }

    @Nullable Object next(Arguments in) {
      Pattern matcher = new Pattern(in, text, pattern);
      for (int from = at; from <= text.length(); from++) {
        int end = matcher.match(from, 0);
        if (end >= 0) {
          at = end == from ? end + 1 : end;
          return matcher.allCaptures(from, end);
        }
      }
      at = text.length() + 1;
      return Values.NONE;
    }
  }

  private static @Nullable Object substitute(Arguments in) {
    LuaString text = in.string(0);
    LuaString pattern = in.string(1);
    Object replacement = in.get(2);
    if (!(replacement instanceof LuaString
        || replacement instanceof Double
        || replacement instanceof LuaTable
        || replacement instanceof LuaFunction)) {
      throw in.bad(2, "string/function/table expected");
    }
    boolean anchored = pattern.length() > 0 && pattern.at(0) == '^';
    long most = in.integer(3, text.length() + 1L);
    Pattern matcher = new Pattern(in, text, pattern);
    ByteBuffer out = new ByteBuffer(in.machine());
    int at = 0;
    int count = 0;
    while (count < most) {
      int end = matcher.match(at, anchored ? 1 : 0);
      if (end >= 0) {
        count++;
        putReplacement(in, matcher, out, text, at, end);
      }
      if (end >= 0 && end > at) {
        at = end;
      } else if (at < text.length()) {
        out.put(text.at(at++));
      } else {
        break;
      }
      if (anchored) {
        break;
      }
    }
    out.put(text.bytes(), Math.min(at, text.length()), Math.max(0, text.length() - at));
    return Values.of(out.toText(), (double) count);
  }

  private static void putReplacement(
      Arguments in, Pattern matcher, ByteBuffer out, LuaString text, int at, int end) {
    Object by = in.get(2);
    Object value;
    if (by instanceof LuaTable table) {
      value = in.machine().index(table, matcher.capture(0, at, end));
    } else if (by instanceof LuaFunction function) {
      value = Values.first(in.call(function, matcher.captureArray(at, end)));
    } else {
      putTemplate(in, matcher, out, in.string(2), at, end);
      return;
    }
    if (!Machine.isTrue(value)) {
      out.put(text.bytes(), at, end - at);
      return;
    }
    LuaString replacement = in.machine().toText(value);
    if (replacement == null) {
      throw in.error("invalid replacement value (a " + Machine.typeName(value) + ")");
    }
    out.put(replacement);
  }

  private static void putTemplate(
      Arguments in, Pattern matcher, ByteBuffer out, LuaString template, int at, int end) {
    int i = 0;
    while (i < template.length()) {
      int c = template.at(i++);
      if (c != '%') {
        out.put(c);
        continue;
      }
      int next = i < template.length() ? template.at(i++) : 0;
      if (next < '0' || next > '9') {
        out.put(next);
      } else if (next == '0') {
        out.put(in.string(0).bytes(), at, end - at);
      } else {
        LuaString captured = in.machine().toText(matcher.capture(next - '1', at, end));
        out.put(captured == null ? LuaString.EMPTY : captured);
      }
    }
  }
}
