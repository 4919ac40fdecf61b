package naru.protocol.resp.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionsTest {
  private final Bench bench = new Bench();
  private final Bench.Connection one = bench.connect();
  private final Bench.Connection other = bench.connect();

  @AfterEach
  void close() {
    bench.close();
  }

  /// What `EXEC` answers when `other` does `lines` between `WATCH a` and it.
  private String execAfter(String... lines) {
    one.run("WATCH a");
    for (String line : lines) {
      other.run(line);
    }
    one.run("MULTI");
    one.run("PING");
    return one.run("EXEC");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET a 2",
        "APPEND a 2",
        "DEL a",
        "UNLINK a",
        "GETDEL a",
        "RENAME a b",
        "RENAME z a",
        "COPY z a REPLACE",
        "EXPIRE a 100",
        "PERSIST t",
        "MOVE a 1",
        "FLUSHDB",
        "FLUSHALL",
        "SWAPDB 0 1",
        "SWAPDB 1 0",
        "MSET x 1 a 2",
        "SORT l STORE a"
      })
  void everyChangeOfAWatchedKeyStopsTheTransaction(String change) {
    bench.run("SET a 1");
    bench.run("SET z 1");
    bench.run("RPUSH l 1");
    bench.run("SET t 1 EX 100");
    one.run("WATCH t");
    assertThat(execAfter(change)).isEqualTo("nil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET a",
        "SET b 1",
        "DEL b",
        "SET a 2 NX",
        "RENAMENX z a",
        "EXPIRE a 100 XX",
        "PERSIST a",
        "TOUCH a",
        "SWAPDB 2 3"
      })
  void whatChangesNothingStopsNothing(String line) {
    bench.run("SET a 1");
    bench.run("SET z 1");
    assertThat(execAfter(line)).isEqualTo("[PONG]");
  }

  @Test
  void aWatchedKeyThatExpiresStopsTheTransaction() {
    bench.run("SET a 1 PX 10");
    one.run("WATCH a");
    bench.sleepMs(11);
    one.run("MULTI");
    one.run("PING");
    assertThat(one.run("EXEC")).isEqualTo("nil");
  }

  @Test
  void aKeyThatComesIntoBeingStopsTheTransaction() {
    assertThat(execAfter("SET a 1")).isEqualTo("nil");
  }

  @Test
  void aKeyThatIsMissingAndStaysSoStopsNothing() {
    assertThat(execAfter("FLUSHALL", "DEL a", "SWAPDB 0 1")).isEqualTo("[PONG]");
  }

  @Test
  void aSwapThatBringsAWatchedKeyStopsTheTransaction() {
    other.run("SELECT 1");
    other.run("SET a 1");
    assertThat(execAfter("SWAPDB 0 1")).isEqualTo("nil");
  }

  @Test
  void aKeyOfAnotherDatabaseIsAnotherKey() {
    assertThat(execAfter("SELECT 1", "SET a 1")).isEqualTo("[PONG]");
  }

  @Test
  void ownChangesBeforeTheTransactionCount() {
    one.run("WATCH a");
    one.run("SET a 1");
    one.run("MULTI");
    assertThat(one.run("EXEC")).isEqualTo("nil");
  }

  @Test
  void watchingEndsWithExecAndDiscardAndUnwatch() {
    one.run("WATCH a");
    one.run("UNWATCH");
    assertThat(execOfNothing()).isEqualTo("[]");
    one.run("WATCH a");
    one.run("MULTI");
    one.run("DISCARD");
    assertThat(execOfNothing()).isEqualTo("[]");
    one.run("WATCH a");
    one.run("MULTI");
    one.run("EXEC");
    assertThat(execOfNothing()).isEqualTo("[]");
  }

  private String execOfNothing() {
    other.run("INCR a");
    one.run("MULTI");
    return one.run("EXEC");
  }

  @Test
  void theReplyOfAStoppedTransactionIsTheNullArray() {
    one.run("WATCH a");
    other.run("SET a 1");
    one.run("MULTI");
    one.send("EXEC");
    assertThat(one.receiveRaw()).asString().isEqualTo("*-1\r\n");
  }

  @Test
  void commandsThatMakeNoSenseAreRefused() {
    assertThat(one.run("EXEC")).isEqualTo("-ERR EXEC without MULTI");
    assertThat(one.run("DISCARD")).isEqualTo("-ERR DISCARD without MULTI");
    one.run("MULTI");
    assertThat(one.run("MULTI")).isEqualTo("-ERR MULTI calls can not be nested");
    assertThat(one.run("WATCH a")).isEqualTo("-ERR WATCH inside MULTI is not allowed");
    assertThat(one.run("EXEC")).isEqualTo("[]");
  }

  @Test
  void aRefusedCommandBreaksTheTransaction() {
    one.run("MULTI");
    one.run("SET a 1");
    assertThat(one.run("GET")).isEqualTo("-ERR wrong number of arguments for 'get' command");
    assertThat(one.run("EXEC"))
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.");
    assertThat(one.run("GET a")).isEqualTo("nil");
  }

  @Test
  void execWithTooManyWordsDiscards() {
    one.run("MULTI");
    assertThat(one.run("EXEC 2"))
        .isEqualTo(
            "-EXECABORT Transaction discarded because of: wrong number of arguments for 'exec'"
                + " command");
    assertThat(one.run("EXEC")).isEqualTo("-ERR EXEC without MULTI");
  }

  @Test
  void anErrorInsideDoesNotStopTheRest() {
    one.run("MULTI");
    one.run("SET a x");
    one.run("INCR a");
    one.run("SET b y");
    assertThat(one.run("EXEC")).isEqualTo("[OK, -ERR value is not an integer or out of range, OK]");
  }

  @Test
  void blockingCommandsDoNotWaitInside() {
    one.run("MULTI");
    one.run("BLPOP l 0");
    one.run("BLMOVE l m LEFT LEFT 0");
    one.run("XREAD BLOCK 0 STREAMS x $");
    one.run("WAIT 1 0");
    assertThat(one.run("EXEC")).isEqualTo("[nil, nil, nil, :0]");
  }

  @Test
  void selectInsideIsForTheRest() {
    one.run("MULTI");
    one.run("SELECT 1");
    one.run("SET a 1");
    assertThat(one.run("EXEC")).isEqualTo("[OK, OK]");
    assertThat(one.run("DBSIZE")).isEqualTo(":1");
    assertThat(other.run("DBSIZE")).isEqualTo(":0");
  }

  @Test
  void anotherClientSeesAllOrNothing() {
    one.run("MULTI");
    one.run("RPUSH l 1");
    assertThat(other.run("LLEN l")).isEqualTo(":0");
    one.run("RPUSH l 2");
    one.run("EXEC");
    assertThat(other.run("LLEN l")).isEqualTo(":2");
  }

  @Test
  void whoWaitsIsServedAfterTheWholeTransaction() {
    other.send("BLPOP", "l", "0");
    one.run("MULTI");
    one.run("RPUSH l 1 2");
    one.run("LPOP l");
    one.run("EXEC");
    assertThat(other.receive()).isEqualTo("[\"l\", \"2\"]");
  }

  @Test
  void subscribingInsideIsConfirmedWithinTheReply() {
    Bench.Connection three = bench.connect3();
    three.run("MULTI");
    three.run("SUBSCRIBE c");
    assertThat(three.run("EXEC")).isEqualTo("[>[\"subscribe\", \"c\", :1]]");
    assertThat(bench.run("PUBSUB NUMSUB c")).isEqualTo("[\"c\", :1]");
  }

  @Test
  void resetDiscards() {
    one.run("MULTI");
    one.run("SET a 1");
    assertThat(one.run("RESET")).isEqualTo("RESET");
    assertThat(List.of(one.run("EXEC"), one.run("GET a")))
        .containsExactly("-ERR EXEC without MULTI", "nil");
  }

  @Test
  void shutdownIsNotAllowedInside() {
    one.run("MULTI");
    assertThat(one.run("SHUTDOWN")).isEqualTo("-ERR Command not allowed inside a transaction");
    assertThat(one.run("EXEC"))
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.");
  }

  @Test
  void aMemberThatIsThereAlreadyIsNoChange() {
    other.run("SADD a member");
    other.run("SADD b member more");
    assertThat(execAfter("SMOVE b a member")).isNotEqualTo("nil");
    assertThat(execAfter("SMOVE b a more")).isEqualTo("nil");
  }

  @Test
  void trimmingCountsAsAChangeAlsoWhereNothingIsTrimmed() {
    other.run("RPUSH a 1 2");
    assertThat(execAfter("LTRIM a 0 -1")).isEqualTo("nil");
    assertThat(execAfter("LTRIM b 0 -1")).isNotEqualTo("nil");
    assertThat(execAfter("LRANGE a 0 -1")).isNotEqualTo("nil");
  }
}
