package naru.engine.stream.block;

/// How large a block may grow.
///
/// @param bytesMax as Redis would count them, see [NodeSize]; 0 for no limit
/// @param entriesMax 0 for no limit
public record BlockLimits(long bytesMax, long entriesMax) {
  public static final BlockLimits DEFAULT = new BlockLimits(4096, 100);

  /// No block is larger, whatever the setting, unless it has but one entry.
  private static final long BYTES_MOST = 1L << 30;

  public boolean haveRoomFor(long bytes, int entries) {
    long most = bytesMax == 0 ? BYTES_MOST : Math.min(bytesMax, BYTES_MOST);
    return bytes < most && (entriesMax == 0 || entries < entriesMax);
  }
}
