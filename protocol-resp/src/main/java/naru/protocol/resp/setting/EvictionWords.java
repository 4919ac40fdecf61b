package naru.protocol.resp.setting;

import java.util.List;
import naru.reactor.EvictionPolicy;

/// The policies of `maxmemory-policy` in Redis' words. `lrm` is new in Redis 8.6.
public final class EvictionWords {
  /// The first is the one at the start.
  static final List<String> WORDS =
      List.of(
          "noeviction",
          "volatile-lru",
          "volatile-lfu",
          "volatile-lrm",
          "volatile-random",
          "volatile-ttl",
          "allkeys-lru",
          "allkeys-lfu",
          "allkeys-lrm",
          "allkeys-random");

  private EvictionWords() {}

  public static EvictionPolicy policy(String word) {
    return switch (word) {
      case "volatile-lru" -> EvictionPolicy.EXPIRING_RECENCY;
      case "volatile-lfu" -> EvictionPolicy.EXPIRING_FREQUENCY;
      case "volatile-lrm" -> EvictionPolicy.EXPIRING_MODIFICATION;
      case "volatile-random" -> EvictionPolicy.EXPIRING_RANDOM;
      case "volatile-ttl" -> EvictionPolicy.EXPIRING_TIME_TO_LIVE;
      case "allkeys-lru" -> EvictionPolicy.ALL_KEYS_RECENCY;
      case "allkeys-lfu" -> EvictionPolicy.ALL_KEYS_FREQUENCY;
      case "allkeys-lrm" -> EvictionPolicy.ALL_KEYS_MODIFICATION;
      case "allkeys-random" -> EvictionPolicy.ALL_KEYS_RANDOM;
      default -> EvictionPolicy.NO_EVICTION;
    };
  }
}
