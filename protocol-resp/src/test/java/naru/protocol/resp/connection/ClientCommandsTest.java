package naru.protocol.resp.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientCommandsTest {
  private final Bench bench = new Bench();
  private final Bench.Connection one = bench.connect();
  private final Bench.Connection other = bench.connect();

  private static String id(Bench.Connection connection) {
    return connection.run("CLIENT ID").substring(1);
  }

  private static String address(Bench.Connection connection) {
    return field(connection, "addr");
  }

  private static String field(Bench.Connection connection, String name) {
    String line = connection.run("CLIENT INFO");
    int from = line.indexOf(" " + name + "=") + name.length() + 2;
    return line.substring(from, line.indexOf(' ', from));
  }

  private static void sendRaw(Bench.Connection connection, String text) {
    connection.sendRaw(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aClientIsALineOfFieldsInRedisOrder() {
    String names = one.run("CLIENT INFO").replaceAll("=[^ ]*", "").replace("\"", "").trim();
    assertThat(names)
        .startsWith(
            "id addr laddr fd name age idle flags db sub psub ssub multi watch qbuf qbuf-free"
                + " argv-mem multi-mem rbs rbp obl oll omem tot-mem events cmd user redir resp"
                + " lib-name lib-ver");
  }

  @Test
  void theLineTellsWhatTheClientIsDoing() {
    one.run("CLIENT SETNAME me");
    one.run("CLIENT SETINFO LIB-NAME redis-py");
    one.run("CLIENT SETINFO lib-ver 1.2");
    one.run("SELECT 2");
    one.run("WATCH a b");
    bench.sleepMs(5000);
    assertThat(one.run("CLIENT INFO"))
        .contains(" name=me ", " db=2 ", " watch=2 ", " age=5 ", " idle=0 ", " cmd=client|info ")
        .contains(" lib-name=redis-py lib-ver=1.2", " multi=-1 ", " flags=N ", " user=default ");
    one.run("MULTI");
    one.run("PING");
    assertThat(other.run("CLIENT LIST ID " + idOfNamed("me")))
        .contains(" multi=1 ", " flags=x ", " cmd=ping ");
  }

  private String idOfNamed(String name) {
    for (String line : other.run("CLIENT LIST").replace("\"", "").split("\n")) {
      if (line.contains(" name=" + name + " ")) {
        return line.substring("id=".length(), line.indexOf(' '));
      }
    }
    throw new AssertionError("nobody is called " + name);
  }

  @Test
  void flagsTellWaitersAndListeners() {
    String first = id(one);
    Bench.Connection listener = bench.connect();
    String second = id(listener);
    listener.run("SUBSCRIBE a");
    listener.run("PSUBSCRIBE b c");
    one.send("BLPOP", "l", "0");
    assertThat(other.run("CLIENT LIST ID " + first)).contains(" flags=b ", " cmd=blpop ");
    assertThat(other.run("CLIENT LIST ID " + second))
        .contains(" flags=P ", " sub=1 ", " psub=2 ", " ssub=0 ");
    assertThat(other.run("CLIENT LIST TYPE pubsub")).startsWith("\"id=" + second + " ");
    assertThat(other.run("CLIENT LIST TYPE normal")).doesNotContain("id=" + second + " ");
    assertThat(other.run("CLIENT LIST TYPE replica")).isEqualTo("\"\"");
  }

  @Test
  void listShowsOnlyTheNamedIds() {
    assertThat(one.run("CLIENT LIST ID " + id(one) + " " + id(other)).split("\n")).hasSize(3);
    assertThat(one.run("CLIENT LIST ID 999999")).isEqualTo("\"\"");
    assertThat(one.run("CLIENT LIST").split("\n")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CLIENT LIST foo | ERR syntax error",
        "CLIENT LIST TYPE | ERR syntax error",
        "CLIENT LIST ID | ERR syntax error",
        "CLIENT LIST TYPE foo | ERR Unknown client type 'foo'",
        "CLIENT KILL 1.2.3.4:5 | ERR No such client",
        "CLIENT KILL foo bar | ERR syntax error",
        "CLIENT KILL ID 0 | ERR client-id should be greater than 0",
        "CLIENT KILL ID abc | ERR client-id should be greater than 0",
        "CLIENT KILL TYPE foo | ERR Unknown client type 'foo'",
        "CLIENT KILL USER foo | ERR No such user 'foo'",
        "CLIENT KILL SKIPME maybe | ERR syntax error",
        "CLIENT KILL 1 2 3 | ERR syntax error",
        "CLIENT PAUSE 100 foo | ERR CLIENT PAUSE mode must be WRITE or ALL",
        "CLIENT PAUSE abc | ERR timeout is not an integer or out of range",
        "CLIENT PAUSE -1 | ERR timeout is negative",
        "CLIENT UNBLOCK abc | ERR value is not an integer or out of range",
        "CLIENT UNBLOCK 5 foo | ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR",
        "CLIENT REPLY foo | ERR syntax error",
        "CLIENT NO-EVICT foo | ERR syntax error",
        "CLIENT NO-TOUCH foo | ERR syntax error",
        "CLIENT SETINFO foo bar | ERR Unrecognized option 'foo'",
        "CLIENT foo | ERR unknown subcommand 'foo'. Try CLIENT HELP.",
        "CLIENT | ERR wrong number of arguments for 'client' command"
      })
  void whatMakesNoSenseIsRefused(String call, String refusal) {
    assertThat(one.run(call)).isEqualTo("-" + refusal);
  }

  @ParameterizedTest
  @CsvSource({"PAUSE,CLIENT PAUSE 1 WRITE x", "unblock,CLIENT unblock 1 TIMEOUT x"})
  void tooManyWordsAreAnUnknownSubcommand(String name, String call) {
    assertThat(one.run(call))
        .isEqualTo(
            "-ERR unknown subcommand or wrong number of arguments for '"
                + name
                + "'. Try CLIENT HELP.");
  }

  @Test
  void namesHaveNoSpaces() {
    String refusal = " cannot contain spaces, newlines or special characters.";
    assertThat(one.run("CLIENT", "SETNAME", "a b")).isEqualTo("-ERR Client names" + refusal);
    assertThat(one.run("CLIENT", "SETINFO", "Lib-Name", "a b"))
        .isEqualTo("-ERR Lib-Name" + refusal);
    assertThat(one.run("CLIENT", "SETNAME", "a")).isEqualTo("OK");
    assertThat(one.run("CLIENT", "SETNAME", "")).isEqualTo("OK");
    assertThat(one.run("CLIENT GETNAME")).isEqualTo("nil");
  }

  @Test
  void killByAddressOldAndNew() {
    String address = address(other);
    assertThat(one.run("CLIENT KILL " + address)).isEqualTo("OK");
    assertThat(other.isClosed()).isTrue();
    Bench.Connection third = bench.connect();
    assertThat(one.run("CLIENT KILL ADDR " + address(third))).isEqualTo(":1");
    assertThat(third.isClosed()).isTrue();
    assertThat(one.run("CLIENT KILL ADDR 1.2.3.4:5")).isEqualTo(":0");
  }

  @Test
  void killByIdAndTypeNeedsAllFilters() {
    String id = id(other);
    assertThat(one.run("CLIENT KILL ID " + id + " TYPE pubsub")).isEqualTo(":0");
    assertThat(other.isClosed()).isFalse();
    assertThat(one.run("CLIENT KILL ID " + id + " TYPE normal")).isEqualTo(":1");
    assertThat(other.isClosed()).isTrue();
  }

  @Test
  void killSparesTheCallerUnlessAsked() {
    assertThat(one.run("CLIENT KILL TYPE normal")).isEqualTo(":1");
    assertThat(other.isClosed()).isTrue();
    assertThat(one.run("CLIENT KILL TYPE normal SKIPME no")).isEqualTo(":1");
    assertThat(one.isClosed()).isTrue();
  }

  @Test
  void killByAge() {
    bench.sleepMs(10_000);
    Bench.Connection young = bench.connect();
    assertThat(one.run("CLIENT KILL MAXAGE 5")).isEqualTo(":1");
    assertThat(other.isClosed()).isTrue();
    assertThat(young.isClosed()).isFalse();
  }

  @Test
  void whoIsKilledNoLongerWaitsListensOrWatches() {
    other.send("BLPOP", "l", "0");
    assertThat(one.run("CLIENT KILL TYPE normal")).isEqualTo(":1");
    assertThat(one.run("RPUSH l 1")).isEqualTo(":1");
    assertThat(one.run("LLEN l")).isEqualTo(":1");
  }

  @Test
  void aPauseOfWritesLetsReadsPass() {
    one.run("SET a 1");
    assertThat(one.run("CLIENT PAUSE 1000 WRITE")).isEqualTo("OK");
    other.send("SET", "a", "2");
    assertThat(other.receive()).isEmpty();
    assertThat(one.run("GET a")).isEqualTo("\"1\"");
    bench.sleepMs(1001);
    assertThat(other.receive()).isEqualTo("OK");
    assertThat(one.run("GET a")).isEqualTo("\"2\"");
  }

  @Test
  void aPauseOfWritesHoldsPublishAndTransactionsThatWrite() {
    Bench.Connection reading = bench.connect();
    reading.run("MULTI");
    reading.run("GET a");
    other.run("MULTI");
    other.run("SET a 2");
    one.run("CLIENT PAUSE 1000 WRITE");
    assertThat(reading.run("EXEC")).isEqualTo("[nil]");
    assertThat(other.run("EXEC")).isEmpty();
    assertThat(reading.run("PUBLISH c x")).isEmpty();
    assertThat(one.run("CLIENT UNPAUSE")).isEqualTo("OK");
    assertThat(other.receive()).isEqualTo("[OK]");
    assertThat(reading.receive()).isEqualTo(":0");
  }

  @Test
  void whatAPausedClientSentIsDoneInOrderAfterwards() {
    one.run("CLIENT PAUSE 1000 WRITE");
    sendRaw(other, "GET a\r\nSET a 1\r\nGET a\r\nINCR a\r\n");
    assertThat(other.receive()).isEqualTo("nil");
    sendRaw(other, "GET a\r\n");
    assertThat(other.receive()).isEmpty();
    one.run("CLIENT UNPAUSE");
    assertThat(other.receive()).isEqualTo("OK \"1\" :2 \"2\"");
  }

  @Test
  void aPauseOfAllHoldsEverybody() {
    one.run("CLIENT PAUSE 1000");
    assertThat(one.run("PING")).isEmpty();
    assertThat(other.run("CLIENT UNPAUSE")).isEmpty();
    bench.sleepMs(999);
    assertThat(one.receive()).isEmpty();
    bench.sleepMs(2);
    assertThat(one.receive()).isEqualTo("PONG");
    assertThat(other.receive()).isEqualTo("OK");
  }

  @Test
  void aSecondPauseMakesTheFirstNoShorter() {
    one.run("CLIENT PAUSE 1000 WRITE");
    one.run("CLIENT PAUSE 10 WRITE");
    other.send("SET", "a", "1");
    bench.sleepMs(500);
    assertThat(other.receive()).isEmpty();
    bench.sleepMs(501);
    assertThat(other.receive()).isEqualTo("OK");
  }

  @Test
  void whoLeavesDuringAPauseIsForgotten() {
    one.run("CLIENT PAUSE 1000 WRITE");
    other.send("SET", "a", "1");
    other.close();
    one.run("CLIENT UNPAUSE");
    assertThat(one.run("EXISTS a")).isEqualTo(":0");
  }

  @Test
  void repliesCanBeTurnedOff() {
    assertThat(one.run("CLIENT REPLY OFF")).isEmpty();
    assertThat(one.run("SET a 1")).isEmpty();
    assertThat(one.run("NOSUCH")).isEmpty();
    assertThat(one.run("CLIENT REPLY SKIP")).isEmpty();
    assertThat(one.run("PING")).isEmpty();
    assertThat(one.run("CLIENT REPLY ON")).isEqualTo("OK");
    assertThat(one.run("GET a")).isEqualTo("\"1\"");
  }

  @Test
  void oneReplyCanBeSkipped() {
    assertThat(one.run("CLIENT REPLY SKIP")).isEmpty();
    assertThat(one.run("SET a 1")).isEmpty();
    assertThat(one.run("GET a")).isEqualTo("\"1\"");
  }

  @Test
  void messagesArriveAlsoWithRepliesOff() {
    Bench.Connection listener = bench.connect3();
    listener.run("SUBSCRIBE c");
    listener.run("CLIENT REPLY OFF");
    one.run("PUBLISH c x");
    assertThat(listener.receive()).isEqualTo(">[\"message\", \"c\", \"x\"]");
  }

  @Test
  void aWaitCanBeEndedAsIfTimeWereUp() {
    String id = id(other);
    other.send("BLPOP", "l", "0");
    assertThat(one.run("CLIENT UNBLOCK " + id)).isEqualTo(":1");
    assertThat(other.receive()).isEqualTo("nil");
    assertThat(one.run("CLIENT UNBLOCK " + id)).isEqualTo(":0");
    assertThat(one.run("CLIENT UNBLOCK 999")).isEqualTo(":0");
    one.run("RPUSH l 1");
    assertThat(one.run("LLEN l")).isEqualTo(":1");
  }

  @Test
  void aWaitCanBeEndedWithAnError() {
    String id = id(other);
    other.send("BLPOP", "l", "0");
    assertThat(one.run("CLIENT UNBLOCK " + id + " ERROR")).isEqualTo(":1");
    assertThat(other.receive()).isEqualTo("-UNBLOCKED client unblocked via CLIENT UNBLOCK");
    assertThat(other.run("PING")).isEqualTo("PONG");
  }

  @Test
  void whoMayNotBeEvictedIsMarked() {
    assertThat(one.run("CLIENT NO-EVICT ON")).isEqualTo("OK");
    assertThat(one.run("CLIENT INFO")).contains(" flags=e ");
    assertThat(one.run("CLIENT NO-EVICT OFF")).isEqualTo("OK");
    assertThat(one.run("CLIENT INFO")).contains(" flags=N ");
  }

  @Test
  void aSkippedReplyIsNotTheOneOfTheSkipping() {
    one.send("CLIENT", "REPLY", "SKIP");
    one.send("CLIENT", "REPLY", "SKIP");
    one.send("PING");
    assertThat(one.run("ECHO b")).isEqualTo("\"b\"");
    assertThat(one.run("CLIENT REPLY")).contains("wrong number of arguments");
  }

  @Test
  void whoDoesNotTouchLeavesTheIdleTimeAlone() {
    one.run("SET a 1");
    one.run("GET a");
    bench.sleepMs(10_000);
    one.run("CLIENT NO-TOUCH ON");
    one.run("GET a");
    assertThat(one.run("CLIENT INFO")).contains(" flags=T ");
    assertThat(one.run("OBJECT IDLETIME a")).isEqualTo(":10");
    one.run("CLIENT NO-TOUCH OFF");
    one.run("GET a");
    assertThat(one.run("OBJECT IDLETIME a")).isEqualTo(":0");
  }
}
