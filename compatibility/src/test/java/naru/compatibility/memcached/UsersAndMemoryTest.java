package naru.compatibility.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import naru.compatibility.Broker;
import naru.compatibility.Eventually;
import naru.compatibility.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Users, `maxmemory` and figures are those of the whole broker, for memcached's clients too.
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "redis-server does not speak memcached")
final class UsersAndMemoryTest {
  private static final String ITEM = "x".repeat(100_000);
  private static final int ITEMS = 260;

  /// What 20 MB hold, and the one that passes them: room is looked for before it is taken.
  private static final int TAKEN_MAX = (20 << 20) / 100_000 + 1;

  private static Broker start(String... options) {
    return Broker.start(
        Stream.concat(Stream.of("--memcached-port", "auto"), Stream.of(options)).toList());
  }

  @Test
  void aUserMayDoWhatItsRulesSayAtThatMoment() throws Exception {
    try (Broker broker = start("--requirepass", "secret");
        RawClient admin = RawClient.to(broker);
        TextClient client = new TextClient(broker.memcachedPort())) {
      admin.call("AUTH", "secret");
      admin.call("ACL", "SETUSER", "anna", "on", ">first", "~a*", "+get", "+set");
      assertThat(client.send("set login 0 0 10\r\nanna first\r\n").ask("set a 0 0 1\r\nx\r\n"))
          .isEqualTo("STORED\r\nSTORED\r\n");
      assertThat(client.ask("get a\r\n")).isEqualTo("VALUE a 0 1\r\nx\r\nEND\r\n");
      assertThat(client.ask("set b 0 0 1\r\nx\r\n"))
          .isEqualTo("CLIENT_ERROR NOPERM No permissions to access a key\r\n");
      assertThat(client.ask("delete a\r\n")).startsWith("CLIENT_ERROR NOPERM ").contains("'del'");
      assertThat(client.ask("stats\r\n")).startsWith("CLIENT_ERROR NOPERM ").contains("'info'");
      admin.call("ACL", "SETUSER", "anna", "-set");
      assertThat(client.ask("set a 0 0 1\r\ny\r\n")).startsWith("CLIENT_ERROR NOPERM ");
      assertThat(admin.call("GET", "a").text()).isEqualTo("x");
      assertThat(admin.call("ACL", "LOG").items()).hasSize(4);
    }
  }

  @Test
  void howManyMayBeConnectedFollowsTheSetting() throws Exception {
    try (Broker broker = start("--maxclients", "10");
        RawClient admin = RawClient.to(broker);
        TextClient one = new TextClient(broker.memcachedPort())) {
      assertThat(one.ask("")).isEmpty();
      admin.call("CONFIG", "SET", "maxclients", "1");
      assertThat(one.ask("stats settings\r\n")).contains("STAT maxconns 1\r\n");
      try (TextClient two = new TextClient(broker.memcachedPort())) {
        assertThat(two.readUntilClosed()).isEqualTo("ERROR Too many open connections\r\n");
      }
      admin.call("CONFIG", "SET", "maxclients", "2");
      try (TextClient two = new TextClient(broker.memcachedPort())) {
        assertThat(two.ask("get a\r\n")).isEqualTo("END\r\n");
      }
    }
  }

  @Test
  void connectionsAreCountedInInfo() throws Exception {
    try (Broker broker = start();
        RawClient admin = RawClient.to(broker)) {
      try (TextClient one = new TextClient(broker.memcachedPort());
          TextClient two = new TextClient(broker.memcachedPort())) {
        assertThat(two.ask("")).isEmpty();
        assertThat(one.ask("stats\r\n")).contains("STAT curr_connections 2\r\n");
        assertThat(admin.call("INFO", "clients").text())
            .contains("connected_clients:3\r\n", "memcached_clients:2\r\n");
      }
      Eventually.get(
          () -> admin.call("INFO", "clients").text(),
          it -> it.contains("connected_clients:1\r\n") && it.contains("memcached_clients:0\r\n"));
    }
  }

  private static long stat(TextClient client, String name) {
    return Long.parseLong(
        client.ask("stats\r\n").replaceAll("(?s).*STAT " + name + " (\\d+)\r\n.*", "$1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"noeviction", "allkeys-lru"})
  void moreThanThereIsMemoryForIsRefusedOrEvictsAsThePolicySays(String policy) {
    List<String> options = List.of("--maxmemory", "20mb", "--maxmemory-policy", policy);
    try (Broker broker = start(options.toArray(String[]::new));
        TextClient client = new TextClient(broker.memcachedPort())) {
      int stored = 0;
      String answer = "";
      for (int i = 0; i < ITEMS; i++) {
        answer = client.ask("set k" + i + " 0 0 " + ITEM.length() + "\r\n" + ITEM + "\r\n");
        stored += answer.equals("STORED\r\n") ? 1 : 0;
      }
      if (policy.equals("noeviction")) {
        assertThat(answer).isEqualTo("SERVER_ERROR out of memory storing object\r\n");
        assertThat(stored).isBetween(50, TAKEN_MAX);
        assertThat(stat(client, "store_no_memory")).isEqualTo(ITEMS - stored);
        assertThat(stat(client, "evictions")).isZero();
        assertThat(client.ask("delete k0\r\n")).isEqualTo("DELETED\r\n");
      } else {
        assertThat(stored).isEqualTo(ITEMS);
        assertThat(stat(client, "evictions")).isEqualTo(ITEMS - stat(client, "curr_items"));
        assertThat(stat(client, "curr_items")).isBetween(50L, (long) TAKEN_MAX);
      }
    }
  }
}
