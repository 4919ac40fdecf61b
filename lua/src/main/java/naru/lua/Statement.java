package naru.lua;

import org.jspecify.annotations.Nullable;

/// A piece of a chunk that does something.
abstract class Statement {
  /// It is done; the statement after it is next.
  static final int NEXT = 0;

  /// The innermost loop is to be left.
  static final int BREAK = 1;

  /// The function is to be left; its result is in the frame.
  static final int RETURN = 2;

  abstract int execute(Frame frame);

  /// Statements in their order.
  static final class Block extends Statement {
    private final Statement[] statements;

    Block(Statement[] statements) {
      this.statements = statements;
    }

    @Override
    int execute(Frame frame) {
      for (Statement statement : statements) {
        int outcome = statement.execute(frame);
        if (outcome != NEXT) {
          return outcome;
        }
      }
      return NEXT;
    }
  }

  static final class Break extends Statement {
    @Override
    int execute(Frame frame) {
      return BREAK;
    }
  }

  static final class Return extends Statement {
    private final Expression[] list;

    Return(Expression[] list) {
      this.list = list;
    }

    @Override
    int execute(Frame frame) {
      if (list.length == 1) {
        if (list[0] instanceof Call call) {
          call.tailCall(frame);
        } else {
          frame.result = list[0].result(frame);
        }
      } else {
        frame.result = Values.of(Expression.values(list, frame));
      }
      return RETURN;
    }
  }

  static final class CallStatement extends Statement {
    private final Call call;

    CallStatement(Call call) {
      this.call = call;
    }

    @Override
    int execute(Frame frame) {
      call.result(frame);
      return NEXT;
    }
  }

  static final class LocalDeclaration extends Statement {
    private final Variable.Declared[] variables;
    private final Expression[] list;

    LocalDeclaration(Variable.Declared[] variables, Expression[] list) {
      this.variables = variables;
      this.list = list;
    }

    @Override
    int execute(Frame frame) {
      if (variables.length == 1 && list.length == 1) {
        variables[0].begin(frame, list[0].value(frame));
        return NEXT;
      }
      @Nullable Object[] values = Expression.values(list, frame);
      for (int i = 0; i < variables.length; i++) {
        variables[i].begin(frame, i < values.length ? values[i] : null);
      }
      return NEXT;
    }
  }

  static final class LocalFunction extends Statement {
    private final Variable.Declared variable;
    private final Expression function;

    LocalFunction(Variable.Declared variable, Expression function) {
      this.variable = variable;
      this.function = function;
    }

    @Override
    int execute(Frame frame) {
      variable.begin(frame, null);
      Object value = function.value(frame);
      if (frame.slots[variable.slot] instanceof Variable.Cell cell) {
        cell.value = value;
      } else {
        frame.slots[variable.slot] = value;
      }
      return NEXT;
    }
  }

  static final class Assignment extends Statement {
    private final Variable[] targets;
    private final Expression[] list;

    Assignment(Variable[] targets, Expression[] list) {
      this.targets = targets;
      this.list = list;
    }

    @Override
    int execute(Frame frame) {
      if (targets.length == 1 && list.length == 1) {
        if (targets[0] instanceof Index index) {
          Object holder = index.holder(frame);
          Object key = index.key(frame);
          index.assign(frame, holder, key, list[0].value(frame));
        } else {
          targets[0].assign(frame, list[0].value(frame));
        }
        return NEXT;
      }
      return executeAll(frame);
    }

    private int executeAll(Frame frame) {
      @Nullable Object[] parts = new @Nullable Object[2 * targets.length];
      for (int i = 0; i < targets.length; i++) {
        if (targets[i] instanceof Index index) {
          parts[2 * i] = index.holder(frame);
          parts[2 * i + 1] = index.key(frame);
        }
      }
      @Nullable Object[] values = Expression.values(list, frame);
      for (int i = targets.length - 1; i >= 0; i--) {
        Object value = i < values.length ? values[i] : null;
        if (targets[i] instanceof Index index) {
          index.assign(frame, parts[2 * i], parts[2 * i + 1], value);
        } else {
          targets[i].assign(frame, value);
        }
      }
      return NEXT;
    }
  }

  static final class If extends Statement {
    private final Expression[] conditions;
    private final Statement[] blocks;

    /// @param blocks one for each condition, and perhaps one more for none
    If(Expression[] conditions, Statement[] blocks) {
      this.conditions = conditions;
      this.blocks = blocks;
    }

    @Override
    int execute(Frame frame) {
      for (int i = 0; i < conditions.length; i++) {
        if (conditions[i].test(frame)) {
          return blocks[i].execute(frame);
        }
      }
      return blocks.length > conditions.length ? blocks[conditions.length].execute(frame) : NEXT;
    }
  }
}
