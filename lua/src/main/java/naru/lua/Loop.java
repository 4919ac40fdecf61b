package naru.lua;

import org.jspecify.annotations.Nullable;

/// The loops. Each turn is a step of the meter.
final class Loop {
  private Loop() {}

  static final class While extends Statement {
    private final Expression condition;
    private final Statement body;

    private final int line;

    While(Expression condition, Statement body, int line) {
      this.line = line;
      this.condition = condition;
      this.body = body;
    }

    @Override
    int execute(Frame frame) {
      Meter meter = frame.machine.meter();
      frame.line = line;
      while (condition.test(frame)) {
        meter.step();
        int outcome = body.execute(frame);
        if (outcome != NEXT) {
          return outcome == BREAK ? NEXT : outcome;
        }
      }
      return NEXT;
    }
  }

  static final class Repeat extends Statement {
    private final Statement body;
    private final Expression condition;

    private final int line;

    Repeat(Statement body, Expression condition, int line) {
      this.line = line;
      this.body = body;
      this.condition = condition;
    }

    @Override
    int execute(Frame frame) {
      Meter meter = frame.machine.meter();
      frame.line = line;
      do {
        meter.step();
        int outcome = body.execute(frame);
        if (outcome != NEXT) {
          return outcome == BREAK ? NEXT : outcome;
        }
      } while (!condition.test(frame));
      return NEXT;
    }
  }

  /// `for i = first, last, step do`
  static final class Numeric extends Statement {
    private final Variable.Declared variable;
    private final Expression first;
    private final Expression last;
    private final @Nullable Expression step;
    private final Statement body;
    private final int line;

    Numeric(
        Variable.Declared variable,
        Expression first,
        Expression last,
        @Nullable Expression step,
        Statement body,
        int line) {
      this.variable = variable;
      this.first = first;
      this.last = last;
      this.step = step;
      this.body = body;
      this.line = line;
    }

    @Override
    int execute(Frame frame) {
      Object from = first.value(frame);
      Object to = last.value(frame);
      Object by = step == null ? Double.valueOf(1) : step.value(frame);
      double start = number(frame, from, "initial value");
      double limit = number(frame, to, "limit");
      double increment = number(frame, by, "step");
      Meter meter = frame.machine.meter();
      frame.line = line;
      for (double i = start; increment > 0 ? i <= limit : limit <= i; i += increment) {
        meter.step();
        variable.begin(frame, i);
        int outcome = body.execute(frame);
        if (outcome != NEXT) {
          return outcome == BREAK ? NEXT : outcome;
        }
      }
      return NEXT;
    }

    private double number(Frame frame, @Nullable Object value, String what) {
      Double number = Machine.toNumber(value);
      if (number == null) {
        frame.line = line;
        throw frame.machine.scriptError("'for' " + what + " must be a number");
      }
      return number;
    }
  }

  /// `for k, v in list do`
  static final class Generic extends Statement {
    private final Variable.Declared[] variables;
    private final Expression[] list;
    private final Statement body;
    private final int line;

    Generic(Variable.Declared[] variables, Expression[] list, Statement body, int line) {
      this.variables = variables;
      this.list = list;
      this.body = body;
      this.line = line;
    }

    @Override
    int execute(Frame frame) {
      Machine machine = frame.machine;
      @Nullable Object[] values = Expression.values(list, frame);
      Object function = values.length > 0 ? values[0] : null;
      Object state = values.length > 1 ? values[1] : null;
      Object control = values.length > 2 ? values[2] : null;
      while (true) {
        machine.meter().step();
        frame.line = line;
        Object result = call(machine, function, state, control);
        control = Values.first(result);
        if (control == null) {
          return NEXT;
        }
        variables[0].begin(frame, control);
        for (int i = 1; i < variables.length; i++) {
          variables[i].begin(frame, Values.get(result, i));
        }
        int outcome = body.execute(frame);
        if (outcome != NEXT) {
          return outcome == BREAK ? NEXT : outcome;
        }
      }
    }

    private static @Nullable Object call(
        Machine machine,
        @Nullable Object function,
        @Nullable Object state,
        @Nullable Object control) {
      if (function instanceof LuaFunction callable) {
        return callable.call(machine, new @Nullable Object[] {state, control});
      }
      return machine
          .callable(function, null)
          .call(machine, new @Nullable Object[] {function, state, control});
    }
  }
}
