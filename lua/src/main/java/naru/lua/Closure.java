package naru.lua;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A function of a script, with the variables that it has captured.
public final class Closure extends LuaFunction {
  private static final int CALL_COST = 8;
  private static final int FEW = 16;

  private final Prototype prototype;
  private final Variable.Cell[] cells;
  private int number;

  Closure(Prototype prototype, Variable.Cell[] cells) {
    this.prototype = prototype;
    this.cells = cells;
  }

  Prototype prototype() {
    return prototype;
  }

  Variable.Cell cell(int index) {
    return cells[index];
  }

  /// As [LuaTable#number].
  int number() {
    return number;
  }

  Closure numbered(int newNumber) {
    number = newNumber;
    return this;
  }

  @Override
  public @Nullable Object call(Machine machine, @Nullable Object[] arguments) {
    return run(machine, frame(machine, arguments));
  }

  private Frame frame(Machine machine, @Nullable Object[] arguments) {
    Frame frame = new Frame(machine, this);
    int given = Math.min(arguments.length, prototype.parameters);
    System.arraycopy(arguments, 0, frame.slots, 0, given);
    if (prototype.variadic && arguments.length > prototype.parameters) {
      frame.varargs = Arrays.copyOfRange(arguments, prototype.parameters, arguments.length);
    }
    return frame;
  }

  /// Runs a frame whose parameters are in its slots.
  static @Nullable Object run(Machine machine, Frame first) {
    Frame frame = first;
    Frame caller = machine.frame;
    int depth = machine.depth;
    while (true) {
      Prototype prototype = frame.closure.prototype;
      machine.meter().step();
      if (frame.varargs.length > FEW) {
        machine.meter().allocate(8L * frame.varargs.length);
      }
      machine.depth = depth + prototype.cost + CALL_COST;
      if (machine.depth > machine.depthMax()) {
        machine.depth = depth;
        throw machine.error("stack overflow");
      }
      frame.caller = caller;
      machine.frame = frame;
      for (int i = 0; i < prototype.parameters; i++) {
        if (prototype.capturedParameters[i]) {
          frame.slots[i] = new Variable.Cell(frame.slots[i]);
        }
      }
      prototype.body.execute(frame);
      Closure tail = frame.tail;
      if (tail == null) {
        machine.frame = caller;
        machine.depth = depth;
        return frame.result;
      }
      frame = tail.frame(machine, frame.tailArguments);
    }
  }
}
