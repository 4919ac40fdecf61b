package naru.rdb;

/// The bytes are not what the format says, or are of something that there is not here.
///
/// The only way in which reading fails.
public final class MalformedRdb extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long offset;

  /// @param offset of the byte, from the beginning of the file or payload
  /// @param what is wrong there, to follow "at offset 7: "
  public MalformedRdb(long offset, String what) {
    super("at offset " + offset + ": " + what);
    this.offset = offset;
  }

  /// Where reading could not go on.
  public long offset() {
    return offset;
  }
}
