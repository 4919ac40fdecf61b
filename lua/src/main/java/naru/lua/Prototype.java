package naru.lua;

import java.util.List;

/// A function as it is written.
final class Prototype {
  final String chunk;
  final int parameters;
  final boolean[] capturedParameters;
  final boolean variadic;
  final int slots;
  final List<Captured> captures;
  final Statement body;

  /// How deep a call may reach into the stack of the thread, in calls of the interpreter's own.
  final int cost;

  /// A variable of the enclosing function: a local one of its, or one that it has captured itself.
  record Captured(boolean local, int index) {}

  Prototype(
      String chunk,
      int parameters,
      boolean[] capturedParameters,
      boolean variadic,
      int slots,
      List<Captured> captures,
      Statement body,
      int cost) {
    this.chunk = chunk;
    this.parameters = parameters;
    this.capturedParameters = capturedParameters;
    this.variadic = variadic;
    this.slots = slots;
    this.captures = captures;
    this.body = body;
    this.cost = cost;
  }
}
