package naru.simulator;

/// The simulated broker did something that it must not do. The message is for people: what was
/// wrong, the seed, and what happened before.
public final class SimulationFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SimulationFailure(String message) {
    super(message);
  }

  SimulationFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
