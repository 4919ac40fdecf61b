package naru.protocol.resp.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final String WRONG =
      "-WRONGPASS invalid username-password pair or user is disabled.";

  private final Bench bench = new Bench();
  private final Bench.Connection one = bench.connect();

  private Bench.Connection stranger() {
    one.run("CONFIG SET requirepass secret");
    return bench.connect();
  }

  @Test
  void helloSwitchesTheProtocolAndSaysWhoIsThere() {
    assertThat(one.run("HELLO 3"))
        .startsWith("{\"server\": \"redis\", \"version\": \"8.")
        .contains("\"proto\": :3", "\"mode\": \"standalone\"", "\"role\": \"master\"")
        .endsWith("\"modules\": []}");
    assertThat(one.run("GET a")).isEqualTo("nil");
    assertThat(one.run("HELLO")).contains("\"proto\": :3");
    assertThat(one.run("HELLO 2")).startsWith("[\"server\", \"redis\"").contains("\"proto\", :2");
  }

  @Test
  void helloRefusesWhatItDoesNotKnow() {
    assertThat(one.run("HELLO 4")).isEqualTo("-NOPROTO unsupported protocol version");
    assertThat(one.run("HELLO 1")).isEqualTo("-NOPROTO unsupported protocol version");
    assertThat(one.run("HELLO x"))
        .isEqualTo("-ERR Protocol version is not an integer or out of range");
    assertThat(one.run("HELLO 2 foo")).isEqualTo("-ERR Syntax error in HELLO option 'foo'");
    assertThat(one.run("HELLO 2 AUTH default"))
        .isEqualTo("-ERR Syntax error in HELLO option 'AUTH'");
    assertThat(one.run("HELLO", "3", "SETNAME", "a b"))
        .isEqualTo("-ERR Client names cannot contain spaces, newlines or special characters.");
    assertThat(one.run("PING")).isEqualTo("PONG");
    assertThat(one.run("CLIENT GETNAME")).isEqualTo("nil");
  }

  @Test
  void helloNamesTheClient() {
    one.run("HELLO 2 SETNAME me");
    assertThat(one.run("CLIENT GETNAME")).isEqualTo("\"me\"");
  }

  @Test
  void withoutThePasswordNothingButTheHandshakeIsServed() {
    Bench.Connection stranger = stranger();
    assertThat(stranger.run("GET a")).isEqualTo("-NOAUTH Authentication required.");
    assertThat(stranger.run("CLIENT ID")).isEqualTo("-NOAUTH Authentication required.");
    assertThat(stranger.run("SUBSCRIBE a")).isEqualTo("-NOAUTH Authentication required.");
    assertThat(stranger.run("MULTI")).isEqualTo("-NOAUTH Authentication required.");
    assertThat(stranger.run("HELLO 3")).startsWith("-NOAUTH HELLO must be called with");
    assertThat(stranger.run("RESET")).isEqualTo("RESET");
    assertThat(stranger.run("QUIT")).isEqualTo("OK");
  }

  @Test
  void whoIsThereWhenThePasswordIsSetMayStay() {
    Bench.Connection stranger = stranger();
    assertThat(one.run("GET a")).isEqualTo("nil");
    assertThat(stranger.run("GET a")).startsWith("-NOAUTH");
  }

  @Test
  void thePasswordOpensTheDoor() {
    Bench.Connection stranger = stranger();
    assertThat(stranger.run("AUTH wrong")).isEqualTo(WRONG);
    assertThat(stranger.run("AUTH somebody secret")).isEqualTo(WRONG);
    assertThat(stranger.run("GET a")).startsWith("-NOAUTH");
    assertThat(stranger.run("AUTH secret")).isEqualTo("OK");
    assertThat(stranger.run("GET a")).isEqualTo("nil");
  }

  @Test
  void aWrongPasswordDoesNotPutOutWhoIsIn() {
    Bench.Connection stranger = stranger();
    stranger.run("AUTH default secret");
    assertThat(stranger.run("AUTH wrong")).isEqualTo(WRONG);
    assertThat(stranger.run("GET a")).isEqualTo("nil");
  }

  @Test
  void helloMayBringThePassword() {
    Bench.Connection stranger = stranger();
    assertThat(stranger.run("HELLO 3 AUTH default wrong")).isEqualTo(WRONG);
    assertThat(stranger.run("HELLO 3 AUTH default secret SETNAME me")).contains("\"proto\": :3");
    assertThat(stranger.run("CLIENT GETNAME")).isEqualTo("\"me\"");
  }

  @Test
  void aStrangerMaySendLittle() {
    Bench.Connection stranger = stranger();
    stranger.sendRaw("*11\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(stranger.receive())
        .isEqualTo("-ERR Protocol error: unauthenticated multibulk length");
    assertThat(stranger.isClosed()).isTrue();
  }

  @Test
  void authWithoutAPasswordIsAMistakeButAnyoneIsTheDefaultUser() {
    assertThat(one.run("AUTH x"))
        .startsWith("-ERR AUTH <password> called without any password configured");
    assertThat(one.run("AUTH default x")).isEqualTo("OK");
    assertThat(one.run("AUTH a b")).isEqualTo(WRONG);
    assertThat(one.run("AUTH a b c")).isEqualTo("-ERR syntax error");
  }

  @Test
  void resetIsAFreshStart() {
    one.run("CONFIG SET requirepass secret");
    one.run("HELLO 3 AUTH default secret SETNAME me");
    one.run("SELECT 3");
    one.run("SUBSCRIBE c");
    one.run("CLIENT NO-TOUCH ON");
    assertThat(one.run("RESET")).isEqualTo("RESET");
    assertThat(one.run("GET a")).startsWith("-NOAUTH");
    assertThat(one.run("AUTH secret")).isEqualTo("OK");
    assertThat(one.run("CLIENT INFO"))
        .contains(" name= ", " db=0 ", " sub=0 ", " resp=2 ", " flags=N ");
    assertThat(one.run("PUBSUB NUMSUB c")).isEqualTo("[\"c\", :0]");
  }

  @Test
  void quitAnswersAndCloses() {
    assertThat(one.run("QUIT")).isEqualTo("OK");
    assertThat(one.isClosed()).isTrue();
    assertThat(bench.connect().run("QUIT now please")).isEqualTo("OK");
  }

  @Test
  void whatFollowsQuitIsNotDone() {
    one.sendRaw("QUIT\r\nSET a 1\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(one.receive()).isEqualTo("OK");
    assertThat(bench.connect().run("EXISTS a")).isEqualTo(":0");
  }

  @Test
  void aBrowserIsShownTheDoorWithoutAWord() {
    one.sendRaw("GET\r\nPOST / HTTP/1.1\r\nSET a 1\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(one.receive()).isEmpty();
    assertThat(one.isClosed()).isTrue();
    Bench.Connection other = bench.connect();
    assertThat(other.run("EXISTS a")).isEqualTo(":0");
    other.sendRaw("hOsT: localhost\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(other.receive()).isEmpty();
    assertThat(other.isClosed()).isTrue();
  }

  @Test
  void pingAndEchoGiveBackWhatTheyGot() {
    assertThat(one.run("PING")).isEqualTo("PONG");
    assertThat(one.run("PING hi")).isEqualTo("\"hi\"");
    assertThat(one.run("PING a b")).isEqualTo("-ERR wrong number of arguments for 'ping' command");
    assertThat(one.run("ECHO hi")).isEqualTo("\"hi\"");
  }
}
