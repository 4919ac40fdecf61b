package naru.lua;

import org.jspecify.annotations.Nullable;

/// Expressions of one or two operands.
final class Operator {
  private Operator() {}

  /// `+ - * / % ^`
  static final class Arithmetic extends Expression {
    private final char operator;
    private final Expression left;
    private final Expression right;
    private final int line;

    Arithmetic(char operator, Expression left, Expression right, int line) {
      super(left, right);
      this.operator = operator;
      this.left = left;
      this.right = right;
      this.line = line;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object a = left.value(frame);
      Object b = right.value(frame);
      if (a instanceof Double x && b instanceof Double y) {
        return switch (operator) {
          case '+' -> x + y;
          case '-' -> x - y;
          case '*' -> x * y;
          default -> Machine.arithmetic(operator, x, y);
        };
      }
      frame.line = line;
      return frame.machine.arithmetic(operator, a, b, left, right);
    }
  }

  /// Unary minus.
  static final class Negation extends Expression {
    private final Expression operand;
    private final int line;

    Negation(Expression operand, int line) {
      super(operand);
      this.operand = operand;
      this.line = line;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object value = operand.value(frame);
      if (value instanceof Double number) {
        return -number;
      }
      frame.line = line;
      return frame.machine.arithmetic('~', value, value, operand, operand);
    }
  }

  /// `#`
  static final class Length extends Expression {
    private final Expression operand;
    private final int line;

    Length(Expression operand, int line) {
      super(operand);
      this.operand = operand;
      this.line = line;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object value = operand.value(frame);
      frame.line = line;
      return frame.machine.lengthOf(value, operand);
    }
  }

  /// `not`
  static final class Not extends Expression {
    private final Expression operand;

    Not(Expression operand) {
      super(operand);
      this.operand = operand;
    }

    @Override
    Object value(Frame frame) {
      return test(frame);
    }

    @Override
    boolean test(Frame frame) {
      return !operand.test(frame);
    }
  }

  /// `and`, `or`
  static final class Either extends Expression {
    private final boolean wanted;
    private final Expression left;
    private final Expression right;

    /// @param or whether a left operand that is true will do
    Either(boolean or, Expression left, Expression right) {
      super(left, right);
      this.wanted = or;
      this.left = left;
      this.right = right;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object value = left.value(frame);
      return Machine.isTrue(value) == wanted ? value : right.value(frame);
    }

    @Override
    boolean test(Frame frame) {
      return left.test(frame) == wanted ? wanted : right.test(frame);
    }
  }

  /// `== ~=`
  static final class Equality extends Expression {
    private final boolean equal;
    private final Expression left;
    private final Expression right;
    private final int line;

    Equality(boolean equal, Expression left, Expression right, int line) {
      super(left, right);
      this.equal = equal;
      this.left = left;
      this.right = right;
      this.line = line;
    }

    @Override
    Object value(Frame frame) {
      return test(frame);
    }

    @Override
    boolean test(Frame frame) {
      Object a = left.value(frame);
      Object b = right.value(frame);
      frame.line = line;
      return frame.machine.equal(a, b) == equal;
    }
  }

  /// `< <=`, and with the operands the other way round `> >=`
  static final class Order extends Expression {
    private final boolean strict;
    private final boolean swapped;
    private final Expression left;
    private final Expression right;
    private final int line;

    Order(boolean strict, boolean swapped, Expression left, Expression right, int line) {
      super(left, right);
      this.strict = strict;
      this.swapped = swapped;
      this.left = left;
      this.right = right;
      this.line = line;
    }

    @Override
    Object value(Frame frame) {
      return test(frame);
    }

    @Override
    boolean test(Frame frame) {
      Object first = left.value(frame);
      Object second = right.value(frame);
      Object a = swapped ? second : first;
      Object b = swapped ? first : second;
      if (a instanceof Double x && b instanceof Double y) {
        double p = x;
        double q = y;
        return strict ? p < q : p <= q;
      }
      frame.line = line;
      return strict ? frame.machine.less(a, b) : frame.machine.lessOrEqual(a, b);
    }
  }

  /// `(…)`: exactly one value.
  static final class Parenthesized extends Expression {
    private final Expression inner;

    Parenthesized(Expression inner) {
      super(inner);
      this.inner = inner;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return inner.value(frame);
    }

    @Override
    @Nullable String describe() {
      return inner.describe();
    }
  }

  /// `...`
  static final class Varargs extends Expression {
    @Override
    @Nullable Object value(Frame frame) {
      return frame.varargs.length == 0 ? null : frame.varargs[0];
    }

    @Override
    @Nullable Object result(Frame frame) {
      return Values.of(frame.varargs);
    }

    @Override
    boolean isMultiple() {
      return true;
    }
  }
}
