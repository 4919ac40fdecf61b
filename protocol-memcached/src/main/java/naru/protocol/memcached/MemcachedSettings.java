package naru.protocol.memcached;

import java.util.function.IntSupplier;

/// What can be set.
///
/// @param itemMaxBytes the longest item: key, value, and what memcached would need beside them
/// @param connectionsLimit how many clients may be connected at a time; may change
public record MemcachedSettings(int itemMaxBytes, IntSupplier connectionsLimit) {
  /// As memcached has it, but for the number of connections.
  public static final MemcachedSettings DEFAULTS = new MemcachedSettings(1 << 20, () -> 10_000);

  /// As in memcached, `-I` is between these.
  public static final int ITEM_MIN_BYTES = 1 << 10;

  public static final int ITEM_MAX_BYTES = 1 << 30;

  int connectionsMax() {
    return connectionsLimit.getAsInt();
  }
}
