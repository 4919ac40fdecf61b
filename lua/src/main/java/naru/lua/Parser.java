package naru.lua;

import static naru.lua.Lexer.describe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a function of the text of a chunk: recursive descent, as the C implementation does it, so
/// that errors are found at the same token.
public final class Parser {
  private static final int NESTING_MAX = 200;
  private static final int DEPTH_MAX = 1000;
  private static final int UNARY_PRIORITY = 8;
  private static final int CONCAT_PRIORITY = 4;

  private final Lexer lexer;
  private final String chunk;
  private Scope scope = new Scope(null, true, 0);
  private int nesting;

  private Parser(LuaString source, String chunk) {
    this.lexer = new Lexer(source, chunk);
    this.chunk = chunk;
  }

  /// The chunk as a function of variable arguments; an error with a position if it is no Lua.
  ///
  /// @param chunk the name for errors: `user_script`
  public static Closure parse(LuaString source, String chunk) {
    Parser parser = new Parser(source, chunk);
    parser.lexer.next();
    Statement body = parser.block();
    parser.check(Lexer.END_OF_TEXT);
    Prototype prototype = parser.prototype(List.of(), body);
    return new Closure(prototype, new Variable.Cell[0]);
  }

  private Prototype prototype(List<Variable.Declared> parameters, Statement body) {
    boolean[] captured = new boolean[parameters.size()];
    for (int i = 0; i < captured.length; i++) {
      captured[i] = parameters.get(i).captured;
    }
    return new Prototype(
        chunk,
        captured.length,
        captured,
        scope.variadic,
        scope.slots(),
        List.copyOf(scope.captures()),
        body,
        scope.deepest);
  }

  // Tokens.

  private boolean at(int token) {
    return lexer.token == token;
  }

  private boolean accept(int token) {
    if (lexer.token != token) {
      return false;
    }
    lexer.next();
    return true;
  }

  private void check(int token) {
    if (lexer.token != token) {
      throw lexer.error("'" + describe(token) + "' expected");
    }
  }

  private void expect(int token) {
    check(token);
    lexer.next();
  }

  private void expectMatch(int token, int opening, int line) {
    if (accept(token)) {
      return;
    }
    if (line == lexer.line) {
      throw lexer.error("'" + describe(token) + "' expected");
    }
    throw lexer.error(
        "'"
            + describe(token)
            + "' expected (to close '"
            + describe(opening)
            + "' at line "
            + line
            + ")");
  }

  private LuaString name() {
    check(Lexer.NAME);
    LuaString name = lexer.text;
    lexer.next();
    return name;
  }

  private void nest() {
    nesting++;
    if (nesting > NESTING_MAX) {
      throw lexer.error("chunk has too many syntax levels", 0);
    }
  }

  // Statements.

  private Statement block() {
    int mark = scope.enter();
    Statement block = openBlock();
    scope.leave(mark);
    return block;
  }

  /// A block whose variables stay visible.
  private Statement openBlock() {
    List<Statement> statements = new ArrayList<>();
    boolean last = false;
    nest();
    scope.deepest = Math.max(scope.deepest, 3 * nesting);
    while (!last && !endsBlock()) {
      last = at(Lexer.RETURN) || at(Lexer.BREAK);
      statements.add(statement());
      accept(';');
    }
    nesting--;
    return new Statement.Block(statements.toArray(new Statement[0]));
  }

  private boolean endsBlock() {
    return at(Lexer.ELSE)
        || at(Lexer.ELSEIF)
        || at(Lexer.END)
        || at(Lexer.END_OF_TEXT)
        || at(Lexer.UNTIL);
  }

  private Statement statement() {
    int line = lexer.line;
    int token = lexer.token;
    if (token == Lexer.IF) {
      return ifStatement(line);
    } else if (token == Lexer.WHILE) {
      return whileStatement(line);
    } else if (token == Lexer.DO) {
      lexer.next();
      Statement block = block();
      expectMatch(Lexer.END, Lexer.DO, line);
      return block;
    } else if (token == Lexer.FOR) {
      return forStatement(line);
    } else if (token == Lexer.REPEAT) {
      return repeatStatement(line);
    } else if (token == Lexer.FUNCTION) {
      return functionStatement(line);
    } else if (token == Lexer.LOCAL) {
      lexer.next();
      return accept(Lexer.FUNCTION) ? localFunction() : localStatement();
    } else if (token == Lexer.RETURN) {
      return returnStatement();
    } else if (token == Lexer.BREAK) {
      lexer.next();
      if (scope.loops == 0) {
        throw lexer.error("no loop to break");
      }
      return new Statement.Break();
    }
    return expressionStatement();
  }

  private Statement ifStatement(int line) {
    List<Expression> conditions = new ArrayList<>();
    List<Statement> blocks = new ArrayList<>();
    do {
      lexer.next();
      conditions.add(expression());
      expect(Lexer.THEN);
      blocks.add(block());
    } while (at(Lexer.ELSEIF));
    if (accept(Lexer.ELSE)) {
      blocks.add(block());
    }
    expectMatch(Lexer.END, Lexer.IF, line);
    return new Statement.If(
        conditions.toArray(new Expression[0]), blocks.toArray(new Statement[0]));
  }

  private Statement whileStatement(int line) {
    lexer.next();
    Expression condition = expression();
    expect(Lexer.DO);
    Statement body = loopBody();
    expectMatch(Lexer.END, Lexer.WHILE, line);
    return new Loop.While(condition, body, line);
  }

  private Statement loopBody() {
    scope.loops++;
    Statement body = block();
    scope.loops--;
    return body;
  }

  private Statement repeatStatement(int line) {
    lexer.next();
    int mark = scope.enter();
    scope.loops++;
    Statement body = openBlock();
    scope.loops--;
    expectMatch(Lexer.UNTIL, Lexer.REPEAT, line);
    Expression condition = expression();
    scope.leave(mark);
    return new Loop.Repeat(body, condition, line);
  }

  private Statement forStatement(int line) {
    lexer.next();
    LuaString first = name();
    int mark = scope.enter();
    Statement loop;
    if (at('=')) {
      loop = numericFor(first, line);
    } else if (at(',') || at(Lexer.IN)) {
      loop = genericFor(first, line);
    } else {
      throw lexer.error("'=' or 'in' expected");
    }
    scope.leave(mark);
    return loop;
  }

  private Statement numericFor(LuaString name, int line) {
    lexer.next();
    Expression first = expression();
    expect(',');
    Expression last = expression();
    Expression step = accept(',') ? expression() : null;
    Variable.Declared variable = scope.declare(name, 0, lexer);
    scope.show(variable);
    expect(Lexer.DO);
    Statement body = loopBody();
    expectMatch(Lexer.END, Lexer.FOR, line);
    return new Loop.Numeric(variable, first, last, step, body, line);
  }

  private Statement genericFor(LuaString first, int line) {
    List<LuaString> names = new ArrayList<>(List.of(first));
    while (accept(',')) {
      names.add(name());
    }
    expect(Lexer.IN);
    int listLine = lexer.line;
    Expression[] list = expressions();
    Variable.Declared[] variables = declare(names);
    for (Variable.Declared variable : variables) {
      scope.show(variable);
    }
    expect(Lexer.DO);
    Statement body = loopBody();
    expectMatch(Lexer.END, Lexer.FOR, line);
    return new Loop.Generic(variables, list, body, listLine);
  }

  private Variable.Declared[] declare(List<LuaString> names) {
    Variable.Declared[] variables = new Variable.Declared[names.size()];
    for (int i = 0; i < variables.length; i++) {
      variables[i] = scope.declare(names.get(i), i, lexer);
    }
    return variables;
  }

  private Statement functionStatement(int line) {
    lexer.next();
    Variable target = scope.find(name(), lexer);
    boolean method = false;
    while (at('.') || at(':')) {
      method = at(':');
      lexer.next();
      LuaString key = name();
      target = new Index(target, new Constant(key), key, lexer.lastLine);
      if (method) {
        break;
      }
    }
    Expression function = function(method, line);
    return new Statement.Assignment(new Variable[] {target}, new Expression[] {function});
  }

  private Statement localFunction() {
    Variable.Declared variable = scope.declare(name(), 0, lexer);
    scope.show(variable);
    return new Statement.LocalFunction(variable, function(false, lexer.line));
  }

  private Statement localStatement() {
    List<LuaString> names = new ArrayList<>();
    do {
      names.add(name());
    } while (accept(','));
    Variable.Declared[] variables = declare(names);
    Expression[] list = accept('=') ? expressions() : new Expression[0];
    for (Variable.Declared variable : variables) {
      scope.show(variable);
    }
    return new Statement.LocalDeclaration(variables, list);
  }

  private Statement returnStatement() {
    lexer.next();
    boolean empty = endsBlock() || at(';');
    return new Statement.Return(empty ? new Expression[0] : expressions());
  }

  private Statement expressionStatement() {
    Expression first = suffixed();
    noteDepth(first);
    if (first instanceof Call call) {
      return new Statement.CallStatement(call);
    }
    List<Variable> targets = new ArrayList<>();
    targets.add(variable(first));
    while (accept(',')) {
      nest();
      Expression next = suffixed();
      noteDepth(next);
      targets.add(variable(next));
    }
    nesting -= targets.size() - 1;
    expect('=');
    return new Statement.Assignment(targets.toArray(new Variable[0]), expressions());
  }

  private Variable variable(Expression expression) {
    if (expression instanceof Variable variable) {
      return variable;
    }
    throw lexer.error("syntax error");
  }

  // Expressions.

  private Expression[] expressions() {
    List<Expression> list = new ArrayList<>();
    do {
      list.add(expression());
    } while (accept(','));
    return list.toArray(new Expression[0]);
  }

  private Expression expression() {
    Expression expression = operation(0);
    noteDepth(expression);
    return expression;
  }

  private void noteDepth(Expression expression) {
    if (expression.depth > DEPTH_MAX) {
      throw lexer.error("chunk has too many syntax levels", 0);
    }
    scope.deepest = Math.max(scope.deepest, 3 * nesting + expression.depth);
  }

  private Expression operation(int limit) {
    nest();
    Expression left = operand();
    while (leftPriority(lexer.token) > limit) {
      int operator = lexer.token;
      int line = lexer.line;
      lexer.next();
      if (operator == Lexer.CONCAT) {
        left = concatenation(left, line);
      } else {
        left = binary(operator, left, operation(rightPriority(operator)), line);
      }
      if (left.depth > DEPTH_MAX) {
        throw lexer.error("chunk has too many syntax levels", 0);
      }
    }
    nesting--;
    return left;
  }

  /// All operands of a row of `..`, which C nests, so that each is a level.
  private Expression concatenation(Expression first, int line) {
    List<Expression> operands = new ArrayList<>(List.of(first));
    int before = nesting;
    do {
      operands.add(operation(CONCAT_PRIORITY + 1));
      nest();
    } while (accept(Lexer.CONCAT));
    nesting = before;
    return new Concatenation(operands.toArray(new Expression[0]), line);
  }

  private static int leftPriority(int operator) {
    if (operator == Lexer.OR) {
      return 1;
    }
    if (operator == Lexer.AND) {
      return 2;
    }
    return switch (operator) {
      case '<', '>', Lexer.LE, Lexer.GE, Lexer.NE, Lexer.EQ -> 3;
      case Lexer.CONCAT -> CONCAT_PRIORITY + 1;
      case '+', '-' -> 6;
      case '*', '/', '%' -> 7;
      case '^' -> 10;
      default -> -1;
    };
  }

  private static int rightPriority(int operator) {
    return operator == '^' ? 9 : leftPriority(operator);
  }

  private static Expression binary(int operator, Expression left, Expression right, int line) {
    if (operator == Lexer.OR || operator == Lexer.AND) {
      return new Operator.Either(operator == Lexer.OR, left, right);
    }
    return switch (operator) {
      case Lexer.EQ, Lexer.NE -> new Operator.Equality(operator == Lexer.EQ, left, right, line);
      case '<' -> new Operator.Order(true, false, left, right, line);
      case Lexer.LE -> new Operator.Order(false, false, left, right, line);
      case '>' -> new Operator.Order(true, true, left, right, line);
      case Lexer.GE -> new Operator.Order(false, true, left, right, line);
      default -> new Operator.Arithmetic((char) operator, left, right, line);
    };
  }

  private Expression operand() {
    int line = lexer.line;
    if (accept(Lexer.NOT)) {
      return new Operator.Not(operation(UNARY_PRIORITY));
    }
    if (accept('-')) {
      return new Operator.Negation(operation(UNARY_PRIORITY), line);
    }
    if (accept('#')) {
      return new Operator.Length(operation(UNARY_PRIORITY), line);
    }
    return simple();
  }

  private Expression simple() {
    int token = lexer.token;
    if (token == Lexer.NUMBER) {
      return constant(lexer.number);
    } else if (token == Lexer.STRING) {
      return constant(lexer.text);
    } else if (token == Lexer.NIL) {
      return constant(null);
    } else if (token == Lexer.TRUE) {
      return constant(true);
    } else if (token == Lexer.FALSE) {
      return constant(false);
    } else if (token == Lexer.DOTS) {
      if (!scope.variadic) {
        throw lexer.error("cannot use '...' outside a vararg function");
      }
      lexer.next();
      return new Operator.Varargs();
    } else if (token == '{') {
      return constructor();
    } else if (token == Lexer.FUNCTION) {
      lexer.next();
      return function(false, lexer.line);
    }
    return suffixed();
  }

  private Expression constant(@Nullable Object value) {
    lexer.next();
    return new Constant(value);
  }

  private Expression prefix() {
    if (at('(')) {
      int line = lexer.line;
      lexer.next();
      Expression inner = expression();
      expectMatch(')', '(', line);
      return inner instanceof Constant ? inner : new Operator.Parenthesized(inner);
    }
    if (at(Lexer.NAME)) {
      return scope.find(name(), lexer);
    }
    throw lexer.error("unexpected symbol");
  }

  private Expression suffixed() {
    Expression expression = prefix();
    while (true) {
      int line = lexer.line;
      switch (lexer.token) {
        case '.' -> {
          lexer.next();
          LuaString key = name();
          expression = new Index(expression, new Constant(key), key, lexer.lastLine);
        }
        case '[' -> {
          lexer.next();
          Expression key = expression();
          expect(']');
          expression = index(expression, key);
        }
        case ':' -> {
          lexer.next();
          LuaString method = name();
          expression = call(expression, method, line);
        }
        case '(', '{', Lexer.STRING -> expression = call(expression, null, line);
        default -> {
          return expression;
        }
      }
      if (expression.depth > DEPTH_MAX) {
        throw lexer.error("chunk has too many syntax levels", 0);
      }
    }
  }

  private Expression index(Expression holder, Expression key) {
    LuaString name = key instanceof Constant constant ? constant.string() : null;
    return new Index(holder, key, name, lexer.lastLine);
  }

  private Expression call(Expression callee, @Nullable LuaString method, int line) {
    int openLine = lexer.line;
    Expression[] arguments;
    if (at('(')) {
      if (openLine != lexer.lastLine) {
        throw lexer.error("ambiguous syntax (function call x new statement)");
      }
      lexer.next();
      arguments = at(')') ? new Expression[0] : expressions();
      expectMatch(')', '(', openLine);
    } else if (at('{')) {
      arguments = new Expression[] {constructor()};
    } else if (at(Lexer.STRING)) {
      arguments = new Expression[] {constant(lexer.text)};
    } else {
      throw lexer.error("function arguments expected");
    }
    return new Call(callee, method, arguments, method == null ? line : openLine);
  }

  private Expression constructor() {
    int line = lexer.line;
    expect('{');
    List<TableConstructor.Field> fields = new ArrayList<>();
    Expression deepest = new Constant(null);
    while (!at('}')) {
      TableConstructor.Field field = field();
      fields.add(field);
      Expression key = field.key();
      deepest = key != null && key.depth > deepest.depth ? key : deepest;
      deepest = field.value().depth > deepest.depth ? field.value() : deepest;
      if (!accept(',') && !accept(';')) {
        break;
      }
    }
    expectMatch('}', '{', line);
    return new TableConstructor(fields.toArray(new TableConstructor.Field[0]), deepest);
  }

  private TableConstructor.Field field() {
    int line = lexer.line;
    if (at('[')) {
      lexer.next();
      Expression key = expression();
      expect(']');
      expect('=');
      return new TableConstructor.Field(key, expression(), line);
    }
    if (at(Lexer.NAME) && lexer.peek() == '=') {
      Expression key = new Constant(name());
      expect('=');
      return new TableConstructor.Field(key, expression(), line);
    }
    return new TableConstructor.Field(null, expression(), line);
  }

  private Expression function(boolean method, int line) {
    List<LuaString> names = new ArrayList<>();
    if (method) {
      names.add(LuaString.of("self"));
    }
    expect('(');
    boolean variadic = parameters(names);
    expect(')');
    Scope outer = scope;
    scope = new Scope(outer, variadic, line);
    List<Variable.Declared> parameters = new ArrayList<>();
    for (LuaString name : names) {
      Variable.Declared parameter = scope.declare(name, 0, lexer);
      parameters.add(parameter);
      scope.show(parameter);
    }
    Statement body = block();
    expectMatch(Lexer.END, Lexer.FUNCTION, line);
    Prototype prototype = prototype(parameters, body);
    scope = outer;
    return new FunctionExpression(prototype);
  }

  private boolean parameters(List<LuaString> names) {
    if (at(')')) {
      return false;
    }
    do {
      if (accept(Lexer.DOTS)) {
        return true;
      }
      if (!at(Lexer.NAME)) {
        throw lexer.error("<name> or '...' expected");
      }
      names.add(name());
    } while (accept(','));
    return false;
  }
}
