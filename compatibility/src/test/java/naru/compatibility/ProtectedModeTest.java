package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/// Who comes from elsewhere is only served where there is a password, or where none is asked for.
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "redis-server is started on loopback only")
final class ProtectedModeTest {
  private InetAddress elsewhere;

  @BeforeEach
  void findAnAddress() throws SocketException {
    Optional<InetAddress> found =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(Inet4Address.class::isInstance)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .findFirst();
    assumeTrue(found.isPresent(), "this machine has no IPv4 address but loopback");
    elsewhere = found.orElseThrow();
  }

  private Broker start(String option, String value) {
    String addresses = "127.0.0.1 " + elsewhere.getHostAddress();
    return Broker.start(List.of("--bind", addresses, option, value, "--memcached-port", "auto"));
  }

  private static void set(Broker broker, String setting, String value) {
    try (RawClient here = RawClient.to(broker)) {
      here.call("AUTH", "secret");
      assertThat(here.call("CONFIG", "SET", setting, value).text()).isEqualTo("OK");
    }
  }

  @Test
  void whenThePasswordIsTakenAwayOthersThanThisMachineAreTurnedAway() {
    try (Broker broker = start("--requirepass", "secret")) {
      try (RawClient there = RawClient.to(elsewhere, broker.port())) {
        assertThat(there.call("PING").text()).startsWith("-NOAUTH ");
        assertThat(there.call("AUTH", "secret").text()).isEqualTo("OK");
      }
      set(broker, "requirepass", "");
      try (RawClient there = RawClient.to(elsewhere, broker.port());
          RawClient here = RawClient.to(broker)) {
        assertThat(there.readUntilClosed()).startsWith("-DENIED ").endsWith("\r\n");
        assertThat(here.call("PING").text()).isEqualTo("PONG");
      }
      try (RawClient there = RawClient.to(elsewhere, broker.memcachedPort())) {
        assertThat(there.readUntilClosed()).startsWith("ERROR DENIED ").endsWith("\r\n");
      }
      set(broker, "protected-mode", "no");
      try (RawClient there = RawClient.to(elsewhere, broker.port())) {
        assertThat(there.call("PING").text()).isEqualTo("PONG");
      }
    }
  }

  @Test
  void withoutProtectedModeAnybodyIsLetIn() {
    try (Broker broker = start("--protected-mode", "no")) {
      try (RawClient there = RawClient.to(elsewhere, broker.port())) {
        assertThat(there.call("PING").text()).isEqualTo("PONG");
        there.call("CONFIG", "SET", "protected-mode", "yes");
        assertThat(there.call("PING").text()).as("who is in stays").isEqualTo("PONG");
      }
      try (RawClient there = RawClient.to(elsewhere, broker.port())) {
        assertThat(there.readUntilClosed()).startsWith("-DENIED ");
      }
    }
  }
}
