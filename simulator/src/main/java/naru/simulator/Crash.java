package naru.simulator;

import naru.simulator.check.Checker;

/// The broker's process, or its machine, ends at this very moment. No code under test may catch it.
final class Crash extends Error {
  private static final long serialVersionUID = 1;

  private final transient Checker.End how;

  Crash(Checker.End how) {
    super(how.toString(), null, false, false);
    this.how = how;
  }

  Checker.End how() {
    return how;
  }
}
