package naru.lua;

/// The names under which metatables hold what they change.
public final class Names {
  public static final LuaString INDEX = LuaString.of("__index");
  public static final LuaString METATABLE = LuaString.of("__metatable");
  static final LuaString NEWINDEX = LuaString.of("__newindex");
  static final LuaString CALL = LuaString.of("__call");
  static final LuaString EQ = LuaString.of("__eq");
  static final LuaString LT = LuaString.of("__lt");
  static final LuaString LE = LuaString.of("__le");
  static final LuaString CONCAT = LuaString.of("__concat");
  static final LuaString TOSTRING = LuaString.of("__tostring");
  private static final LuaString ADD = LuaString.of("__add");
  private static final LuaString SUB = LuaString.of("__sub");
  private static final LuaString MUL = LuaString.of("__mul");
  private static final LuaString DIV = LuaString.of("__div");
  private static final LuaString MOD = LuaString.of("__mod");
  private static final LuaString POW = LuaString.of("__pow");
  private static final LuaString UNM = LuaString.of("__unm");

  private Names() {}

  static LuaString arithmetic(int operator) {
    return switch (operator) {
      case '+' -> ADD;
      case '-' -> SUB;
      case '*' -> MUL;
      case '/' -> DIV;
      case '%' -> MOD;
      case '^' -> POW;
      default -> UNM;
    };
  }
}
