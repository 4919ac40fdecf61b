package naru.lua;

import org.jspecify.annotations.Nullable;

/// `function(arguments)`, `self:method(arguments)`.
final class Call extends Expression {
  private static final Expression[] NONE = {};

  /// Stands for an operator that a metatable turns into a call.
  static final Call OPERATOR = new Call(new Constant(null), null, NONE, 0);

  private final Expression callee;
  private final @Nullable LuaString method;
  private final Expression[] arguments;
  private final boolean fixed;
  private final int line;

  Call(Expression callee, @Nullable LuaString method, Expression[] arguments, int line) {
    super(deepest(callee, arguments));
    this.callee = callee;
    this.method = method;
    this.arguments = arguments.length == 0 ? NONE : arguments;
    this.fixed = arguments.length == 0 || !arguments[arguments.length - 1].isMultiple();
    this.line = line;
  }

  private static Expression deepest(Expression callee, Expression[] arguments) {
    Expression deepest = callee;
    for (Expression argument : arguments) {
      deepest = argument.depth > deepest.depth ? argument : deepest;
    }
    return deepest;
  }

  boolean isMethod() {
    return method != null;
  }

  /// The name by which it calls; null if it has none.
  @Nullable String name() {
    if (method != null) {
      return method.toString();
    }
    String described = callee.describe();
    return described == null
        ? null
        : described.substring(described.indexOf('\'') + 1, described.length() - 1);
  }

  private @Nullable String describeCallee() {
    return method == null ? callee.describe() : "method '" + method + "'";
  }

  @Override
  boolean isMultiple() {
    return true;
  }

  @Override
  @Nullable Object value(Frame frame) {
    return Values.first(result(frame));
  }

  @Override
  @Nullable Object result(Frame frame) {
    Machine machine = frame.machine;
    Object self = null;
    Object function = callee.value(frame);
    if (method != null) {
      self = function;
      frame.line = line;
      function = machine.index(self, method, callee.describe());
    }
    if (fixed && function instanceof Closure closure && !closure.prototype().variadic) {
      Frame called = frame(closure, self, frame);
      frame.line = line;
      frame.site = this;
      return Closure.run(machine, called);
    }
    @Nullable Object[] values = values(self, frame);
    frame.line = line;
    frame.site = this;
    if (function instanceof LuaFunction callable) {
      return callable.call(machine, values);
    }
    return machine
        .callable(function, describeCallee())
        .call(machine, Machine.withSelf(function, values));
  }

  /// Evaluates the arguments right into the slots of the parameters.
  private Frame frame(Closure closure, @Nullable Object self, Frame frame) {
    Frame called = new Frame(frame.machine, closure);
    int parameters = closure.prototype().parameters;
    int at = 0;
    if (method != null) {
      if (parameters > 0) {
        called.slots[0] = self;
      }
      at = 1;
    }
    for (Expression argument : arguments) {
      Object value = argument.value(frame);
      if (at < parameters) {
        called.slots[at] = value;
      }
      at++;
    }
    return called;
  }

  private @Nullable Object[] values(@Nullable Object self, Frame frame) {
    @Nullable Object[] values = values(arguments, frame);
    return method == null ? values : Machine.withSelf(self, values);
  }

  /// Calls in the place of the running function, which returns what this gives.
  void tailCall(Frame frame) {
    Object self = null;
    Object function = callee.value(frame);
    if (method != null) {
      self = function;
      frame.line = line;
      function = frame.machine.index(self, method, callee.describe());
    }
    @Nullable Object[] values = values(self, frame);
    frame.line = line;
    frame.site = this;
    if (function instanceof Closure closure) {
      frame.tail = closure;
      frame.tailArguments = values;
    } else if (function instanceof LuaFunction callable) {
      frame.result = callable.call(frame.machine, values);
    } else {
      frame.result =
          frame
              .machine
              .callable(function, describeCallee())
              .call(frame.machine, Machine.withSelf(function, values));
    }
  }
}
