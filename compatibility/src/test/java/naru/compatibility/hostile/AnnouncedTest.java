package naru.compatibility.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Memory grows with what is sent, not with what is announced, however many announce it.
final class AnnouncedTest {
  private static final int CLIENTS = 300;
  private static final long GROWTH_MAX_BYTES = 64L << 20;

  private static Broker broker;

  @BeforeAll
  static void warmUp() {
    broker = Broker.start();
    for (int i = 0; i < 3; i++) {
      announce("*3\r\n$3\r\nSET\r\n");
    }
  }

  @AfterAll
  static void close() {
    broker.close();
  }

  /// Many clients begin a request and do not end it; returns the memory of the broker then.
  private static long announce(String bytes) {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(RawClient.to(broker).write(bytes));
    }
    try (RawClient other = RawClient.to(broker)) {
      assertThat(other.call("PING").text()).isEqualTo("PONG");
      long resident = broker.residentBytes();
      assertThat(other.call("INFO", "clients").text())
          .contains("connected_clients:" + (CLIENTS + 1) + "\r\n");
      return resident;
    } finally {
      clients.forEach(RawClient::close);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*2147483647",
    "*1;$536870912",
    "*1048576;$536870912",
    "*2147483647;$3;SET;$536870912;abc",
    "*1048576;$0;;$0;;$0;;$536870912",
  })
  void whatIsOnlyAnnouncedTakesNoMemory(String lines) {
    long before = broker.residentBytes();
    long during = announce(lines.replace(";", "\r\n") + "\r\n");
    assertThat(during - before).isLessThan(GROWTH_MAX_BYTES);
    assertThat(broker.isAlive()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"*2147483647", "*11", "*1;$536870912", "*1;$16385", "*2;*1048576"})
  void aStrangerIsCutOffAtOnce(String lines) {
    try (RawClient admin = RawClient.to(broker)) {
      admin.call("CONFIG", "SET", "requirepass", "secret");
      long before = broker.residentBytes();
      for (int i = 0; i < CLIENTS; i++) {
        try (RawClient stranger = RawClient.to(broker)) {
          stranger.write(lines.replace(";", "\r\n") + "\r\n");
          assertThat(stranger.readUntilClosed()).startsWith("-ERR Protocol error: ");
        }
      }
      assertThat(broker.residentBytes() - before).isLessThan(GROWTH_MAX_BYTES);
      admin.call("CONFIG", "SET", "requirepass", "");
    }
  }

  @Test
  void arraysInArraysAreAViolation() {
    try (RawClient client = RawClient.to(broker)) {
      assertThat(client.write("*2\r\n*2147483647\r\n").readUntilClosed())
          .isEqualTo("-ERR Protocol error: expected '$', got '*'\r\n");
    }
  }
}
