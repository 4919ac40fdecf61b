package naru.reactor;

import naru.engine.UsageClock;

/// Which keys go when memory is short, and in which order.
public enum EvictionPolicy {
  NO_EVICTION(false, Order.NONE),
  ALL_KEYS_RECENCY(false, Order.RECENCY),
  ALL_KEYS_FREQUENCY(false, Order.FREQUENCY),
  ALL_KEYS_MODIFICATION(false, Order.MODIFICATION),
  ALL_KEYS_RANDOM(false, Order.RANDOM),
  EXPIRING_RECENCY(true, Order.RECENCY),
  EXPIRING_FREQUENCY(true, Order.FREQUENCY),
  EXPIRING_MODIFICATION(true, Order.MODIFICATION),
  EXPIRING_RANDOM(true, Order.RANDOM),
  EXPIRING_TIME_TO_LIVE(true, Order.TIME_TO_LIVE);

  /// What is looked at to choose.
  enum Order {
    NONE,
    /// Least recently used first.
    RECENCY,
    /// Least frequently used first.
    FREQUENCY,
    /// Least recently written first.
    MODIFICATION,
    RANDOM,
    /// Soonest to expire first.
    TIME_TO_LIVE
  }

  private final boolean expiringOnly;
  private final Order order;

  EvictionPolicy(boolean expiringOnly, Order order) {
    this.expiringOnly = expiringOnly;
    this.order = order;
  }

  /// Whether keys without an expiry are safe.
  public boolean isForExpiringOnly() {
    return expiringOnly;
  }

  Order order() {
    return order;
  }

  /// What has to be noted of how keys are used.
  public UsageClock clock() {
    return switch (order) {
      case FREQUENCY -> UsageClock.FREQUENCY;
      case MODIFICATION -> UsageClock.MODIFICATION;
      case NONE, RECENCY, RANDOM, TIME_TO_LIVE -> UsageClock.RECENCY;
    };
  }
}
