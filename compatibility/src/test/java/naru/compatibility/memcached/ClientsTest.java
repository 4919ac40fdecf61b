package naru.compatibility.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import naru.compatibility.OneBroker;
import naru.compatibility.Repository;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients of memcached, unmodified.
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "redis-server does not speak memcached")
final class ClientsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker("--memcached-port", "auto");

  @TempDir Path folder;

  private static String server() {
    return "127.0.0.1:" + shared.broker().memcachedPort();
  }

  @Test
  @Timeout(60)
  void spymemcachedDoesWhatItDoesWithMemcached() throws Exception {
    MemcachedClient client =
        new MemcachedClient(new InetSocketAddress("127.0.0.1", shared.broker().memcachedPort()));
    try {
      assertThat(client.set("text", 0, "hello").get()).isTrue();
      assertThat(client.get("text")).isEqualTo("hello");
      assertThat(client.add("text", 0, "again").get()).isFalse();
      assertThat(client.replace("text", 100, List.of("a", "b").toString()).get()).isTrue();
      // What is no text is told by its flags.
      assertThat(client.set("number", 0, 4711L).get()).isTrue();
      assertThat(client.get("number")).isEqualTo(4711L);
      assertThat(client.set("list", 0, new ArrayList<>(List.of(1, 2))).get()).isTrue();
      assertThat(client.get("list")).isEqualTo(List.of(1, 2));
      String large = "x".repeat(500_000);
      assertThat(client.set("large", 0, large).get()).isTrue();
      assertThat(client.get("large")).isEqualTo(large);
      assertThat(client.getBulk("text", "number", "none")).containsOnlyKeys("text", "number");
      assertThat(client.incr("counter", 1, 41)).isEqualTo(41);
      assertThat(client.incr("counter", 1)).isEqualTo(42);
      assertThat(client.decr("counter", 50)).isZero();
      CASValue<Object> seen = client.gets("text");
      assertThat(client.cas("text", seen.getCas(), "mine")).isEqualTo(CASResponse.OK);
      assertThat(client.cas("text", seen.getCas(), "late")).isEqualTo(CASResponse.EXISTS);
      assertThat(client.append("text", "!").get()).isTrue();
      assertThat(client.get("text")).isEqualTo("mine!");
      assertThat(client.touch("text", 1000).get()).isTrue();
      assertThat(client.delete("text").get()).isTrue();
      assertThat(client.get("text")).isNull();
      assertThat(client.getVersions().values()).containsExactly("1.6.18");
      Map<String, String> stats = client.getStats().values().iterator().next();
      assertThat(stats).containsKeys("cmd_get", "curr_items", "uptime");
      assertThat(client.flush().get()).isTrue();
      assertThat(client.get("counter")).isNull();
    } finally {
      client.shutdown(5, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"test_memcache.py", "test_pylibmc.py"})
  @Timeout(100)
  void pythonClientsDoWhatTheyDoWithMemcached(String script) throws Exception {
    assertThat(
            run(
                Repository.tests().resolve("python"),
                List.of("/usr/bin/python3", script, server())))
        .containsPattern("Ran [1-9]\\d* tests? in ")
        .endsWith("(0)");
  }

  @Test
  @Timeout(60)
  void theToolsOfLibmemcachedCopyShowAndRemove() throws Exception {
    String servers = "--servers=" + server();
    Path file = Files.writeString(folder.resolve("letter"), "dear reader");
    assertThat(run(folder, List.of("memcping", servers))).endsWith("(0)");
    assertThat(run(folder, List.of("memccp", servers, "--expire=1000", file.toString())))
        .endsWith("(0)");
    assertThat(run(folder, List.of("memccat", servers, "letter"))).startsWith("dear reader");
    assertThat(run(folder, List.of("memcexist", servers, "letter"))).endsWith("(0)");
    assertThat(run(folder, List.of("memctouch", servers, "--expire=500", "letter")))
        .endsWith("(0)");
    assertThat(run(folder, List.of("memcstat", servers))).contains("curr_items: 1");
    assertThat(run(folder, List.of("memcrm", servers, "letter"))).endsWith("(0)");
    assertThat(run(folder, List.of("memcexist", servers, "letter"))).endsWith("(1)");
    assertThat(run(folder, List.of("memcflush", servers))).endsWith("(0)");
  }

  /// What a program says, and its exit code in parentheses.
  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    return output + "(" + process.waitFor() + ")";
  }
}
