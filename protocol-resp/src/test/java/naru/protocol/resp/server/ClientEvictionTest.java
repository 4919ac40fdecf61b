package naru.protocol.resp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;

class ClientEvictionTest {
  private static final String REFUSED =
      "-ERR CONFIG SET failed (possibly related to argument 'maxmemory-clients') - ";

  private final Bench bench = new Bench();
  private final Bench.Connection one = bench.connect();

  /// A client that does not read what it asked for.
  private Bench.Connection burdened(int bytes) {
    one.run("SET", "value", "x".repeat(bytes));
    Bench.Connection client = bench.connect();
    client.run("PING");
    client.client().windowBytes(0);
    client.send("GET", "value");
    return client;
  }

  private String evicted() {
    return one.run("INFO stats").replaceAll("(?s).*evicted_clients:(\\d+).*", "$1");
  }

  @Test
  void theLargestGoesUntilTheRestIsSmallEnough() {
    Bench.Connection small = burdened(100_000);
    Bench.Connection large = burdened(300_000);
    bench.sleepMs(200);
    assertThat(large.isClosed()).isFalse();
    one.run("CONFIG SET maxmemory-clients 200kb");
    bench.sleepMs(200);
    assertThat(large.isClosed()).isTrue();
    assertThat(small.isClosed()).isFalse();
    assertThat(evicted()).isEqualTo("1");
    one.run("CONFIG RESETSTAT");
    assertThat(evicted()).isEqualTo("0");
  }

  @Test
  void whoIsNotToBeEvictedIsLeftAndOthersGo() {
    one.run("CLIENT NO-EVICT ON");
    Bench.Connection guarded = bench.connect();
    guarded.run("CLIENT NO-EVICT ON");
    one.run("SET", "value", "x".repeat(300_000));
    guarded.client().windowBytes(0);
    guarded.send("GET", "value");
    Bench.Connection other = bench.connect();
    other.run("PING");
    one.run("CONFIG SET maxmemory-clients 200kb");
    bench.sleepMs(200);
    assertThat(guarded.isClosed()).isFalse();
    assertThat(other.isClosed()).isTrue();
    assertThat(one.run("PING")).isEqualTo("PONG");
  }

  @Test
  void whatIsSentAndNotWholeYetCounts() {
    one.run("CONFIG SET maxmemory-clients 200kb");
    Bench.Connection sender = bench.connect();
    String head = "*2\r\n$4\r\nECHO\r\n$300000\r\n";
    sender.sendRaw((head + "x".repeat(150_000)).getBytes(StandardCharsets.US_ASCII));
    assertThat(sender.isClosed()).isFalse();
    sender.sendRaw("x".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
    assertThat(sender.isClosed()).isTrue();
    assertThat(evicted()).isEqualTo("1");
  }

  @Test
  void whatIsQueuedInATransactionCountsUntilItIsCarriedOut() {
    one.run("CONFIG SET maxmemory-clients 300kb");
    Bench.Connection busy = bench.connect();
    for (int i = 0; i < 3; i++) {
      busy.run("MULTI");
      busy.run("SET", "a", "x".repeat(250_000));
      assertThat(one.run("CLIENT LIST")).containsPattern("multi-mem=25\\d{4} .* tot-mem=25\\d{4} ");
      assertThat(busy.run("EXEC")).isEqualTo("[OK]");
    }
    assertThat(one.run("CLIENT LIST")).doesNotContainPattern("multi-mem=[1-9]");
    busy.run("MULTI");
    busy.run("SET", "a", "x".repeat(250_000));
    busy.send("SET", "a", "x".repeat(100_000));
    assertThat(busy.isClosed()).isTrue();
    assertThat(one.run("STRLEN a")).isEqualTo(":250000");
  }

  @Test
  void aShareIsOneOfMaxmemoryAndMeansNothingWithoutIt() {
    one.run("CONFIG SET maxmemory-clients 2%");
    Bench.Connection large = burdened(300_000);
    bench.sleepMs(200);
    assertThat(large.isClosed()).isFalse();
    one.run("CONFIG SET maxmemory 20mb");
    bench.sleepMs(200);
    assertThat(large.isClosed()).isFalse();
    one.run("CONFIG SET maxmemory 10mb");
    bench.sleepMs(200);
    assertThat(large.isClosed()).isTrue();
    assertThat(one.run("CONFIG GET maxmemory-clients"))
        .isEqualTo("[\"maxmemory-clients\", \"2%\"]");
  }

  @Test
  void aVerySmallLimitIsTakenFor128Kilobytes() {
    one.run("CONFIG SET maxmemory-clients 1");
    bench.sleepMs(200);
    assertThat(one.run("PING")).isEqualTo("PONG");
    assertThat(evicted()).isEqualTo("0");
  }

  @Test
  void limitsThatAreNoneAreRefusedInRedisWords() {
    assertThat(one.run("CONFIG SET maxmemory-clients 101%"))
        .isEqualTo(REFUSED + "percentage argument must be less or equal to 100");
    for (String nonsense : List.of("-1", "-5%", "10x", "%", "1.5%")) {
      assertThat(one.run("CONFIG", "SET", "maxmemory-clients", nonsense))
          .isEqualTo(REFUSED + "argument must be a memory or percent value");
    }
    one.run("CONFIG SET maxmemory-clients 0%");
    assertThat(one.run("CONFIG GET maxmemory-clients")).contains("\"0\"");
  }
}
