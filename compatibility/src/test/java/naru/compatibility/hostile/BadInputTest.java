package naru.compatibility.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import naru.compatibility.OneBroker;
import naru.compatibility.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that are no command. The expected answers are those of redis-server 7.0.
final class BadInputTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static final String PING = "*1\r\n$4\r\nPING\r\n";
  private static final String PONG = "+PONG\r\n";

  private Bystander bystander;

  @BeforeEach
  void letSomebodyElseWork() {
    bystander = new Bystander(shared.broker());
  }

  @AfterEach
  void nobodyElseNoticed() {
    bystander.isUndisturbed();
    bystander.close();
  }

  static List<Arguments> violations() {
    return List.of(
        violation("*2147483648\r\n", "invalid multibulk length"),
        violation("*9223372036854775807\r\n", "invalid multibulk length"),
        violation("*9223372036854775808\r\n", "invalid multibulk length"),
        violation("*-9223372036854775809\r\n", "invalid multibulk length"),
        violation("*abc\r\n", "invalid multibulk length"),
        violation("*\r\n", "invalid multibulk length"),
        violation("* 1\r\n$4\r\nPING\r\n", "invalid multibulk length"),
        violation("*+1\r\n$4\r\nPING\r\n", "invalid multibulk length"),
        violation("*01\r\n$4\r\nPING\r\n", "invalid multibulk length"),
        violation("*1\r\n$04\r\nPING\r\n", "invalid bulk length"),
        violation("*1\r\n$-1\r\n", "invalid bulk length"),
        violation("*2\r\n$3\r\nGET\r\n$-5\r\n", "invalid bulk length"),
        violation("*1\r\n$536870913\r\n", "invalid bulk length"),
        violation("*1\r\n$9223372036854775807\r\n", "invalid bulk length"),
        violation("*1\r\n$9223372036854775808\r\n", "invalid bulk length"),
        violation("*1\r\n$abc\r\n", "invalid bulk length"),
        violation("*1\r\n$\r\n", "invalid bulk length"),
        violation("*1\r\n$" + "\u00ff".repeat(20) + "\r\n", "invalid bulk length"),
        violation("*1\r\nPING\r\n", "expected '$', got 'P'"),
        violation("*1\r\n:1\r\n", "expected '$', got ':'"),
        violation("*1\r\n*1\r\n".repeat(10_000), "expected '$', got '*'"),
        violation("*" + "1".repeat(70_000), "too big mbulk count string"),
        violation("*1\r\n$" + "1".repeat(70_000), "too big bulk count string"),
        violation("a".repeat(65_537), "too big inline request"),
        violation("PING \"abc\r\n", "unbalanced quotes in request"),
        violation("PING 'abc\r\n", "unbalanced quotes in request"),
        violation("PING \"abc\"d\r\n", "unbalanced quotes in request"),
        violation("PING 'a'b\r\n", "unbalanced quotes in request"));
  }

  private static Arguments violation(String bytes, String complaint) {
    return Arguments.of(bytes, "-ERR Protocol error: " + complaint + "\r\n");
  }

  @ParameterizedTest(quoteTextArguments = true)
  @MethodSource("violations")
  void aViolationIsNamedAndTheConnectionClosed(String bytes, String answer) {
    try (RawClient client = shared.connect()) {
      assertThat(client.write(bytes).readUntilClosed()).isEqualTo(answer);
    }
  }

  @Test
  void whatCameBeforeAViolationIsStillAnswered() {
    try (RawClient client = shared.connect()) {
      String answer = client.write(PING + PING + "*1\r\n$-2\r\n").readUntilClosed();
      assertThat(answer).isEqualTo(PONG + PONG + "-ERR Protocol error: invalid bulk length\r\n");
    }
  }

  static List<Arguments> oddities() {
    return List.of(
        Arguments.of("*-1\r\n", ""),
        Arguments.of("*0\r\n", ""),
        Arguments.of("*-9223372036854775808\r\n", ""),
        Arguments.of("\r\n", ""),
        Arguments.of("\n\n", ""),
        Arguments.of("   \r\n", ""),
        Arguments.of("PING\r\n", PONG),
        Arguments.of("PING\n", PONG),
        Arguments.of("PING \"a\\x41\\n\"\r\n", "$3\r\naA\n\r\n"),
        Arguments.of("*1\r\n$4\r\nPINGxx", PONG),
        Arguments.of("*2\r\n$4\r\nPING\r\n$2\r\nhixx", "$2\r\nhi\r\n"),
        Arguments.of("*1\r\n$0\r\n\r\n", unknown("")),
        Arguments.of("*1\r\n$6\r\nfo\r\no\u00ff\r\n", unknown("fo  o\u00ff")),
        Arguments.of("$4\r\n", unknown("$4")),
        Arguments.of("%1\r\n", unknown("%1")),
        Arguments.of("x".repeat(60_000) + "\r\n", unknown("x".repeat(128))),
        Arguments.of("HELLO 99\r\n", "-NOPROTO unsupported protocol version\r\n"));
  }

  private static String unknown(String command) {
    return "-ERR unknown command '" + command + "', with args beginning with: \r\n";
  }

  @ParameterizedTest(quoteTextArguments = true)
  @MethodSource("oddities")
  void whatIsOddButReadableIsAnsweredAndTheConnectionGoesOn(String bytes, String answer) {
    try (RawClient client = shared.connect()) {
      String answers = client.write(bytes + PING).endOutput().readUntilClosed();
      assertThat(answers).isEqualTo(answer + PONG);
    }
  }

  static List<String> halves() {
    return List.of(
        "*2147483647\r\n",
        "*1048577\r\n$3\r\nSET\r\n",
        "*1\r\n$536870912\r\n",
        "*1\r\n$536870912\r\nSET",
        "*3\r\n$3\r\nSET\r\n",
        "*1\r\n$4\nPING\n",
        "a".repeat(65_536));
  }

  @ParameterizedTest(quoteTextArguments = true)
  @MethodSource("halves")
  void halfACommandIsWaitedForWithoutReservingWhatItAnnounces(String bytes) {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(shared.connect().write(bytes));
    }
    bystander.isUndisturbed();
    for (RawClient client : clients) {
      assertThat(client.endOutput().readUntilClosed()).isEmpty();
      client.close();
    }
  }

  @ParameterizedTest
  @MethodSource("webRequests")
  void aWebBrowserIsCutOffWithoutAWord(String bytes) {
    try (RawClient client = shared.connect()) {
      assertThat(client.write(bytes).readUntilClosed()).isEmpty();
    }
  }

  static List<String> webRequests() {
    return List.of(
        "POST / HTTP/1.1\r\nHost: localhost\r\n\r\nFLUSHALL\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nFLUSHALL\r\n",
        "post\r\n",
        "Host: localhost\r\n");
  }

  /// What was on its way when the broker closed may still be taken from the wire, and dropped.
  @Test
  void aLineWithoutEndIsCutAt64Kilobytes() {
    byte[] block = "a".repeat(1 << 16).getBytes(ISO_8859_1);
    Instant end = Instant.now().plusSeconds(10);
    try (RawClient client = shared.connect()) {
      while (Instant.now().isBefore(end)) {
        client.write(block);
      }
    } catch (UncheckedIOException e) {
      return; // Closed by the broker.
    }
    throw new AssertionError("the line is taken without end");
  }
}
