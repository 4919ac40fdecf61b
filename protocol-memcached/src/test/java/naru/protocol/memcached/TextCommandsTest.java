package naru.protocol.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import naru.engine.string.Item;
import naru.world.simulated.SimulatedClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextCommandsTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatIsSetIsRead() {
    assertThat(bench.run("set a 7 0 5", "hello")).isEqualTo("STORED");
    assertThat(bench.run("get a b")).isEqualTo("VALUE a 7 5|hello|END");
    assertThat(bench.run("get b")).isEqualTo("END");
  }

  @Test
  void commandsThatWantNoReplyGetNone() {
    assertThat(
            bench.run(
                "set a 0 0 1 noreply",
                "5",
                "incr a 1 noreply",
                "touch a 0 noreply",
                "add a 0 0 1 noreply",
                "9",
                "get a"))
        .isEqualTo("VALUE a 0 1|6|END");
    assertThat(bench.run("delete a noreply", "flush_all noreply", "get a")).isEqualTo("END");
  }

  @Test
  void storingDependsOnWhatIsThere() {
    assertThat(bench.run("replace a 0 0 1", "x")).isEqualTo("NOT_STORED");
    assertThat(bench.run("append a 0 0 1", "x")).isEqualTo("NOT_STORED");
    assertThat(bench.run("add a 3 0 1", "b")).isEqualTo("STORED");
    assertThat(bench.run("add a 0 0 1", "c")).isEqualTo("NOT_STORED");
    assertThat(bench.run("append a 9 9 1", "c")).isEqualTo("STORED");
    assertThat(bench.run("prepend a 9 9 1", "a")).isEqualTo("STORED");
    assertThat(bench.run("get a")).isEqualTo("VALUE a 3 3|abc|END");
    assertThat(bench.run("replace a 0 0 1", "x")).isEqualTo("STORED");
  }

  @Test
  void onlyWhoKnowsTheVersionMayCompareAndSet() {
    assertThat(bench.run("cas a 0 0 1 1", "x")).isEqualTo("NOT_FOUND");
    bench.run("set a 0 0 1", "x");
    assertThat(bench.run("gets a")).isEqualTo("VALUE a 0 1 1|x|END");
    assertThat(bench.run("cas a 0 0 1 1", "y")).isEqualTo("STORED");
    assertThat(bench.run("cas a 0 0 1 1", "z")).isEqualTo("EXISTS");
    assertThat(bench.run("cas a 0 0 1 0", "z")).isEqualTo("EXISTS");
    assertThat(bench.run("gets a")).isEqualTo("VALUE a 0 1 2|y|END");
  }

  @Test
  void aVersionIsNotGivenTwiceEvenToWhatExpiresAtOnce() {
    bench.run("ms a 1 T-1 c", "x");
    assertThat(bench.run("ms b 1 c", "x")).isEqualTo("HD c2");
    assertThat(bench.run("ms a 1 c", "x")).isEqualTo("HD c3");
  }

  @Test
  void countingWrapsUpAndEndsAtZeroDown() {
    bench.run("set a 5 0 20", "18446744073709551615");
    assertThat(bench.run("incr a 2")).isEqualTo("1");
    assertThat(bench.run("get a")).isEqualTo("VALUE a 5 20|1                   |END");
    assertThat(bench.run("decr a 5")).isEqualTo("0");
    bench.run("set b 0 0 1", "9");
    assertThat(bench.run("incr b 1", "get b")).isEqualTo("10|VALUE b 0 2|10|END");
    assertThat(bench.run("decr b 1", "get b")).isEqualTo("9|VALUE b 0 2|9 |END");
  }

  @Test
  void whatIsNoNumberIsNotCounted() {
    bench.run("set a 0 0 1", "x", "set b 0 0 0", "");
    String no = "CLIENT_ERROR cannot increment or decrement non-numeric value";
    assertThat(bench.run("incr a 1", "incr b 1")).isEqualTo(no + "|" + no);
    assertThat(bench.run("incr a x")).isEqualTo("CLIENT_ERROR invalid numeric delta argument");
    assertThat(bench.run("incr c 1")).isEqualTo("NOT_FOUND");
  }

  @Test
  void aNegativeExpiryIsNow() {
    assertThat(bench.run("set a 0 0 1", "x", "set a 0 -1 1", "y", "get a"))
        .isEqualTo("STORED|STORED|END");
    assertThat(bench.run("set a 0 0 1", "x", "touch a -1", "get a"))
        .isEqualTo("STORED|TOUCHED|END");
    assertThat(bench.run("set a 0 0 1", "x", "gat -1 a", "get a"))
        .isEqualTo("STORED|VALUE a 0 1|x|END|END");
  }

  @Test
  void anExpiryIsRelativeUpToThirtyDays() {
    long nowS = 1_700_000_000;
    bench.run("set a 0 2592000 1", "x");
    assertThat(bench.run("mg a t")).isEqualTo("HD t2592000");
    bench.run("set a 0 " + (nowS + 100) + " 1", "x");
    assertThat(bench.run("mg a t")).isEqualTo("HD t100");
    assertThat(bench.run("set a 0 2592001 1", "x", "get a")).isEqualTo("STORED|END");
  }

  @Test
  void itemsGoWhenTheirTimeHasCome() {
    bench.run("set a 0 10 1", "x");
    bench.sleepMs(9_900);
    assertThat(bench.run("gat 10 a")).isEqualTo("VALUE a 0 1|x|END");
    bench.sleepMs(9_900);
    assertThat(bench.run("get a", "touch a 0")).isEqualTo("VALUE a 0 1|x|END|TOUCHED");
    bench.sleepMs(100_000);
    assertThat(bench.run("get a")).isEqualTo("VALUE a 0 1|x|END");
  }

  @Test
  void flushingLaterTakesAllThereIsThen() {
    bench.run("set a 0 0 1", "x");
    assertThat(bench.run("flush_all 10", "get a")).isEqualTo("OK|VALUE a 0 1|x|END");
    bench.run("set b 0 0 1", "x");
    bench.sleepMs(10_000);
    assertThat(bench.run("get a b")).isEqualTo("END");
    bench.run("set a 0 0 1", "x");
    bench.sleepMs(60_000);
    assertThat(bench.run("get a")).isEqualTo("VALUE a 0 1|x|END");
  }

  @Test
  void aPendingFlushIsInTheLogAndInSnapshots() {
    bench.run("set a 0 0 1", "x", "flush_all 100");
    assertThat(bench.state().database(0).flushAtMs()).isEqualTo(1_700_000_100_000L);
  }

  @Test
  void dataThatDoesNotEndWhereItShouldIsRefused() {
    assertThat(bench.run("set a 0 0 3", "abcdef")).isEqualTo("CLIENT_ERROR bad data chunk|ERROR");
    assertThat(bench.run("get a")).isEqualTo("END");
  }

  @Test
  void whatIsTooLongIsPassedOverAndTakesTheOldValueAlong() {
    bench.run("set a 0 0 1", "x");
    String large = "y".repeat(1 << 20);
    assertThat(bench.run("set a 0 0 " + large.length(), large, "get a"))
        .isEqualTo("SERVER_ERROR object too large for cache|END");
    String half = "y".repeat(600_000);
    assertThat(bench.run("set a 0 0 600000", half, "append a 0 0 600000", half))
        .isEqualTo("STORED|SERVER_ERROR object too large for cache");
  }

  @Test
  void keysAreUpTo250BytesLong() {
    String key = "k".repeat(250);
    assertThat(bench.run("set " + key + " 0 0 1", "x", "get " + key))
        .isEqualTo("STORED|VALUE " + key + " 0 1|x|END");
    String no = "CLIENT_ERROR bad command line format";
    assertThat(bench.run("get a " + key + "k")).isEqualTo(no);
    assertThat(bench.run("delete " + key + "k")).isEqualTo(no);
  }

  @Test
  void aLineOfManyKeysIsAnsweredInFull() {
    bench.run("set a 0 0 1000", "x".repeat(1000));
    String line = "get" + " a".repeat(3000) + " b a";
    String reply = bench.run(line);
    assertThat(reply.split("VALUE", -1)).hasSize(3002);
    assertThat(reply).endsWith("|END");
  }

  @Test
  void commandsCutAnywhereAreTheSame() {
    String text = "set a 1 0 5\r\nhe\nlo\r\nget a\r\nincr a 1\r\nmg a v f\r\n";
    String whole = bench.raw(text);
    for (int cut = 1; cut < text.length(); cut++) {
      String first = bench.raw(text.substring(0, cut));
      String second = bench.raw(text.substring(cut));
      assertThat((first.isEmpty() ? "" : first + "|") + second)
          .as("cut at " + cut)
          .isEqualTo(whole);
    }
  }

  @Test
  void errorsAreThoseOfMemcached() {
    assertThat(bench.run("", "foo", "GET a", "get", "touch a", "ms", "mx a"))
        .isEqualTo("ERROR|ERROR|ERROR|ERROR|ERROR|ERROR|ERROR");
    assertThat(bench.run("delete a 1"))
        .isEqualTo("CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]");
    assertThat(bench.run("watch")).isEqualTo("CLIENT_ERROR watch commands not allowed");
    assertThat(bench.run("shutdown")).isEqualTo("ERROR: shutdown not enabled");
    assertThat(bench.run("lru_crawler metadump all")).isEqualTo("ERROR metadump not allowed");
  }

  @Test
  void aLineWithoutEndIsCutOff() {
    assertThat(bench.raw("x".repeat(3000))).isEqualTo("CLIENT_ERROR line too long");
    assertThat(bench.isClosed()).isTrue();
  }

  @Test
  void theBinaryProtocolIsCutOff() {
    assertThat(bench.raw("\u0080\0\0\0")).isEmpty();
    assertThat(bench.isClosed()).isTrue();
  }

  @Test
  void quitCloses() {
    assertThat(bench.run("version", "quit", "version")).isEqualTo("VERSION 1.6.18");
    assertThat(bench.isClosed()).isTrue();
  }

  @Test
  void statisticsAreCounted() {
    bench.run("set a 0 0 1", "x", "get a", "get b", "delete b");
    assertThat(bench.run("stats"))
        .contains("STAT pid 4711|")
        .contains("STAT get_hits 1|", "STAT get_misses 1|", "STAT delete_misses 1|")
        .contains("STAT curr_items 1|")
        .endsWith("|END");
    assertThat(bench.run("stats settings")).contains("STAT item_size_max 1048576|");
    assertThat(bench.run("stats items")).startsWith("STAT items:1:number 1|");
    assertThat(bench.run("stats reset")).isEqualTo("RESET");
    assertThat(bench.run("stats")).contains("STAT get_hits 0|");
    assertThat(bench.run("stats nonsense")).isEqualTo("ERROR");
  }

  @Test
  void whatIsNotReadIsNotMade() {
    String value = "x".repeat(1_000_000);
    bench.run("set a 0 0 " + value.length(), value);
    // Two hundred times a million bytes, of which nobody reads any: the rest waits.
    SimulatedClient client = bench.connect();
    client.windowBytes(0);
    client.send(("get" + " a".repeat(200) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    bench.turn();
    assertThat(bench.server().statistics().gets).isLessThan(100);
    client.windowBytes(Long.MAX_VALUE);
    bench.turn();
    assertThat(bench.receivedBytes(client)).isGreaterThan(200_000_000L);
  }

  @Test
  void anItemThatWasReadIsKnownToBe() {
    bench.run("set a 0 0 1", "x");
    assertThat(((Item) bench.value("a")).isFetched()).isFalse();
    bench.run("get a");
    assertThat(((Item) bench.value("a")).isFetched()).isTrue();
  }
}
