package naru.compatibility.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import naru.compatibility.BlockedClients;
import naru.compatibility.OneBroker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RedisCliTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private RedisCli cli;

  @BeforeEach
  void open() {
    cli = new RedisCli(shared.broker());
  }

  @Test
  void aListIsAQueue() throws Exception {
    assertThat(cli.run("RPUSH", "queue", "a", "b")).isEqualTo("(integer) 2");
    assertThat(cli.run("BLPOP", "empty", "queue", "1")).isEqualTo("1) \"queue\"\n2) \"a\"");
    assertThat(cli.run("LMOVE", "queue", "working", "LEFT", "RIGHT")).isEqualTo("\"b\"");
    assertThat(cli.run("BLPOP", "queue", "0.1")).startsWith("(nil)");

    Process waiting = cli.start("BLPOP", "queue", "20");
    BlockedClients.await(shared.broker(), 1);
    cli.run("RPUSH", "queue", "job");
    assertThat(new String(waiting.getInputStream().readAllBytes()))
        .startsWith("1) \"queue\"\n2) \"job\"\n");
  }

  @Test
  void aStreamHasGroups() {
    assertThat(cli.run("XADD", "orders", "1-1", "n", "1")).isEqualTo("\"1-1\"");
    assertThat(cli.run("XADD", "orders", "1-1", "n", "1"))
        .isEqualTo(
            "(error) ERR The ID specified in XADD is equal or smaller than the target stream top"
                + " item");
    assertThat(cli.run("XGROUP", "CREATE", "orders", "workers", "0")).isEqualTo("OK");
    assertThat(
            cli.run(
                "XREADGROUP", "GROUP", "workers", "anna", "BLOCK", "9", "STREAMS", "orders", ">"))
        .isEqualTo(
            """
            1) 1) "orders"
               2) 1) 1) "1-1"
                     2) 1) "n"
                        2) "1\"\
            """);
    assertThat(cli.run("XPENDING", "orders", "workers"))
        .isEqualTo(
            """
            1) (integer) 1
            2) "1-1"
            3) "1-1"
            4) 1) 1) "anna"
                  2) "1\"\
            """);
    assertThat(cli.run("XAUTOCLAIM", "orders", "workers", "berta", "0", "0", "JUSTID"))
        .isEqualTo("1) \"0-0\"\n2) 1) \"1-1\"\n3) (empty array)");
    assertThat(cli.run("XACK", "orders", "workers", "1-1")).isEqualTo("(integer) 1");
    assertThat(cli.run("--raw", "XINFO", "GROUPS", "orders"))
        .isEqualTo(
            "name\n"
                + "workers\n"
                + "consumers\n"
                + "2\n"
                + "pending\n"
                + "0\n"
                + "last-delivered-id\n"
                + "1-1\n"
                + "entries-read\n"
                + "1\n"
                + "lag\n"
                + "0");
  }

  @Test
  void inResp3AMapIsShownAsOne() {
    cli.run("HSET", "hash", "f", "v");
    assertThat(cli.run("-3", "HGETALL", "hash")).isEqualTo("1# \"f\" => \"v\"");
    cli.run("ZADD", "zset", "1.5", "m");
    assertThat(cli.run("-3", "ZSCORE", "zset", "m")).isEqualTo("(double) 1.5");
    assertThat(cli.run("-3", "HELLO"))
        .contains("\"server\" => \"redis\"", "\"proto\" => (integer) 3");
    assertThat(cli.run("--json", "HGETALL", "hash")).isEqualTo("{\"f\":\"v\"}");
  }

  @Test
  void commandsOfASessionBelongTogether() {
    assertThat(cli.feed("MULTI\nSET a 1\nINCR a\nEXEC\nGET a\n"))
        .isEqualTo("OK\nQUEUED\nQUEUED\n1) OK\n2) (integer) 2\n\"2\"");
    assertThat(cli.feed("MULTI\nSET b 1\nDISCARD\nEXISTS b\n"))
        .isEqualTo("OK\nQUEUED\nOK\n(integer) 0");
    assertThat(cli.feed("MULTI\nNOSUCH\nEXEC\n"))
        .contains("(error) EXECABORT Transaction discarded because of previous errors.");
    assertThat(cli.feed("SELECT 3\nSET c 1\nDBSIZE\nSELECT 0\nEXISTS c\n"))
        .isEqualTo("OK\nOK\n(integer) 1\nOK\n(integer) 0");
  }

  @Test
  void aSubscriberHearsWhatIsPublished() throws Exception {
    for (String protocol : new String[] {"-2", "-3"}) {
      Process subscriber = cli.start(protocol, "SUBSCRIBE", "news");
      try (BufferedReader lines = subscriber.inputReader()) {
        while (!lines.readLine().equals("3) (integer) 1")) {
          // Until it is subscribed.
        }
        assertThat(cli.run("PUBLISH", "news", "hello")).isEqualTo("(integer) 1");
        assertThat(lines.readLine()).isEqualTo("1) \"message\"");
        assertThat(lines.readLine()).isEqualTo("2) \"news\"");
        assertThat(lines.readLine()).isEqualTo("3) \"hello\"");
      } finally {
        subscriber.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void aHundredThousandCommandsAreTakenInOneGo() {
    String commands =
        IntStream.range(0, 100_000)
            .mapToObj(n -> "RPUSH list " + n + "\r\n")
            .collect(Collectors.joining());
    assertThat(cli.feed(commands, "--pipe")).contains("errors: 0, replies: 100000");
    assertThat(cli.run("LLEN", "list")).isEqualTo("(integer) 100000");
    assertThat(cli.run("LINDEX", "list", "-1")).isEqualTo("\"99999\"");
  }

  @Test
  void aScanListsEveryKey() {
    String keys =
        IntStream.range(0, 2_000)
            .mapToObj(n -> "SET key:" + n + " v\r\n")
            .collect(Collectors.joining());
    cli.feed(keys, "--pipe");
    cli.run("SET", "other", "v");
    assertThat(cli.run("--scan", "--pattern", "key:*").lines()).hasSize(2_000);
    assertThat(cli.run("--bigkeys")).contains("Sampled 2001 keys in the keyspace!");
  }

  @Test
  void aValueMayComeFromStdin() {
    assertThat(cli.feed("two\nlines", "-x", "SET", "text")).isEqualTo("OK");
    assertThat(cli.run("GET", "text")).isEqualTo("\"two\\nlines\"");
    assertThat(cli.run("-r", "3", "INCR", "counter"))
        .isEqualTo("(integer) 1\n(integer) 2\n(integer) 3");
  }

  @Test
  void theBenchmarkRunsWithoutAnError() throws Exception {
    Process benchmark =
        new ProcessBuilder(
                "redis-benchmark",
                "-p",
                "" + shared.port(),
                "-n",
                "2000",
                "-c",
                "20",
                "-P",
                "10",
                "-q",
                "-t",
                "ping,set,get,incr,lpush,rpush,lpop,rpop,sadd,hset,spop,zadd,lrange,mset")
            .redirectErrorStream(true)
            .start();
    String output = new String(benchmark.getInputStream().readAllBytes());
    assertThat(benchmark.waitFor()).as(output).isZero();
    assertThat(output).doesNotContain("Error").contains("MSET (10 keys)", "requests per second");
  }
}
