package naru.log;

/// The log cannot be read on without guessing, so nothing was started and nothing was changed.
public final class DamagedLog extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final long offset;
  private final String expected;
  private final String found;
  private final String advice;

  DamagedLog(String file, long offset, String expected, String found, String advice) {
    super(
        "damaged log: %s, offset %d: expected %s, found %s. %s"
            .formatted(file, offset, expected, found, advice));
    this.file = file;
    this.offset = offset;
    this.expected = expected;
    this.found = found;
    this.advice = advice;
  }

  /// Damage at a place from which on the operator may choose to give the log up.
  static DamagedLog at(String file, long offset, long position, String expected, String found) {
    String advice =
        ("Nothing was changed. Put back a good copy of the file, or start from a backup. Or, to go"
                + " on without everything from position %d on, have what is whole written into a"
                + " new directory: naru repair DIR --to NEWDIR.")
            .formatted(position);
    return new DamagedLog(file, offset, expected, found, advice);
  }

  /// Damage in records that the snapshot from which the start begins has already.
  static DamagedLog covered(String file, long offset, String expected, String found) {
    return new DamagedLog(
        file,
        offset,
        expected,
        found,
        "Nothing was changed. Put back a good copy of the file. Or have all that is whole written"
            + " into a new directory, without loss, for the snapshot has what this record said:"
            + " naru repair DIR --to NEWDIR.");
  }

  public String file() {
    return file;
  }

  public long offset() {
    return offset;
  }

  public String expected() {
    return expected;
  }

  public String found() {
    return found;
  }

  /// What a person can do about it.
  public String advice() {
    return advice;
  }
}
