package naru.lua.library;

import java.util.Locale;
import naru.lua.Arguments;
import naru.lua.LuaNumbers;
import naru.lua.LuaString;
import org.jspecify.annotations.Nullable;

/// `string.format`, which is C's `printf`.
final class StringFormat {
  private static final String FLAGS = "-+ #0";
  private static final int FLAGS_MAX = 5;

  private final Arguments in;
  private final LuaString format;
  private final ByteBuffer out;
  private int at;
  private int argument;

  // One directive.
  private String flags = "";
  private int width;
  private int precision;

  private StringFormat(Arguments in) {
    this.in = in;
    this.format = in.string(0);
    this.out = new ByteBuffer(in.machine());
  }

  static @Nullable Object format(Arguments in) {
    return new StringFormat(in).run();
  }

  private LuaString run() {
    while (at < format.length()) {
      int c = format.at(at++);
      if (c != '%') {
        out.put(c);
      } else if (at < format.length() && format.at(at) == '%') {
        out.put('%');
        at++;
      } else {
        in.machine().meter().step();
        argument++;
        if (argument >= in.count()) {
          throw in.bad(argument, "no value");
        }
        directive();
      }
    }
    return out.toText();
  }

  private void directive() {
    int start = at;
    while (at < format.length() && FLAGS.indexOf(format.at(at)) >= 0) {
      at++;
    }
    flags = format.slice(start, at).toString();
    if (flags.length() >= FLAGS_MAX + 1) {
      throw in.error("invalid format (repeated flags)");
    }
    width = number();
    precision = -1;
    if (at < format.length() && format.at(at) == '.') {
      at++;
      precision = number();
    }
    if (at < format.length() && isDigit(format.at(at))) {
      throw in.error("invalid format (width or precision too long)");
    }
    int c = at < format.length() ? format.at(at) : 0;
    at++;
    convert(c);
  }

  private int number() {
    int value = 0;
    for (int i = 0; i < 2 && at < format.length() && isDigit(format.at(at)); i++) {
      value = value * 10 + format.at(at++) - '0';
    }
    return value;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private void convert(int c) {
    switch (c) {
      case 'c' -> pad(String.valueOf((char) (in.smallInteger(argument) & 0xff)));
      case 'd', 'i' -> signed(in.integer(argument));
      case 'o' -> unsigned(Long.toOctalString(in.integer(argument)), "0");
      case 'u' -> unsigned(Long.toUnsignedString(in.integer(argument)), "");
      case 'x' -> unsigned(Long.toHexString(in.integer(argument)), "0x");
      case 'X' -> unsigned(Long.toHexString(in.integer(argument)).toUpperCase(Locale.ROOT), "0X");
      case 'e', 'E', 'f', 'g', 'G' -> real(c, in.number(argument));
      case 'q' -> quote(in.string(argument));
      case 's' -> text(in.string(argument));
      default -> {
        String directive = c == 0 ? "%" : "%" + (char) c;
        throw in.error("invalid option '" + directive + "' to 'format'");
      }
    }
  }

  private void text(LuaString text) {
    if (precision < 0 && text.length() >= 100) {
      out.put(text);
      return;
    }
    String string = text.toString();
    int zero = string.indexOf(0);
    string = zero >= 0 ? string.substring(0, zero) : string;
    pad(precision >= 0 && precision < string.length() ? string.substring(0, precision) : string);
  }

  private boolean has(char flag) {
    return flags.indexOf(flag) >= 0;
  }

  private String sign(boolean negative) {
    return negative ? "-" : has('+') ? "+" : has(' ') ? " " : "";
  }

  private void signed(long value) {
    String digits = value < 0 ? Long.toString(value).substring(1) : Long.toString(value);
    put(sign(value < 0), whole(digits), precision < 0);
  }

  private String whole(String digits) {
    if (precision == 0 && digits.equals("0")) {
      return "";
    }
    return digits.length() < precision ? "0".repeat(precision - digits.length()) + digits : digits;
  }

  private void unsigned(String digits, String prefix) {
    String text = whole(digits);
    boolean prefixed = has('#') && !digits.equals("0");
    if (prefix.equals("0")) {
      String octal = has('#') && !text.startsWith("0") ? "0" + text : text;
      put("", octal, precision < 0);
    } else {
      put(prefixed ? prefix : "", text, precision < 0);
    }
  }

  private void real(int c, double value) {
    int digits = precision < 0 ? 6 : precision;
    String text =
        switch (c | 32) {
          case 'e' -> LuaNumbers.exponential(value, digits, has('#'));
          case 'f' -> LuaNumbers.fixed(value, digits, has('#'));
          default -> LuaNumbers.general(value, digits, has('#'));
        };
    text = c < 'a' ? text.toUpperCase(Locale.ROOT) : text;
    boolean negative = text.startsWith("-");
    boolean special = LuaNumbers.special(value) != null;
    put(sign(negative), negative ? text.substring(1) : text, !special);
  }

  /// A sign or a prefix, and digits that may be filled up with zeros in between.
  private void put(String sign, String digits, boolean zeros) {
    int missing = width - sign.length() - digits.length();
    if (missing > 0 && zeros && has('0') && !has('-')) {
      out.put(sign + "0".repeat(missing) + digits);
    } else {
      pad(sign + digits);
    }
  }

  private void pad(String text) {
    int missing = width - text.length();
    String filling = missing > 0 ? " ".repeat(missing) : "";
    out.put(has('-') ? text + filling : filling + text);
  }

  private void quote(LuaString text) {
    out.put('"');
    for (int i = 0; i < text.length(); i++) {
      int c = text.at(i);
      switch (c) {
        case '"', '\\', '\n' -> {
          out.put('\\');
          out.put(c);
        }
        case '\r' -> out.put("\\r");
        case 0 -> out.put("\\000");
        default -> out.put(c);
      }
    }
    out.put('"');
  }
}
