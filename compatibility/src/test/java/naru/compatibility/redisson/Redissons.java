package naru.compatibility.redisson;

import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.Protocol;

/// The way to open Redisson.
final class Redissons {
  /// How long a lock outlives the client that holds it; 30 s unless told.
  static final int WATCHDOG_MS = 1_500;

  private Redissons() {}

  static RedissonClient open(int port) {
    return open(port, Protocol.RESP3);
  }

  static RedissonClient open(int port, Protocol protocol) {
    Config config = new Config();
    config.setProtocol(protocol).setThreads(4).setNettyThreads(2);
    config.setLockWatchdogTimeout(WATCHDOG_MS).setReliableTopicWatchdogTimeout(WATCHDOG_MS);
    config
        .useSingleServer()
        .setAddress("redis://127.0.0.1:" + port)
        .setConnectionMinimumIdleSize(1)
        .setConnectionPoolSize(16)
        .setSubscriptionConnectionMinimumIdleSize(1);
    return Redisson.create(config);
  }
}
