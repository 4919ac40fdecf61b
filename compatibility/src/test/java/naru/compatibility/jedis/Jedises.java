package naru.compatibility.jedis;

import naru.compatibility.Broker;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.csc.CacheConfig;

/// The ways to open Jedis.
final class Jedises {
  private static final int CONNECTIONS_MAX = 16;

  private Jedises() {}

  /// A pool that many threads may share.
  static RedisClient pool(Broker broker, RedisProtocol protocol) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS_MAX);
    return RedisClient.builder()
        .hostAndPort(address(broker))
        .clientConfig(config(protocol))
        .poolConfig(pool)
        .build();
  }

  /// One that keeps what it has read until it hears that it has changed.
  static RedisClient caching(Broker broker) {
    return RedisClient.builder()
        .hostAndPort(address(broker))
        .clientConfig(config(RedisProtocol.RESP3))
        .cacheConfig(CacheConfig.builder().maxSize(1_000).build())
        .build();
  }

  static Jedis single(Broker broker, RedisProtocol protocol) {
    return new Jedis(address(broker), config(protocol));
  }

  static Connection connection(Broker broker, RedisProtocol protocol) {
    return new Connection(address(broker), config(protocol));
  }

  private static HostAndPort address(Broker broker) {
    return new HostAndPort("127.0.0.1", broker.port());
  }

  private static JedisClientConfig config(RedisProtocol protocol) {
    return DefaultJedisClientConfig.builder()
        .protocol(protocol)
        .clientName("jedis")
        .socketTimeoutMillis(20_000)
        .build();
  }
}
