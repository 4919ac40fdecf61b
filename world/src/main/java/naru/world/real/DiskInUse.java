package naru.world.real;

/// The directory belongs to another broker that is running.
public final class DiskInUse extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String directory;
  private final long processId;

  DiskInUse(String directory, long processId) {
    super(
        directory
            + " is in use by another broker"
            + (processId > 0 ? " (process " + processId + ")" : ""));
    this.directory = directory;
    this.processId = processId;
  }

  public String directory() {
    return directory;
  }

  /// The other broker's process, 0 if it is not known.
  public long processId() {
    return processId;
  }
}
