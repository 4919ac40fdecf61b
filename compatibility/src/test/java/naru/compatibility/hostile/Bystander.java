package naru.compatibility.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import naru.compatibility.Broker;
import naru.compatibility.RawClient;

/// A well-behaved client that was there before the trouble began, and must not notice any of it.
final class Bystander implements AutoCloseable {
  /// Room for a JVM's garbage; far below what any of the lengths announced here would take.
  private static final long GROWTH_BYTES_MAX = 512L << 20;

  private final Broker broker;
  private final RawClient client;
  private final long residentBytes;

  Bystander(Broker broker) {
    this.broker = broker;
    this.client = RawClient.to(broker);
    this.residentBytes = broker.residentBytes();
    client.call("SET", "bystander", "calm");
  }

  void isUndisturbed() {
    assertThat(client.call("GET", "bystander").text()).isEqualTo("calm");
    try (RawClient newcomer = RawClient.to(broker)) {
      assertThat(newcomer.call("PING").text()).isEqualTo("PONG");
    }
    assertThat(broker.residentBytes() - residentBytes)
        .as("growth of the resident set, in bytes")
        .isLessThan(GROWTH_BYTES_MAX);
  }

  @Override
  public void close() {
    client.close();
  }
}
