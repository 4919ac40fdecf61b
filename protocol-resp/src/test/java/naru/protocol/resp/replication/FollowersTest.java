package naru.protocol.resp.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Somebody follows: what he is told, byte for byte.
class FollowersTest {
  private static final String SELECT = "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n";
  private static final String PING = "*1\r\n$4\r\nPING\r\n";
  private static final String GETACK = "*3\r\n$8\r\nREPLCONF\r\n$6\r\nGETACK\r\n$1\r\n*\r\n";

  private final Bench bench = new Bench();
  private final Bench.Connection client = bench.connect();

  @AfterEach
  void close() {
    bench.close();
  }

  /// One who follows, by hand.
  private final class Replica {
    final Bench.Connection connection = bench.connect();
    final StringBuilder heard = new StringBuilder();
    String id = "?";
    long offset = -1;

    Replica() {
      assertThat(connection.run("REPLCONF listening-port 7777")).isEqualTo("OK");
      assertThat(connection.run("REPLCONF capa eof capa psync2")).isEqualTo("OK");
    }

    String next() {
      return new String(connection.receiveRaw(), StandardCharsets.ISO_8859_1);
    }

    /// Asks for what is missing, and takes a copy if one comes; returns the answer.
    String follow(String itsId, long from) {
      connection.send("PSYNC", itsId, Long.toString(from));
      bench.sleepMs(5);
      bench.sleepMs(5);
      String all = next();
      String answer = all.substring(0, all.indexOf("\r\n"));
      String rest = all.substring(answer.length() + 2);
      String[] words = answer.split(" ");
      id = words[1];
      if (words.length == 3) {
        offset = Long.parseLong(words[2]);
        String mark = rest.substring(5, 45);
        assertThat(rest).startsWith("$EOF:").endsWith(mark);
        ack(offset);
      } else {
        offset = from - 1;
        hear(rest);
      }
      return answer;
    }

    private void hear(String bytes) {
      heard.append(bytes);
      offset += bytes.length();
    }

    String hear() {
      String bytes = next();
      hear(bytes);
      return bytes;
    }

    void ack(long upTo) {
      connection.send("REPLCONF", "ACK", Long.toString(upTo));
      hear();
    }
  }

  private Replica online() {
    Replica replica = new Replica();
    assertThat(replica.follow("?", -1)).matches("\\+FULLRESYNC [0-9a-f]{40} \\d+");
    return replica;
  }

  private String info(String field) {
    Matcher matcher =
        Pattern.compile(field + ":([^\r\\\\]*)").matcher(client.run("INFO everything"));
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String command(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  @Test
  void whoComesBackIsToldWhatHeMissedByteForByte() {
    Replica first = online();
    Replica second = online();
    client.run("SET a 1");
    assertThat(first.hear()).contains(SELECT).contains(command("SET", "a", "1"));
    first.connection.close();
    client.run("SET b 2");
    client.run("RPUSH l x y");
    Replica again = new Replica();
    assertThat(again.follow(first.id, first.offset + 1)).isEqualTo("+CONTINUE " + first.id);
    client.run("SET c 3");
    again.hear();
    second.hear();
    assertThat(first.heard.toString() + again.heard).isEqualTo(second.heard.toString());
    assertThat(again.offset).isEqualTo(second.offset);
    assertThat(info("sync_full")).isEqualTo("2");
    assertThat(info("sync_partial_ok")).isEqualTo("1");
    assertThat(info("sync_partial_err")).isEqualTo("0");
  }

  @Test
  void whoKnowsNoNewNamesIsToldNone() {
    Replica replica = online();
    Bench.Connection old = bench.connect();
    old.run("REPLCONF capa eof");
    old.send("PSYNC", replica.id, Long.toString(replica.offset + 1));
    assertThat(new String(old.receiveRaw(), StandardCharsets.ISO_8859_1))
        .isEqualTo("+CONTINUE\r\n");
  }

  @Test
  void whatIsNotKeptAnyMoreIsAnsweredByACopy() {
    client.run("CONFIG SET repl-backlog-size 16kb");
    Replica replica = online();
    replica.connection.close();
    for (int i = 0; i < 5; i++) {
      client.run("SET", "k" + i, "x".repeat(10_000));
    }
    assertThat(new Replica().follow(replica.id, replica.offset + 1)).startsWith("+FULLRESYNC ");
    assertThat(new Replica().follow(replica.id, 1_000_000)).startsWith("+FULLRESYNC ");
    assertThat(new Replica().follow("f".repeat(40), 1)).startsWith("+FULLRESYNC ");
    assertThat(info("sync_partial_err")).isEqualTo("3");
    assertThat(info("mem_replication_backlog")).isEqualTo("32768");
    assertThat(info("repl_backlog_histlen").length()).isEqualTo(5);
  }

  @Test
  void nothingIsKeptBeforeSomebodyFollowsNorLongAfter() {
    client.run("SET a 1");
    assertThat(info("repl_backlog_active")).isEqualTo("0");
    assertThat(info("master_repl_offset")).isEqualTo("0");
    client.run("CONFIG SET repl-backlog-ttl 5");
    Replica replica = online();
    assertThat(info("repl_backlog_active")).isEqualTo("1");
    assertThat(info("repl_backlog_first_byte_offset")).isEqualTo("1");
    assertThat(info("master_replid")).isEqualTo(replica.id);
    bench.sleepMs(20_000);
    assertThat(info("repl_backlog_active")).as("he is still there").isEqualTo("1");
    replica.connection.close();
    bench.sleepMs(4000);
    assertThat(info("repl_backlog_active")).isEqualTo("1");
    bench.sleepMs(1200);
    assertThat(info("repl_backlog_active")).isEqualTo("0");
    assertThat(info("master_replid")).isNotEqualTo(replica.id);
    assertThat(new Replica().follow(replica.id, replica.offset + 1)).startsWith("+FULLRESYNC ");
  }

  @Test
  void replicasAreListedAndCountNotAsClients() {
    Replica replica = online();
    replica.ack(replica.offset);
    assertThat(info("connected_slaves")).isEqualTo("1");
    assertThat(info("slave0"))
        .isEqualTo("ip=127.0.0.1,port=7777,state=online,offset=" + replica.offset + ",lag=0");
    assertThat(info("connected_clients")).isEqualTo("1");
    assertThat(client.run("ROLE"))
        .isEqualTo(
            "[\"master\", :%d, [[\"127.0.0.1\", \"7777\", \"%d\"]]]"
                .formatted(replica.offset, replica.offset));
    assertThat(client.run("CLIENT LIST TYPE replica")).contains(" flags=S ").doesNotContain("\\n");
    assertThat(client.run("CLIENT LIST TYPE normal")).doesNotContain("flags=S");
    bench.sleepMs(3000);
    assertThat(info("slave0")).endsWith("lag=3");
    client.run("CLIENT KILL TYPE replica");
    assertThat(replica.connection.isClosed()).isTrue();
    assertThat(info("connected_slaves")).isEqualTo("0");
  }

  @Test
  void whoSaysNothingForTooLongIsCutOff() {
    client.run("CONFIG SET repl-timeout 5");
    Replica replica = online();
    bench.sleepMs(4000);
    replica.ack(0);
    bench.sleepMs(4000);
    assertThat(replica.connection.isClosed()).isFalse();
    bench.sleepMs(1200);
    assertThat(replica.connection.isClosed()).isTrue();
  }

  @Test
  void aSignOfLifeComesEverySoOften() {
    client.run("CONFIG SET repl-ping-replica-period 3");
    Replica replica = online();
    bench.sleepMs(3000);
    bench.sleepMs(100);
    assertThat(replica.hear()).isEqualTo(PING);
  }

  @Test
  void whoLeavesTooMuchUnreadIsCutOff() {
    client.run("CONFIG", "SET", "client-output-buffer-limit", "replica 2mb 0 0");
    Replica replica = online();
    replica.connection.client().windowBytes(0);
    for (int i = 0; i < 5; i++) {
      client.run("SET", "k" + i, "x".repeat(1_000_000));
    }
    assertThat(info("connected_slaves")).isEqualTo("0");
    assertThat(info("client_output_buffer_limit_disconnections")).isEqualTo("1");
  }

  @Test
  void whoDoesNotTakeItsCopyIsCutOffAndTheNextGetsAWholeOne() {
    client.run("CONFIG SET repl-timeout 5");
    for (int i = 0; i < 50; i++) {
      client.run("SET", "k" + i, "x".repeat(100_000));
    }
    Bench.Connection stuck = bench.connect();
    stuck.client().windowBytes(0);
    stuck.run("REPLCONF capa eof");
    stuck.send("PSYNC", "?", "-1");
    Bench.Connection next = bench.connect();
    next.run("REPLCONF capa eof");
    next.send("PSYNC", "?", "-1");
    for (int i = 0; i < 70; i++) {
      bench.sleepMs(100);
      client.run("SET", "k" + i % 50, "y".repeat(i));
    }
    assertThat(stuck.isClosed()).isTrue();
    for (int i = 0; i < 20; i++) {
      bench.sleepMs(10);
    }
    String copy = new String(next.receiveRaw(), StandardCharsets.ISO_8859_1);
    assertThat(copy).contains("+FULLRESYNC ");
    for (int i = 0; i < 50; i++) {
      assertThat(copy).contains("k" + i);
    }
    assertThat(info("slave0")).contains("state=send_bulk");
    next.run("REPLCONF", "ACK", "0");
    assertThat(info("slave0")).contains("state=online");
  }

  @Test
  void waitCountsThoseWhoHaveDoneWhatWasWritten() {
    Replica one = online();
    Replica two = online();
    client.run("SET a 1");
    one.hear();
    client.send("WAIT", "2", "1000");
    assertThat(one.hear()).isEqualTo(GETACK);
    assertThat(two.hear()).endsWith(GETACK);
    one.ack(one.offset - GETACK.length());
    assertThat(client.receive()).isEmpty();
    two.ack(two.offset - GETACK.length() - 1);
    assertThat(client.receive()).as("one byte is missing").isEmpty();
    two.ack(two.offset - GETACK.length());
    assertThat(client.receive()).isEqualTo(":2");
    assertThat(client.run("WAIT 2 0")).as("nothing was written since").isEqualTo(":2");
  }

  @Test
  void waitInTheSameBreathAsAWriteWaitsForIt() {
    Replica replica = online();
    client.sendRaw(
        (command("SET", "a", "1") + command("WAIT", "1", "50"))
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(client.receive()).isEqualTo("OK");
    bench.sleepMs(60);
    assertThat(client.receive()).isEqualTo(":0");
    replica.hear();
    replica.ack(replica.offset);
    assertThat(client.run("WAIT 1 50")).isEqualTo(":1");
  }

  @Test
  void waitInATransactionCountsAndDoesNotWait() {
    Replica replica = online();
    client.run("SET a 1");
    replica.hear();
    replica.ack(replica.offset);
    client.run("MULTI");
    client.run("WAIT 1 0");
    client.run("SET a 2");
    client.run("WAIT 1 0");
    assertThat(client.run("EXEC")).isEqualTo("[:1, OK, :0]");
  }

  @Test
  void waitForDisksCountsThoseWhoSaySo() {
    Replica old = online();
    Replica replica = online();
    client.run("SET a 1");
    old.hear();
    replica.hear();
    client.send("WAITAOF", "1", "1", "0");
    old.ack(old.offset);
    replica.connection.send("REPLCONF", "ACK", Long.toString(replica.offset), "FACK", "1");
    assertThat(client.receive()).isEmpty();
    String all = Long.toString(replica.offset);
    replica.connection.send("REPLCONF", "ACK", all, "FACK", all);
    assertThat(client.receive()).isEqualTo("[:1, :1]");
  }

  @Test
  void withTooFewCloseBehindNothingIsWritten() {
    client.run("CONFIG SET min-replicas-to-write 1 min-replicas-max-lag 3");
    String refused = "-NOREPLICAS Not enough good replicas to write.";
    assertThat(client.run("SET a 1")).isEqualTo(refused);
    assertThat(client.run("GET a")).isEqualTo("nil");
    assertThat(client.run("EVAL", "return redis.call('set', KEYS[1], 1)", "1", "a"))
        .startsWith("-NOREPLICAS Not enough good replicas to write.");
    assertThat(client.run("EVAL", "#!lua\nreturn 1", "0")).isEqualTo(refused);
    assertThat(client.run("EVAL", "#!lua flags=no-writes\nreturn 1", "0")).isEqualTo(":1");
    Replica replica = online();
    assertThat(info("min_slaves_good_slaves")).isEqualTo("1");
    assertThat(client.run("SET a 1")).isEqualTo("OK");
    bench.sleepMs(4200);
    assertThat(client.run("SET a 1")).isEqualTo(refused);
    replica.hear();
    replica.ack(replica.offset);
    assertThat(client.run("SET a 1")).isEqualTo("OK");
    replica.connection.close();
    assertThat(client.run("MULTI")).isEqualTo("OK");
    assertThat(client.run("SET a 1")).isEqualTo(refused);
    assertThat(client.run("EXEC")).startsWith("-EXECABORT");
    client.run("CONFIG SET min-replicas-to-write 0");
    assertThat(client.run("SET a 1")).isEqualTo("OK");
  }

  @Test
  void anOldManReceivesACopyWithoutAnAnswerBefore() {
    client.run("SET a 1");
    Bench.Connection old = bench.connect();
    old.run("REPLCONF capa eof");
    old.send("SYNC");
    bench.sleepMs(5);
    bench.sleepMs(5);
    String copy = new String(old.receiveRaw(), StandardCharsets.ISO_8859_1);
    assertThat(copy).startsWith("$EOF:").endsWith(copy.substring(5, 45));
    client.run("SET b 2");
    assertThat(new String(old.receiveRaw(), StandardCharsets.ISO_8859_1))
        .contains(command("SET", "b", "2"));
    bench.sleepMs(100_000);
    assertThat(old.isClosed()).as("it is not asked how far it is").isFalse();
  }

  @Test
  void whoWantsOnlyACopyIsToldNothingMoreAndNothingIsKept() {
    Bench.Connection tool = bench.connect();
    assertThat(tool.run("REPLCONF capa eof rdb-only 1")).isEqualTo("OK");
    tool.send("SYNC");
    bench.sleepMs(5);
    bench.sleepMs(5);
    assertThat(tool.receiveRaw()).isNotEmpty();
    client.run("SET b 2");
    assertThat(tool.receiveRaw()).isEmpty();
    assertThat(info("repl_backlog_active")).isEqualTo("0");
  }

  @Test
  void whoCannotFindTheEndOfACopyIsTurnedAway() {
    assertThat(bench.connect().run("PSYNC ? -1"))
        .isEqualTo("-ERR A replica has to say REPLCONF capa eof");
    assertThat(client.run("REPLCONF nonsense 1"))
        .isEqualTo("-ERR Unrecognized REPLCONF option: nonsense");
    assertThat(client.run("REPLCONF capa")).isEqualTo("-ERR syntax error");
    assertThat(client.run("PSYNC", "f".repeat(40), "1", "FAILOVER"))
        .isEqualTo("-ERR PSYNC FAILOVER can't be sent to a master.");
    assertThat(client.run("PSYNC ? x")).isEqualTo("-ERR value is not an integer or out of range");
  }

  @Test
  void nothingToAnnounceIsNoFault() {
    assertThat(bench.connect().run("REPLCONF")).isEqualTo("OK");
    assertThat(bench.connect().run("REPLCONF capa")).isEqualTo("-ERR syntax error");
  }
}
