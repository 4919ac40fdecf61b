package naru.lua.library;

import naru.lua.Arguments;
import naru.lua.LuaError;
import naru.lua.LuaNumbers;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import org.jspecify.annotations.Nullable;

/// Reads JSON.
final class JsonDecoder {
  private static final int STACK_A_LEVEL = 4;

  private enum Token {
    OBJ_BEGIN,
    OBJ_END,
    ARR_BEGIN,
    ARR_END,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    COLON,
    COMMA,
    END,
    ERROR
  }

  private final Arguments in;
  private final JsonLibrary settings;
  private final LuaString text;
  private int at;
  private int tokenAt;
  private Token token = Token.END;
  private @Nullable Object value;
  private String trouble = "";

  JsonDecoder(Arguments in, LuaString text, JsonLibrary settings) {
    this.in = in;
    this.text = text;
    this.settings = settings;
  }

  @Nullable Object decode() {
    if (text.length() >= 2 && (text.at(0) == 0 || text.at(1) == 0)) {
      throw in.error("JSON parser does not support UTF-16 or UTF-32");
    }
    next();
    Object result = read(0);
    next();
    if (token != Token.END) {
      throw expected("the end");
    }
    return result;
  }

  private LuaError expected(String what) {
    String found = token == Token.ERROR ? trouble : "T_" + token.name();
    return in.error("Expected " + what + " but found " + found + " at character " + (tokenAt + 1));
  }

  private int current() {
    return at < text.length() ? text.at(at) : 0;
  }

  private void next() {
    in.machine().meter().step();
    while (at < text.length() && isSpace(text.at(at))) {
      at++;
    }
    tokenAt = at;
    value = null;
    int c = current();
    switch (c) {
      case 0 -> token = at >= text.length() ? Token.END : error("invalid token");
      case '{' -> one(Token.OBJ_BEGIN);
      case '}' -> one(Token.OBJ_END);
      case '[' -> one(Token.ARR_BEGIN);
      case ']' -> one(Token.ARR_END);
      case ':' -> one(Token.COLON);
      case ',' -> one(Token.COMMA);
      case '"' -> string();
      default -> word(c);
    }
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private void one(Token single) {
    token = single;
    at++;
  }

  private Token error(String reason) {
    trouble = reason;
    return Token.ERROR;
  }

  private void word(int c) {
    if (c == '-' || (c >= '0' && c <= '9')) {
      if (!settings.decodesSpecial && isInvalidNumber()) {
        token = error("invalid number");
      } else {
        number();
      }
    } else if (accept("true")) {
      token = Token.BOOLEAN;
      value = true;
    } else if (accept("false")) {
      token = Token.BOOLEAN;
      value = false;
    } else if (accept("null")) {
      token = Token.NULL;
      value = JsonLibrary.NULL;
    } else if (settings.decodesSpecial && isInvalidNumber()) {
      number();
    } else {
      token = error("invalid token");
    }
  }

  private boolean accept(String word) {
    if (!startsWith(word, at)) {
      return false;
    }
    at += word.length();
    return true;
  }

  private boolean startsWith(String word, int from) {
    if (from + word.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text.at(from + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean startsWithAnyCase(String word, int from) {
    for (int i = 0; i < word.length(); i++) {
      if (from + i >= text.length() || (text.at(from + i) | 32) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// What JSON does not know: infinity, not a number, hexadecimal, leading zeros.
  private boolean isInvalidNumber() {
    int p = at;
    if (current() == '+') {
      return true;
    }
    if (current() == '-') {
      p++;
    }
    int c = p < text.length() ? text.at(p) : 0;
    int following = p + 1 < text.length() ? text.at(p + 1) : 0;
    if (c == '0') {
      return (following | 32) == 'x' || (following >= '0' && following <= '9');
    }
    if (c >= '1' && c <= '9') {
      return false;
    }
    return startsWithAnyCase("inf", p) || startsWithAnyCase("nan", p);
  }

  private void number() {
    int end = numberEnd();
    Double parsed = end > at ? LuaNumbers.parse(text.slice(at, end)) : null;
    if (parsed == null) {
      token = error("invalid number");
      return;
    }
    token = Token.NUMBER;
    value = parsed;
    at = end;
  }

  /// Where what `strtod` would take ends.
  private int numberEnd() {
    int p = at;
    if (p < text.length() && (text.at(p) == '-' || text.at(p) == '+')) {
      p++;
    }
    if (startsWithAnyCase("infinity", p)) {
      return p + 8;
    }
    if (startsWithAnyCase("inf", p) || startsWithAnyCase("nan", p)) {
      return p + 3;
    }
    boolean hex = startsWithAnyCase("0x", p) && isDigit(p + 2, true);
    p = hex ? p + 2 : p;
    int digits = p;
    while (isDigit(p, hex)) {
      p++;
    }
    boolean any = p > digits;
    if (p < text.length() && text.at(p) == '.' && (any || isDigit(p + 1, hex))) {
      p++;
      while (isDigit(p, hex)) {
        p++;
      }
      any = true;
    }
    if (!any) {
      return at;
    }
    if (p < text.length() && (text.at(p) | 32) == (hex ? 'p' : 'e')) {
      int exponent = p + 1;
      if (exponent < text.length() && (text.at(exponent) == '-' || text.at(exponent) == '+')) {
        exponent++;
      }
      if (isDigit(exponent, false)) {
        p = exponent;
        while (isDigit(p, false)) {
          p++;
        }
      }
    }
    return p;
  }

  private boolean isDigit(int index, boolean hex) {
    if (index >= text.length()) {
      return false;
    }
    return hexDigit(text.at(index)) >= 0 && (hex || text.at(index) <= '9');
  }

  private static int hexDigit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 32;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private void string() {
    ByteBuffer out = new ByteBuffer(in.machine());
    at++;
    while (current() != '"') {
      int c = current();
      if (at >= text.length() || c == 0) {
        token = error("unexpected end of string");
        tokenAt = at;
        return;
      }
      if (c != '\\') {
        out.put(c);
        at++;
        continue;
      }
      String reason = escape(out);
      if (reason != null) {
        tokenAt = at;
        token = error(reason);
        return;
      }
    }
    at++;
    token = Token.STRING;
    value = out.toText();
  }

  private @Nullable String escape(ByteBuffer out) {
    int c = at + 1 < text.length() ? text.at(at + 1) : 0;
    int plain =
        switch (c) {
          case '"', '\\', '/' -> c;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> -1;
        };
    if (plain >= 0) {
      out.put(plain);
      at += 2;
      return null;
    }
    if (c == 'u') {
      return unicode(out);
    }
    return "invalid escape code";
  }

  private @Nullable String unicode(ByteBuffer out) {
    int code = unit(at + 2);
    if (code < 0) {
      return "invalid unicode escape code";
    }
    int length = 6;
    if ((code & 0xf800) == 0xd800) {
      if ((code & 0x400) != 0 || !startsWith("\\u", at + 6)) {
        return "invalid unicode escape code";
      }
      int low = unit(at + 8);
      if (low < 0 || (low & 0xfc00) != 0xdc00) {
        return "invalid unicode escape code";
      }
      code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
      length = 12;
    }
    putUtf8(out, code);
    at += length;
    return null;
  }

  private int unit(int from) {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < text.length() ? hexDigit(text.at(i)) : -1;
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code;
  }

  private static void putUtf8(ByteBuffer out, int code) {
    if (code < 0x80) {
      out.put(code);
    } else if (code < 0x800) {
      out.put(0xc0 | (code >> 6));
      out.put(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
      out.put(0xe0 | (code >> 12));
      out.put(0x80 | ((code >> 6) & 0x3f));
      out.put(0x80 | (code & 0x3f));
    } else {
      out.put(0xf0 | (code >> 18));
      out.put(0x80 | ((code >> 12) & 0x3f));
      out.put(0x80 | ((code >> 6) & 0x3f));
      out.put(0x80 | (code & 0x3f));
    }
  }

  /// The value that begins with the token at hand.
  private @Nullable Object read(int depth) {
    return switch (token) {
      case STRING, NUMBER, BOOLEAN, NULL -> value;
      case OBJ_BEGIN -> object(depth + 1);
      case ARR_BEGIN -> array(depth + 1);
      case OBJ_END, ARR_END, COLON, COMMA, END, ERROR -> throw expected("value");
    };
  }

  private void descend(int depth) {
    if (depth > settings.decodeDepthMax || !in.machine().hasRoom(depth * STACK_A_LEVEL)) {
      throw in.error("Found too many nested data structures (" + depth + ") at character " + at);
    }
  }

  private LuaTable object(int depth) {
    descend(depth);
    LuaTable table = in.machine().table();
    next();
    if (token == Token.OBJ_END) {
      return table;
    }
    while (true) {
      if (token != Token.STRING || !(value instanceof LuaString key)) {
        throw expected("object key string");
      }
      next();
      if (token != Token.COLON) {
        throw expected("colon");
      }
      next();
      table.set(key, read(depth));
      next();
      if (token == Token.OBJ_END) {
        return table;
      }
      if (token != Token.COMMA) {
        throw expected("comma or object end");
      }
      next();
    }
  }

  private LuaTable array(int depth) {
    descend(depth);
    LuaTable table = in.machine().table();
    next();
    if (token == Token.ARR_END) {
      return table;
    }
    for (int i = 1; ; i++) {
      table.set(i, read(depth));
      next();
      if (token == Token.ARR_END) {
        return table;
      }
      if (token != Token.COMMA) {
        throw expected("comma or array end");
      }
      next();
    }
  }
}
