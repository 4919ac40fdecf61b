package naru.lua;

import org.jspecify.annotations.Nullable;

/// `a .. b .. c`, which is put together from the right.
final class Concatenation extends Expression {
  private static final int BYTES_A_STEP = 64;

  private final Expression[] operands;
  private final int line;

  Concatenation(Expression[] operands, int line) {
    super(operands);
    this.operands = operands;
    this.line = line;
  }

  @Override
  @Nullable Object value(Frame frame) {
    int count = operands.length;
    @Nullable Object[] values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = operands[i].value(frame);
    }
    frame.line = line;
    int last = count - 1;
    Object right = values[last];
    while (last > 0) {
      LuaString text = frame.machine.toText(right);
      LuaString before = text == null ? null : frame.machine.toText(values[last - 1]);
      if (text == null || before == null) {
        right = byMetamethod(frame, last - 1, values[last - 1], right, last == count - 1);
        last--;
        values[last] = right;
        continue;
      }
      values[last] = text;
      int first = last;
      long length = text.length();
      for (; before != null; before = first == 0 ? null : frame.machine.toText(values[first - 1])) {
        first--;
        values[first] = before;
        length += before.length();
      }
      right = join(frame.machine, values, first, last, length);
      last = first;
    }
    return right;
  }

  private static LuaString join(
      Machine machine, @Nullable Object[] values, int first, int last, long length) {
    machine.announceString(length);
    machine.meter().steps((int) (length / BYTES_A_STEP));
    byte[] joined = new byte[(int) length];
    int at = 0;
    for (int i = first; i <= last; i++) {
      if (values[i] instanceof LuaString part) {
        System.arraycopy(part.bytes(), 0, joined, at, part.length());
        at += part.length();
      }
    }
    return machine.string(joined);
  }

  private @Nullable Object byMetamethod(
      Frame frame, int index, @Nullable Object left, @Nullable Object right, boolean whole) {
    Machine machine = frame.machine;
    Object method = machine.metamethod(left, Names.CONCAT);
    if (method == null) {
      method = machine.metamethod(right, Names.CONCAT);
    }
    if (method != null) {
      return Values.first(machine.callOperator(method, left, right));
    }
    boolean leftIsText = left instanceof LuaString || left instanceof Double;
    String described = null;
    if (!leftIsText) {
      described = operands[index].describe();
    } else if (whole) {
      described = operands[index + 1].describe();
    }
    throw machine.typeError("concatenate", leftIsText ? right : left, described);
  }
}
