package naru.lua;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Cuts the text of a chunk into tokens.
final class Lexer {
  static final int END_OF_TEXT = 300;
  static final int NUMBER = 301;
  static final int NAME = 302;
  static final int STRING = 303;
  static final int CONCAT = 304;
  static final int DOTS = 305;
  static final int EQ = 306;
  static final int GE = 307;
  static final int LE = 308;
  static final int NE = 309;

  /// Reserved words are the tokens from 257 on, in this order.
  static final int FIRST_WORD = 257;

  private static final List<String> WORDS =
      List.of(
          "and",
          "break",
          "do",
          "else",
          "elseif",
          "end",
          "false",
          "for",
          "function",
          "if",
          "in",
          "local",
          "nil",
          "not",
          "or",
          "repeat",
          "return",
          "then",
          "true",
          "until",
          "while");
  private static final Map<String, Integer> WORD_TOKENS = new HashMap<>();

  static {
    for (int i = 0; i < WORDS.size(); i++) {
      WORD_TOKENS.put(WORDS.get(i), FIRST_WORD + i);
    }
  }

  static final int AND = word("and");
  static final int BREAK = word("break");
  static final int DO = word("do");
  static final int ELSE = word("else");
  static final int ELSEIF = word("elseif");
  static final int END = word("end");
  static final int FALSE = word("false");
  static final int FOR = word("for");
  static final int FUNCTION = word("function");
  static final int IF = word("if");
  static final int IN = word("in");
  static final int LOCAL = word("local");
  static final int NIL = word("nil");
  static final int NOT = word("not");
  static final int OR = word("or");
  static final int REPEAT = word("repeat");
  static final int RETURN = word("return");
  static final int THEN = word("then");
  static final int TRUE = word("true");
  static final int UNTIL = word("until");
  static final int WHILE = word("while");

  private static int word(String text) {
    return FIRST_WORD + WORDS.indexOf(text);
  }

  private final byte[] source;
  private final String chunk;
  private final Map<LuaString, LuaString> strings = new HashMap<>();
  private int at;
  private int tokenStart;

  int line = 1;
  int lastLine = 1;
  int token;
  LuaString text = LuaString.EMPTY;
  double number;

  private int aheadToken = -1;
  private LuaString aheadText = LuaString.EMPTY;
  private double aheadNumber;
  private int aheadStart;
  private int aheadEnd;
  private int tokenEnd;

  Lexer(LuaString source, String chunk) {
    this.source = source.bytes();
    this.chunk = chunk;
  }

  void next() {
    lastLine = line;
    if (aheadToken >= 0) {
      token = aheadToken;
      text = aheadText;
      number = aheadNumber;
      tokenStart = aheadStart;
      tokenEnd = aheadEnd;
      aheadToken = -1;
      return;
    }
    token = read();
    tokenEnd = at;
  }

  int peek() {
    int nowToken = token;
    LuaString nowText = text;
    double nowNumber = number;
    int nowStart = tokenStart;
    aheadToken = read();
    aheadText = text;
    aheadNumber = number;
    aheadStart = tokenStart;
    aheadEnd = at;
    token = nowToken;
    text = nowText;
    number = nowNumber;
    tokenStart = nowStart;
    return aheadToken;
  }

  LuaError error(String message) {
    return error(message, token);
  }

  LuaError error(String message, int near) {
    String complaint = chunk + ":" + line + ": " + message;
    if (near != 0) {
      complaint += " near '" + describeRead(near) + "'";
    }
    return new LuaError(LuaString.of(complaint), line);
  }

  private String describeRead(int near) {
    if (near == NAME || near == STRING || near == NUMBER) {
      int end = near == token ? tokenEnd : at;
      return new String(source, tokenStart, end - tokenStart, StandardCharsets.ISO_8859_1);
    }
    return describe(near);
  }

  static String describe(int token) {
    return switch (token) {
      case END_OF_TEXT -> "<eof>";
      case NUMBER -> "<number>";
      case NAME -> "<name>";
      case STRING -> "<string>";
      case CONCAT -> "..";
      case DOTS -> "...";
      case EQ -> "==";
      case GE -> ">=";
      case LE -> "<=";
      case NE -> "~=";
      default -> {
        if (token >= FIRST_WORD) {
          yield WORDS.get(token - FIRST_WORD);
        }
        yield token < 32 ? "char(" + token + ")" : String.valueOf((char) token);
      }
    };
  }

  private int current() {
    return at < source.length ? source[at] & 0xff : -1;
  }

  private int following() {
    return at + 1 < source.length ? source[at + 1] & 0xff : -1;
  }

  private int read() {
    while (true) {
      tokenStart = at;
      int c = current();
      switch (c) {
        case -1 -> {
          return END_OF_TEXT;
        }
        case '\n', '\r' -> newLine();
        case ' ', '\t', 0x0b, '\f' -> at++;
        case '-' -> {
          at++;
          if (current() != '-') {
            return '-';
          }
          at++;
          comment();
        }
        case '[' -> {
          int level = longBracket();
          if (level >= 0) {
            text = longString(level, false);
            return STRING;
          }
          if (level == -1) {
            at++;
            return '[';
          }
          throw error("invalid long string delimiter", STRING);
        }
        case '=' -> {
          return pair('=', '=', EQ);
        }
        case '<' -> {
          return pair('<', '=', LE);
        }
        case '>' -> {
          return pair('>', '=', GE);
        }
        case '~' -> {
          return pair('~', '=', NE);
        }
        case '"', '\'' -> {
          text = quoted(c);
          return STRING;
        }
        case '.' -> {
          return dots();
        }
        default -> {
          return other(c);
        }
      }
    }
  }

  private int pair(int first, int second, int both) {
    at++;
    if (current() == second) {
      at++;
      return both;
    }
    return first;
  }

  private int dots() {
    if (LuaNumbers.isDigit(following())) {
      return numeral();
    }
    at++;
    if (current() != '.') {
      return '.';
    }
    at++;
    if (current() != '.') {
      return CONCAT;
    }
    at++;
    return DOTS;
  }

  private int other(int c) {
    if (LuaNumbers.isDigit(c)) {
      return numeral();
    }
    if (!isNamePart(c)) {
      at++;
      return c;
    }
    while (isNamePart(current())) {
      at++;
    }
    String name = new String(source, tokenStart, at - tokenStart, StandardCharsets.ISO_8859_1);
    Integer word = WORD_TOKENS.get(name);
    if (word != null) {
      return word;
    }
    text = shared(LuaString.of(name));
    return NAME;
  }

  private static boolean isNamePart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || LuaNumbers.isDigit(c);
  }

  private LuaString shared(LuaString string) {
    LuaString known = strings.putIfAbsent(string, string);
    return known == null ? string : known;
  }

  private int numeral() {
    while (LuaNumbers.isDigit(current()) || current() == '.') {
      at++;
    }
    if (current() == 'e' || current() == 'E') {
      at++;
      if (current() == '+' || current() == '-') {
        at++;
      }
    }
    while (isNamePart(current())) {
      at++;
    }
    LuaString digits =
        LuaString.of(new String(source, tokenStart, at - tokenStart, StandardCharsets.ISO_8859_1));
    Double parsed = LuaNumbers.parse(digits);
    if (parsed == null) {
      throw malformed();
    }
    number = parsed;
    return NUMBER;
  }

  private LuaError malformed() {
    token = NUMBER;
    tokenEnd = at;
    return error("malformed number", NUMBER);
  }

  private void newLine() {
    int first = current();
    at++;
    if ((current() == '\n' || current() == '\r') && current() != first) {
      at++;
    }
    line++;
  }

  private void comment() {
    if (current() == '[') {
      int level = longBracket();
      if (level >= 0) {
        longString(level, true);
        return;
      }
    }
    while (at < source.length && current() != '\n' && current() != '\r') {
      at++;
    }
  }

  /// The level of the long bracket that opens here, and goes past it; -1 if it is a lone `[`, -2 if
  /// it is broken.
  private int longBracket() {
    int i = at + 1;
    while (i < source.length && source[i] == '=') {
      i++;
    }
    int level = i - at - 1;
    if (i < source.length && source[i] == '[') {
      at = i + 1;
      return level;
    }
    return level == 0 ? -1 : -2;
  }

  private LuaString longString(int level, boolean comment) {
    StringBuilder out = new StringBuilder();
    if (current() == '\n' || current() == '\r') {
      newLine();
    }
    while (true) {
      int c = current();
      if (c == -1) {
        throw error(comment ? "unfinished long comment" : "unfinished long string", END_OF_TEXT);
      } else if (c == ']' && closes(level)) {
        at += level + 2;
        return LuaString.of(out.toString());
      } else if (c == '\n' || c == '\r') {
        out.append('\n');
        newLine();
      } else {
        out.append((char) c);
        at++;
      }
    }
  }

  private boolean closes(int level) {
    int i = at + 1;
    while (i < source.length && source[i] == '=') {
      i++;
    }
    return i - at - 1 == level && i < source.length && source[i] == ']';
  }

  private LuaString quoted(int quote) {
    StringBuilder out = new StringBuilder();
    at++;
    while (current() != quote) {
      int c = current();
      switch (c) {
        case -1 -> throw error("unfinished string", END_OF_TEXT);
        case '\n', '\r' -> throw unfinished();
        case '\\' -> {
          at++;
          escape(out);
        }
        default -> {
          out.append((char) c);
          at++;
        }
      }
    }
    at++;
    return shared(LuaString.of(out.toString()));
  }

  private LuaError unfinished() {
    token = 0;
    return error("unfinished string", STRING);
  }

  private void escape(StringBuilder out) {
    int c = current();
    switch (c) {
      case -1 -> {}
      case 'a' -> put(out, 7);
      case 'b' -> put(out, '\b');
      case 'f' -> put(out, '\f');
      case 'n' -> put(out, '\n');
      case 'r' -> put(out, '\r');
      case 't' -> put(out, '\t');
      case 'v' -> put(out, 0x0b);
      case '\n', '\r' -> {
        out.append('\n');
        newLine();
      }
      default -> {
        if (LuaNumbers.isDigit(c)) {
          decimalEscape(out);
        } else {
          put(out, c);
        }
      }
    }
  }

  private void put(StringBuilder out, int c) {
    out.append((char) c);
    at++;
  }

  private void decimalEscape(StringBuilder out) {
    int start = at - 1;
    int value = 0;
    for (int i = 0; i < 3 && LuaNumbers.isDigit(current()); i++) {
      value = value * 10 + current() - '0';
      at++;
    }
    if (value > 255) {
      at = start;
      token = 0;
      throw error("escape sequence too large", STRING);
    }
    out.append((char) value);
  }
}
