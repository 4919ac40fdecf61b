package naru.compatibility.spring;

import java.time.Duration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/// The way to connect Spring Data Redis.
final class Springs {
  private Springs() {}

  /// It is started; `destroy()` closes it.
  static LettuceConnectionFactory connect(int port) {
    LettuceConnectionFactory factory =
        new LettuceConnectionFactory(
            new RedisStandaloneConfiguration("127.0.0.1", port),
            LettuceClientConfiguration.builder()
                .commandTimeout(Duration.ofSeconds(20))
                .shutdownQuietPeriod(Duration.ZERO)
                .build());
    factory.afterPropertiesSet();
    factory.start();
    return factory;
  }
}
