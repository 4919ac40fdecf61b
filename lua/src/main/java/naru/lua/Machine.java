package naru.lua;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A Lua state: globals, the running call, what it may cost, and the rules of values that need more
/// than the value itself.
///
/// It is used on one thread at a time.
public final class Machine {
  static final @Nullable Object[] NOTHING = new Object[0];
  private static final int INDEX_LOOPS_MAX = 100;
  private static final int BUILTIN_COST = 12;
  private static final int STRING_BYTES = 40;
  private static final int STRING_BYTES_MAX = 512 << 20;

  private final Meter meter = new Meter();
  private final int depthMax;
  private int numbers;
  private LuaTable globals;
  private @Nullable LuaTable stringMetatable;
  @Nullable Frame frame;
  int depth;

  /// @param depthMax how deep calls may nest, in steps of the interpreter: about 150 bytes of the
  ///     thread's stack each
  public Machine(int depthMax) {
    this.depthMax = depthMax;
    this.globals = table();
  }

  public Meter meter() {
    return meter;
  }

  int depthMax() {
    return depthMax;
  }

  public LuaTable globals() {
    return globals;
  }

  /// From now on these are the globals, of all functions that there are too.
  public void globals(LuaTable newGlobals) {
    globals = newGlobals;
  }

  public void stringMetatable(LuaTable metatable) {
    stringMetatable = metatable;
  }

  public LuaTable table() {
    return table(0, 0);
  }

  public LuaTable table(int arraySize, int hashSize) {
    return new LuaTable(meter, nextNumber(), arraySize, hashSize);
  }

  int nextNumber() {
    numbers = (numbers + 1) & Integer.MAX_VALUE;
    return numbers;
  }

  /// A new string, which counts as allocated.
  public LuaString string(byte[] bytes) {
    meter.allocate(STRING_BYTES + bytes.length);
    return LuaString.of(bytes);
  }

  public LuaString string(String latin1) {
    meter.allocate(STRING_BYTES + latin1.length());
    return LuaString.of(latin1);
  }

  /// Notes that a string of this length is about to be made; an error if that is too long.
  public void announceString(long length) {
    if (length > STRING_BYTES_MAX) {
      throw new Aborted("not enough memory", 0);
    }
    meter.allocate(length);
  }

  /// Calls a function from outside, as the first there is. What is left of a run that failed goes.
  public @Nullable Object run(LuaFunction function, @Nullable Object... arguments) {
    frame = null;
    depth = 0;
    try {
      return function.call(this, arguments);
    } catch (StackOverflowError deep) {
      throw new Aborted("stack overflow", line());
    }
  }

  /// As the function `pcall`: whether it went well, and the values or the error.
  public @Nullable Object protect(
      @Nullable Object handler, @Nullable Object function, @Nullable Object... arguments) {
    Mark mark = mark();
    try {
      return Values.prepend(true, call(function, arguments));
    } catch (LuaError error) {
      Object value = error.value();
      if (handler == null) {
        backTo(mark);
      } else {
        value = Values.first(call(handler, value));
        backTo(mark);
      }
      return Values.of(false, value);
    }
  }

  /// Whether so much deeper calls would still be in bounds: for what goes on outside of Lua.
  public boolean hasRoom(int deeper) {
    return depth + deeper <= depthMax;
  }

  /// Where the script is, 0 if it does not run.
  public int line() {
    return frame == null ? 0 : frame.line;
  }

  /// The chunk that runs, as errors name it.
  public String chunk() {
    return frame == null ? "" : frame.closure.prototype().chunk;
  }

  /// What C calls a state to come back to after an error.
  private record Mark(@Nullable Frame frame, @Nullable Call site, int depth) {}

  private Mark mark() {
    return new Mark(frame, frame == null ? null : frame.site, depth);
  }

  private void backTo(Mark mark) {
    frame = mark.frame;
    depth = mark.depth;
    if (frame != null) {
      frame.site = mark.site;
    }
  }

  /// Calls a value on behalf of a library's function.
  public @Nullable Object call(@Nullable Object function, @Nullable Object... arguments) {
    return call(null, function, arguments);
  }

  /// Calls what a metatable says on behalf of an operator.
  @Nullable Object callOperator(@Nullable Object function, @Nullable Object... arguments) {
    return call(Call.OPERATOR, function, arguments);
  }

  private @Nullable Object call(
      @Nullable Call by, @Nullable Object function, @Nullable Object... arguments) {
    Frame current = frame;
    Call site = current == null ? null : current.site;
    if (current != null) {
      current.site = by;
    }
    int before = depth;
    depth += BUILTIN_COST;
    if (depth > depthMax) {
      depth = before;
      throw error("stack overflow");
    }
    meter.step();
    @Nullable Object result;
    if (function instanceof LuaFunction callable) {
      result = callable.call(this, arguments);
    } else {
      result = callable(function, null).call(this, withSelf(function, arguments));
    }
    depth = before;
    if (current != null) {
      current.site = site;
    }
    return result;
  }

  /// The function that is called when a value that is none is called; an error if there is none.
  LuaFunction callable(@Nullable Object value, @Nullable String description) {
    if (metamethod(value, Names.CALL) instanceof LuaFunction function) {
      return function;
    }
    throw typeError("call", value, description);
  }

  static @Nullable Object[] withSelf(@Nullable Object self, @Nullable Object[] arguments) {
    @Nullable Object[] all = new @Nullable Object[arguments.length + 1];
    all[0] = self;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }

  // Errors.

  /// An error of the running function, with its place before the message.
  public LuaError error(String message) {
    return new LuaError(string(position(1) + message), line());
  }

  /// An error with no place before the message, as one inside C has none.
  public LuaError plainError(String message) {
    return new LuaError(string(message), line());
  }

  /// An error of the script itself, not of a library's function that it calls.
  LuaError scriptError(String message) {
    return new LuaError(string(place(frame) + message), line());
  }

  /// `chunk:line: ` of the caller at a level, 1 being who called the running library function;
  /// empty where no script runs.
  public String position(int level) {
    Frame at = frame;
    for (int i = 1; i <= level && at != null; i++) {
      if (at.site == null) {
        // A library's function stands in between.
        if (i == level) {
          return "";
        }
        i++;
      }
      if (i == level) {
        return place(at);
      }
      at = at.caller;
    }
    return "";
  }

  private static String place(@Nullable Frame at) {
    return at == null ? "" : at.closure.prototype().chunk + ":" + at.line + ": ";
  }

  LuaError typeError(String action, @Nullable Object value, @Nullable String description) {
    String type = typeName(value);
    return scriptError(
        description == null
            ? "attempt to " + action + " a " + type + " value"
            : "attempt to " + action + " " + description + " (a " + type + " value)");
  }

  LuaError readOnlyError(boolean inScript) {
    String message = "Attempt to modify a readonly table";
    return inScript ? scriptError(message) : plainError(message);
  }

  // Types and metatables.

  public static String typeName(@Nullable Object value) {
    return switch (value) {
      case null -> "nil";
      case Boolean _ -> "boolean";
      case Double _ -> "number";
      case LuaString _ -> "string";
      case LuaTable _ -> "table";
      case LuaFunction _ -> "function";
      default -> "userdata";
    };
  }

  public static boolean isTrue(@Nullable Object value) {
    return value != null && (!(value instanceof Boolean bool) || bool);
  }

  public @Nullable LuaTable metatable(@Nullable Object value) {
    return switch (value) {
      case LuaTable table -> table.metatable();
      case LuaString _ -> stringMetatable;
      case null, default -> null;
    };
  }

  @Nullable Object metamethod(@Nullable Object value, LuaString name) {
    LuaTable metatable = metatable(value);
    return metatable == null ? null : metatable.get(name);
  }

  // Indexing.

  public @Nullable Object index(@Nullable Object holder, @Nullable Object key) {
    return index(holder, key, null);
  }

  @Nullable Object index(
      @Nullable Object holder, @Nullable Object key, @Nullable String description) {
    Object at = holder;
    String described = description;
    for (int i = 0; i < INDEX_LOOPS_MAX; i++) {
      Object method;
      if (at instanceof LuaTable table) {
        Object value = table.get(key);
        LuaTable metatable = table.metatable();
        if (value != null || metatable == null) {
          return value;
        }
        method = metatable.get(Names.INDEX);
        if (method == null) {
          return null;
        }
      } else {
        method = metamethod(at, Names.INDEX);
        if (method == null) {
          throw typeError("index", at, described);
        }
      }
      if (method instanceof LuaFunction function) {
        return Values.first(callOperator(function, at, key));
      }
      at = method;
      described = null;
    }
    throw scriptError("loop in gettable");
  }

  public void setIndex(@Nullable Object holder, @Nullable Object key, @Nullable Object value) {
    setIndex(holder, key, value, null);
  }

  void setIndex(
      @Nullable Object holder,
      @Nullable Object key,
      @Nullable Object value,
      @Nullable String description) {
    Object at = holder;
    String described = description;
    for (int i = 0; i < INDEX_LOOPS_MAX; i++) {
      Object method;
      if (at instanceof LuaTable table) {
        LuaTable metatable = table.metatable();
        method = metatable == null || table.get(key) != null ? null : metatable.get(Names.NEWINDEX);
        if (method == null) {
          if (table.isReadOnly()) {
            throw readOnlyError(true);
          }
          put(table, key, value);
          return;
        }
      } else {
        method = metamethod(at, Names.NEWINDEX);
        if (method == null) {
          throw typeError("index", at, described);
        }
      }
      if (method instanceof LuaFunction function) {
        callOperator(function, at, key, value);
        return;
      }
      at = method;
      described = null;
    }
    throw scriptError("loop in settable");
  }

  private void put(LuaTable table, @Nullable Object key, @Nullable Object value) {
    if (key == null) {
      throw scriptError("table index is nil");
    }
    if (key instanceof Double number && number.isNaN()) {
      throw scriptError("table index is NaN");
    }
    table.set(key, value);
  }

  // Operators.

  /// A number, or a string that reads as one; null for anything else.
  public static @Nullable Double toNumber(@Nullable Object value) {
    return switch (value) {
      case Double number -> number;
      case LuaString string -> LuaNumbers.parse(string);
      case null, default -> null;
    };
  }

  /// The text of a string or a number; null for anything else.
  public @Nullable LuaString toText(@Nullable Object value) {
    return switch (value) {
      case LuaString string -> string;
      case Double number -> string(LuaNumbers.format(number));
      case null, default -> null;
    };
  }

  /// As the function `tostring` does it: what a metatable gives may be anything.
  public @Nullable Object displayed(@Nullable Object value) {
    Object method = metamethod(value, Names.TOSTRING);
    return method == null ? display(value) : Values.first(call(method, value));
  }

  /// The text of any value, without a look at its metatable.
  public LuaString display(@Nullable Object value) {
    LuaString text = toText(value);
    return text == null ? string(displayOther(value)) : text;
  }

  private static String displayOther(@Nullable Object value) {
    return switch (value) {
      case null -> "nil";
      case Boolean bool -> bool.toString();
      case LuaTable table -> "table: " + address(table.number());
      case Closure closure -> "function: " + address(closure.number());
      case LuaFunction _ -> "function: builtin: " + address(0);
      default -> value.toString();
    };
  }

  static String address(int number) {
    return String.format(Locale.ROOT, "0x%012x", 0x7f0000000000L + number * 64L);
  }

  static double arithmetic(int operator, double a, double b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> signed(a / b, a, b);
      case '%' -> signed(a - Math.floor(a / b) * b, a, b);
      case '^' -> Math.pow(a, b);
      default -> -a;
    };
  }

  /// A result that is no number has its sign set, as processors have it.
  private static double signed(double result, double a, double b) {
    return Double.isNaN(result) && !Double.isNaN(a) && !Double.isNaN(b)
        ? LuaNumbers.MINUS_NAN
        : result;
  }

  @Nullable Object arithmetic(
      int operator,
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Expression left,
      @Nullable Expression right) {
    Double x = toNumber(a);
    Double y = toNumber(b);
    if (x != null && y != null) {
      return arithmetic(operator, x, y);
    }
    LuaString name = Names.arithmetic(operator);
    Object method = metamethod(a, name);
    if (method == null) {
      method = metamethod(b, name);
    }
    if (method != null) {
      return Values.first(callOperator(method, a, b));
    }
    boolean blameLeft = x == null;
    Expression blamed = blameLeft ? left : right;
    throw typeError(
        "perform arithmetic on", blameLeft ? a : b, blamed == null ? null : blamed.describe());
  }

  public boolean equal(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    if (a instanceof Double x && b instanceof Double y) {
      return x.doubleValue() == y.doubleValue();
    }
    if (a.equals(b)) {
      return true;
    }
    if (a instanceof LuaTable x && b instanceof LuaTable y) {
      LuaTable first = x.metatable();
      LuaTable second = y.metatable();
      if (first == null || second == null) {
        return false;
      }
      Object method = first.get(Names.EQ);
      return method != null
          && rawEqual(method, second.get(Names.EQ))
          && isTrue(Values.first(callOperator(method, a, b)));
    }
    return false;
  }

  public static boolean rawEqual(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return x.doubleValue() == y.doubleValue();
    }
    return a == null ? b == null : a.equals(b);
  }

  public boolean less(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return x < y;
    }
    if (a instanceof LuaString x && b instanceof LuaString y) {
      return x.compareTo(y) < 0;
    }
    Boolean ordered = typeName(a).equals(typeName(b)) ? ordered(Names.LT, a, b) : null;
    if (ordered == null) {
      throw orderError(a, b);
    }
    return ordered;
  }

  /// As [#less], on behalf of a library's function.
  public boolean lessInLibrary(@Nullable Object a, @Nullable Object b) {
    boolean sameKind =
        (a instanceof Double && b instanceof Double)
            || (a instanceof LuaString && b instanceof LuaString);
    if (!sameKind) {
      Boolean ordered = typeName(a).equals(typeName(b)) ? ordered(Names.LT, a, b) : null;
      if (ordered == null) {
        throw plainError(orderComplaint(a, b));
      }
      return ordered;
    }
    return less(a, b);
  }

  boolean lessOrEqual(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Double x && b instanceof Double y) {
      return x <= y;
    }
    if (a instanceof LuaString x && b instanceof LuaString y) {
      return x.compareTo(y) <= 0;
    }
    if (typeName(a).equals(typeName(b))) {
      Boolean ordered = ordered(Names.LE, a, b);
      if (ordered != null) {
        return ordered;
      }
      Boolean reversed = ordered(Names.LT, b, a);
      if (reversed != null) {
        return !reversed;
      }
    }
    throw orderError(a, b);
  }

  private @Nullable Boolean ordered(LuaString name, @Nullable Object a, @Nullable Object b) {
    Object method = metamethod(a, name);
    if (method == null || !rawEqual(method, metamethod(b, name))) {
      return null;
    }
    return isTrue(Values.first(callOperator(method, a, b)));
  }

  private LuaError orderError(@Nullable Object a, @Nullable Object b) {
    return scriptError(orderComplaint(a, b));
  }

  private static String orderComplaint(@Nullable Object a, @Nullable Object b) {
    String first = typeName(a);
    String second = typeName(b);
    // "boolean" and "number" differ in the third letter, which is what C looks at.
    return first.charAt(2) == second.charAt(2)
        ? "attempt to compare two " + first + " values"
        : "attempt to compare " + first + " with " + second;
  }

  /// The length that `#` gives.
  @Nullable Object lengthOf(@Nullable Object value, Expression operand) {
    return switch (value) {
      case LuaTable table -> (double) table.length();
      case LuaString string -> (double) string.length();
      case null, default -> throw typeError("get length of", value, operand.describe());
    };
  }
}
