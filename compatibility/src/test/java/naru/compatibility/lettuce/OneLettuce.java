package naru.compatibility.lettuce;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import naru.compatibility.Broker;

/// A Lettuce client of one protocol version; closing it closes all its connections.
final class OneLettuce implements AutoCloseable {
  private final ClientResources resources;
  private final RedisClient client;

  OneLettuce(Broker broker, ProtocolVersion protocol) {
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(Duration.ofMillis(50)))
            .build();
    RedisURI uri = RedisURI.create(broker.uri());
    uri.setClientName("lettuce");
    uri.setTimeout(Duration.ofSeconds(20));
    client = RedisClient.create(resources, uri);
    client.setOptions(ClientOptions.builder().protocolVersion(protocol).build());
  }

  RedisClient client() {
    return client;
  }

  /// Commands on a connection of their own, for what blocks or transacts.
  RedisCommands<String, String> commands() {
    return client.connect().sync();
  }

  @Override
  public void close() {
    client.shutdown(0, 5, TimeUnit.SECONDS);
    resources.shutdown(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
