package naru.engine;

/// Up to which size lists, hashes, sets and sorted sets are kept packed. What has once been
/// unpacked stays so, but for lists.
///
/// How a value is kept is no part of the state: no decision and no op leads to other content
/// because of it. So these may change at any time, and be others in replay. (A snapshot says it all
/// the same, so that values are as they were.)
///
/// @param hashFields `hash-max-listpack-entries`: fields of a hash
/// @param hashBytes `hash-max-listpack-value`: bytes of a field's name or value
/// @param setNumbers `set-max-intset-entries`: members of a set of numbers
/// @param setMembers `set-max-listpack-entries`: members of a set
/// @param setBytes `set-max-listpack-value`: bytes of a member of a set
/// @param sortedSetMembers `zset-max-listpack-entries`: members of a sorted set
/// @param sortedSetBytes `zset-max-listpack-value`: bytes of a member of a sorted set
/// @param listSize `list-max-listpack-size`: elements of a list or, from -1 to -5, 4 to 64 KB
public record PackedLimits(
    long hashFields,
    long hashBytes,
    long setNumbers,
    long setMembers,
    long setBytes,
    long sortedSetMembers,
    long sortedSetBytes,
    long listSize) {
  /// Those of Redis.
  public static final PackedLimits DEFAULT = new PackedLimits(512, 64, 512, 128, 64, 128, 64, -2);

  /// No packed value is larger, whatever the limits: as in Redis, and so that it fits in an array.
  public static final int BYTES_MOST = 1 << 30;

  private static final int NUMBERS_MOST = 1 << 24;
  private static final long COUNTED_LIST_MOST_BYTES = 8192;

  public boolean admitFields(long count) {
    return count <= hashFields;
  }

  /// Whether a set of numbers may have so many.
  public boolean admitNumbers(long count) {
    return count <= Math.min(setNumbers, NUMBERS_MOST);
  }

  /// Whether a list of so many elements, which take so many bytes, may be packed.
  public boolean admitList(long count, long bytes) {
    return count <= listCountMost() && bytes <= listBytesMost();
  }

  /// Whether a list that was larger is small enough to be packed again: half of what is allowed, so
  /// that it does not go to and fro.
  public boolean readmitList(long count, long bytes) {
    return listSize < 0 ? bytes <= listBytesMost() / 2 : count <= listCountMost() / 2;
  }

  /// Whether a list may take more bytes and be packed than one chunk of it holds.
  public boolean admitManyChunks() {
    return listBytesMost() > COUNTED_LIST_MOST_BYTES;
  }

  private long listCountMost() {
    return listSize < 0 ? Long.MAX_VALUE : Math.max(1, listSize);
  }

  private long listBytesMost() {
    return listSize < 0 ? 2048L << Math.min(-listSize, 5) : COUNTED_LIST_MOST_BYTES;
  }
}
