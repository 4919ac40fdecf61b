package naru.engine;

/// Up to which size hashes, sets and sorted sets are kept packed: Redis' defaults. What has once
/// been unpacked stays so.
public final class PackedLimits {
  /// `hash-max-listpack-entries`: fields of a hash.
  public static final int HASH_FIELDS = 512;

  /// `hash-max-listpack-value`: bytes of a field's name or value.
  public static final int HASH_BYTES = 64;

  /// `set-max-intset-entries`: members of a set of numbers.
  public static final int SET_NUMBERS = 512;

  /// `set-max-listpack-entries`: members of a set.
  public static final int SET_MEMBERS = 128;

  /// `set-max-listpack-value`: bytes of a member of a set.
  public static final int SET_BYTES = 64;

  /// `zset-max-listpack-entries`: members of a sorted set.
  public static final int SORTED_SET_MEMBERS = 128;

  /// `zset-max-listpack-value`: bytes of a member of a sorted set.
  public static final int SORTED_SET_BYTES = 64;

  private PackedLimits() {}
}
