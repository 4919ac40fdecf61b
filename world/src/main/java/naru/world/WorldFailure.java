package naru.world;

/// The disk or the network let us down. Says what was tried, on what, and the system's own words.
public final class WorldFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean isNoRoom;

  public WorldFailure(String what, Throwable cause) {
    this(what + ": " + cause.getMessage(), cause, false);
  }

  public WorldFailure(String what) {
    super(what);
    isNoRoom = false;
  }

  private WorldFailure(String what, Throwable cause, boolean isNoRoom) {
    super(what, cause);
    this.isNoRoom = isNoRoom;
  }

  /// The disk is full: what was tried may be tried again once there is room.
  public static WorldFailure noRoom(String what, Throwable cause) {
    return new WorldFailure(what + ": " + cause.getMessage(), cause, true);
  }

  /// Whether the disk is full, and nothing worse has happened.
  public boolean isNoRoom() {
    return isNoRoom;
  }
}
