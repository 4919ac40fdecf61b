package naru.world;

/// The disk or the network let us down. Says what was tried, on what, and the system's own words.
public final class WorldFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WorldFailure(String what, Throwable cause) {
    super(what + ": " + cause.getMessage(), cause);
  }

  public WorldFailure(String what) {
    super(what);
  }
}
