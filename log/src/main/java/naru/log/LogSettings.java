package naru.log;

/// How a [LocalLog] keeps its records.
///
/// @param durability when a record counts as safe
/// @param fileBytesMax a file that would grow beyond this is followed by a new one
/// @param keepBytes how much buffer is kept between records; more is given back
/// @param quickSyncNs under `always`, while syncs take less than this many nanoseconds, the caller
///     waits for them; 0: it never does
/// @param reserveBytes the disk counts as full when it has less room than this
public record LogSettings(
    Durability durability, long fileBytesMax, int keepBytes, long quickSyncNs, long reserveBytes) {
  public static final LogSettings DEFAULTS =
      new LogSettings(Durability.ALWAYS, 256L << 20, 1 << 20, 0, 64L << 20);

  public LogSettings {
    if (fileBytesMax < 1) {
      throw new IllegalArgumentException("log file size: " + fileBytesMax);
    }
    if (reserveBytes < 0) {
      throw new IllegalArgumentException("log reserve: " + reserveBytes);
    }
    if (keepBytes < LogFormat.RECORD_HEADER_BYTES) {
      throw new IllegalArgumentException("log buffer size: " + keepBytes);
    }
  }

  /// Goes on until the disk is full to the last byte.
  public LogSettings(Durability durability, long fileBytesMax, int keepBytes, long quickSyncNs) {
    this(durability, fileBytesMax, keepBytes, quickSyncNs, 0);
  }

  public LogSettings with(Durability other) {
    return new LogSettings(other, fileBytesMax, keepBytes, quickSyncNs, reserveBytes);
  }

  public LogSettings withQuickSyncs(long otherQuickSyncNs) {
    return new LogSettings(durability, fileBytesMax, keepBytes, otherQuickSyncNs, reserveBytes);
  }

  public LogSettings withReserve(long bytes) {
    return new LogSettings(durability, fileBytesMax, keepBytes, quickSyncNs, bytes);
  }
}
