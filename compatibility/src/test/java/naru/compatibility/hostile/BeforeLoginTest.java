package naru.compatibility.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import naru.compatibility.Broker;
import naru.compatibility.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With a password set, a stranger may say little and reserve nothing.
final class BeforeLoginTest {
  private static Broker broker;

  @BeforeAll
  static void setAPassword() {
    broker = Broker.start();
    try (RawClient client = RawClient.to(broker)) {
      assertThat(client.call("CONFIG", "SET", "requirepass", "secret").text()).isEqualTo("OK");
    }
  }

  @AfterAll
  static void close() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*11\r\n", "*2147483647\r\n"})
  void aStrangerMayNotAnnounceMoreThanTenWords(String bytes) {
    try (RawClient client = RawClient.to(broker)) {
      assertThat(client.write(bytes).readUntilClosed())
          .isEqualTo("-ERR Protocol error: unauthenticated multibulk length\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*1\r\n$16385\r\n", "*1\r\n$536870912\r\n"})
  void aStrangerMayNotAnnounceMoreThan16Kilobytes(String bytes) {
    try (RawClient client = RawClient.to(broker)) {
      assertThat(client.write(bytes).readUntilClosed())
          .isEqualTo("-ERR Protocol error: unauthenticated bulk length\r\n");
    }
  }

  @Test
  void aStrangerIsToldToLogIn() {
    try (RawClient client = RawClient.to(broker)) {
      assertThat(client.call("GET", "a").text()).isEqualTo("-NOAUTH Authentication required.");
      assertThat(client.call("PING").text()).isEqualTo("-NOAUTH Authentication required.");
      assertThat(client.call("NOSUCH").text())
          .isEqualTo("-ERR unknown command 'NOSUCH', with args beginning with: ");
      // The versions of Redis differ in the middle of the sentence.
      assertThat(client.call("HELLO", "3").text())
          .startsWith("-NOAUTH HELLO must be called with the client already authenticated")
          .endsWith("and select the RESP protocol version at the same time");
    }
  }

  @Test
  void aWrongPasswordIsRefusedAndTheRightOneTaken() {
    try (RawClient client = RawClient.to(broker)) {
      assertThat(client.call("AUTH", "wrong").text())
          .isEqualTo("-WRONGPASS invalid username-password pair or user is disabled.");
      assertThat(client.call("HELLO", "3", "AUTH", "default", "wrong").text())
          .isEqualTo("-WRONGPASS invalid username-password pair or user is disabled.");
      assertThat(client.call("AUTH", "secret").text()).isEqualTo("OK");
      assertThat(client.call("SET", "a", "b".repeat(100_000)).text()).isEqualTo("OK");
    }
  }

  @Test
  void theLimitsOfAStrangerEndWithTheLogin() {
    try (RawClient client = RawClient.to(broker)) {
      client.write("*2\r\n$4\r\nAUTH\r\n$6\r\nsecret\r\n*11\r\n$4\r\nMGET\r\n");
      client.write("$1\r\na\r\n".repeat(10));
      assertThat(client.read().text()).isEqualTo("OK");
      assertThat(client.read().items()).hasSize(10);
    }
  }
}
