package naru.compatibility.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import naru.compatibility.Broker;
import naru.compatibility.Eventually;
import naru.compatibility.RawClient;
import naru.compatibility.differential.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Redis' sentinel watches Narus as it watches redis-servers.
class SentinelTest {
  @TempDir Path folder;

  @Test
  void aFollowerIsPromotedAndTheOldMasterFollowsIt() throws Exception {
    assumeThat(RedisServer.isInstalled()).isTrue();
    assumeThat(Broker.isPeer()).isFalse();
    try (Broker first = Broker.start();
        Broker second = Broker.start(List.of("--replicaof", "127.0.0.1 " + first.port()))) {
      try (RawClient client = RawClient.to(first)) {
        client.call("SET", "before", "kept");
        Eventually.get(() -> client.call("WAIT", "1", "100").whole(), count -> count == 1);
      }
      try (Sentinel sentinel = Sentinel.start(folder, first.port())) {
        Eventually.get(sentinel::followers, count -> count == 1);
        assertThat(sentinel.masterPort()).isEqualTo(first.port());

        first.kill9();
        Eventually.get(sentinel::masterPort, port -> port == second.port());
        try (RawClient client = RawClient.to(second)) {
          assertThat(client.call("ROLE").texts()).startsWith("master");
          assertThat(client.call("GET", "before").text()).isEqualTo("kept");
          assertThat(client.call("SET", "after", "kept too").text()).isEqualTo("OK");
        }

        first.restart();
        Eventually.get(() -> ask(first, "GET", "after"), value -> value.equals("kept too"));
        assertThat(ask(first, "ROLE")).contains("slave");
      }
    }
  }

  /// Each time by a new connection: a sentinel cuts off who was there before.
  private static String ask(Broker broker, String... words) {
    try (RawClient client = RawClient.to(broker)) {
      return client.call(words).text();
    }
  }
}
