package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BrokerTest {
  @Test
  void endsWithZeroAtSigtermAndKeepsEverything() {
    try (Broker broker = Broker.start()) {
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("SET", "name", "naru").text()).isEqualTo("OK");
      }
      assertThat(broker.stop()).isZero();
      broker.restart();
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("GET", "name").text()).isEqualTo("naru");
      }
    }
  }

  @Test
  void keepsEverythingAcknowledgedWhenKilled() {
    try (Broker broker = Broker.start()) {
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("RPUSH", "list", "a", "b").whole()).isEqualTo(2);
      }
      broker.kill9();
      broker.restart();
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("LRANGE", "list", "0", "-1").texts()).containsExactly("a", "b");
      }
    }
  }

  @Test
  void answersAClientThatEndsItsOutputAtOnce() {
    try (Broker broker = Broker.start();
        RawClient client = RawClient.to(broker)) {
      client.write("SET name naru\r\nGET name\r\n").endOutput();
      assertThat(client.readUntilClosed()).isEqualTo("+OK\r\n$4\r\nnaru\r\n");
    }
  }
}
