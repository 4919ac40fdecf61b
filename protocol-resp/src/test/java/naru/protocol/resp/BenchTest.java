package naru.protocol.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BenchTest {
  private final Bench bench = new Bench();

  @Test
  void whatIsSetIsGot() {
    assertThat(bench.run("SET a 1")).isEqualTo("OK");
    assertThat(bench.run("GET a")).isEqualTo("\"1\"");
    assertThat(bench.replayed().run("GET a")).isEqualTo("\"1\"");
  }

  @Test
  void commandsArriveInAnyPieces() {
    Bench.Connection connection = bench.connect();
    connection.client().pieceBytes(1);
    connection.sendRaw(
        "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\nhello\r\nGET a\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(connection.receive()).isEqualTo("OK \"hello\"");
  }

  @Test
  void aTransactionRunsAsOne() {
    assertThat(bench.run("MULTI")).isEqualTo("OK");
    assertThat(bench.run("RPUSH l a b")).isEqualTo("QUEUED");
    assertThat(bench.run("GET l")).isEqualTo("QUEUED");
    assertThat(bench.run("EXEC"))
        .isEqualTo("[:2, -WRONGTYPE Operation against a key holding the wrong kind of value]");
  }

  @Test
  void aWatchedKeyThatChangedStopsTheTransaction() {
    Bench.Connection one = bench.connect();
    Bench.Connection other = bench.connect();
    one.run("WATCH a");
    other.run("SET a 2");
    one.run("MULTI");
    one.run("SET a 3");
    assertThat(one.run("EXEC")).isEqualTo("nil");
    assertThat(one.run("GET a")).isEqualTo("\"2\"");
  }

  @Test
  void anUnknownCommandBreaksTheTransaction() {
    bench.run("MULTI");
    assertThat(bench.run("NOSUCH a b"))
        .isEqualTo("-ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b' ");
    assertThat(bench.run("EXEC"))
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.");
  }

  @Test
  void illegalBytesAreToldAndCut() {
    Bench.Connection connection = bench.connect();
    connection.sendRaw("*1\r\n!3\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(connection.receive()).isEqualTo("-ERR Protocol error: expected '$', got '!'");
    assertThat(connection.isClosed()).isTrue();
  }
}
