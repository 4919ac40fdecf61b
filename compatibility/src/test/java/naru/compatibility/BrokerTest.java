package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

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
  @DisabledIfSystemProperty(
      named = "naru.peer",
      matches = "redis",
      disabledReason = "redis-server is not given a settings file this way")
  void packsAgainAsItsSettingsFileSays(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("naru.conf"), "hash-max-ziplist-entries 2\n");
    try (Broker broker = Broker.start(List.of("--config", file.toString()))) {
      try (RawClient client = RawClient.to(broker)) {
        client.call("HSET", "small", "a", "1", "b", "2");
        client.call("HSET", "large", "a", "1", "b", "2", "c", "3");
      }
      broker.restart();
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("OBJECT", "ENCODING", "small").text()).isEqualTo("listpack");
        assertThat(client.call("OBJECT", "ENCODING", "large").text()).isEqualTo("hashtable");
      }
    }
  }

  @Test
  @DisabledIfSystemProperty(
      named = "naru.peer",
      matches = "redis",
      disabledReason = "the words around the line are the broker's own")
  void writesWhatScriptsLogToItsOwnLog() throws Exception {
    try (Broker broker = Broker.start();
        RawClient client = RawClient.to(broker)) {
      String script =
          "redis.log(redis.LOG_DEBUG, 'unheard')"
              + " redis.log(redis.LOG_NOTICE, 'two', 2, 'lines\\nat once')"
              + " redis.log(redis.LOG_WARNING, 'warned')";
      client.call("EVAL", script, "0");
      assertThat(Eventually.get(broker::output, it -> it.contains("warned")))
          .contains("INFO  script: two 2 lines at once")
          .contains("WARN  script: warned")
          .doesNotContain("unheard");
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
