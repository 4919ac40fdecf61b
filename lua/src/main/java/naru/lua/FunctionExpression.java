package naru.lua;

/// `function (…) … end`
final class FunctionExpression extends Expression {
  private static final int CLOSURE_BYTES = 48;

  private final Prototype prototype;

  FunctionExpression(Prototype prototype) {
    this.prototype = prototype;
  }

  @Override
  Object value(Frame frame) {
    int count = prototype.captures.size();
    Variable.Cell[] cells = new Variable.Cell[count];
    for (int i = 0; i < count; i++) {
      Prototype.Captured captured = prototype.captures.get(i);
      cells[i] = cell(frame, captured);
    }
    frame.machine.meter().allocate(CLOSURE_BYTES + 8L * count);
    return new Closure(prototype, cells).numbered(frame.machine.nextNumber());
  }

  private static Variable.Cell cell(Frame frame, Prototype.Captured captured) {
    if (!captured.local()) {
      return frame.closure.cell(captured.index());
    }
    if (frame.slots[captured.index()] instanceof Variable.Cell cell) {
      return cell;
    }
    throw new IllegalStateException("a captured variable has a cell");
  }
}
