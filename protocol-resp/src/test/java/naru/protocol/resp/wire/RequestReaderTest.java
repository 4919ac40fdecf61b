package naru.protocol.resp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import naru.bytes.ByteReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  private final RequestReader reader = new RequestReader();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The requests of `text`, received whole.
  private List<List<String>> read(String text) {
    ByteReader in = new ByteReader(bytes(text));
    List<List<String>> requests = new ArrayList<>();
    while (reader.next(in)) {
      requests.add(words());
    }
    return requests;
  }

  private List<String> words() {
    return reader.arguments().from(0).stream()
        .map(word -> new String(word.copy(), StandardCharsets.ISO_8859_1))
        .toList();
  }

  private static List<String> request(String... words) {
    return List.of(words);
  }

  @Test
  void anArrayOfBulkStringsIsARequest() {
    assertThat(read("*2\r\n$4\r\nLLEN\r\n$6\r\nmylist\r\n"))
        .containsExactly(request("LLEN", "mylist"));
  }

  @Test
  void wordsMayHoldAnyBytesAndBeEmpty() {
    assertThat(read("*3\r\n$1\r\na\r\n$0\r\n\r\n$5\r\n\r\n\0\u00ff*\r\n"))
        .containsExactly(request("a", "", "\r\n\0\u00ff*"));
  }

  @Test
  void requestsCutAnywhereAreReadAsIfWhole() {
    String text =
        "*2\r\n$4\r\nLLEN\r\n$10\r\n0123456789\r\nPING \"a b\"\r\n*0\r\n\r\n*1\r\n$4\r\nTIME\r\n";
    List<List<String>> whole = read(text);
    assertThat(whole)
        .containsExactly(request("LLEN", "0123456789"), request("PING", "a b"), request("TIME"));
    for (int cut = 0; cut <= text.length(); cut++) {
      assertThat(readInPieces(text, List.of(cut))).as("cut at %s", cut).isEqualTo(whole);
    }
    Random random = new Random(4711);
    for (int round = 0; round < 200; round++) {
      List<Integer> cuts = new ArrayList<>();
      random.ints(5, 0, text.length()).sorted().forEach(cuts::add);
      assertThat(readInPieces(text, cuts)).as("cut at %s", cuts).isEqualTo(whole);
    }
  }

  /// As a connection does it: what is not taken stays at the front, what comes is put behind it.
  private List<List<String>> readInPieces(String text, List<Integer> cuts) {
    RequestReader fresh = new RequestReader();
    byte[] all = bytes(text);
    List<Integer> ends = new ArrayList<>(cuts);
    ends.add(all.length);
    List<List<String>> requests = new ArrayList<>();
    int taken = 0;
    for (int end : ends) {
      ByteReader in = new ByteReader(Arrays.copyOfRange(all, taken, end));
      while (fresh.next(in)) {
        requests.add(
            fresh.arguments().from(0).stream()
                .map(word -> new String(word.copy(), StandardCharsets.ISO_8859_1))
                .toList());
      }
      taken += in.position();
    }
    return requests;
  }

  @Test
  void noBytesAtAllMakeItFailInAnyOtherWayThanByAViolation() {
    Random random = new Random(1);
    String alphabet = "*$\r\n0123-\"'\\ax \0";
    int requests = 0;
    int violations = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(round % 2 == 0 ? "*1\r\n$" : "");
      random
          .ints(random.nextInt(24), 0, alphabet.length())
          .forEach(i -> text.append(alphabet.charAt(i)));
      try {
        ByteReader in = new ByteReader(bytes(text.toString()));
        RequestReader fresh = new RequestReader();
        while (fresh.next(in)) {
          requests++;
        }
      } catch (Violation violation) {
        violations++;
      }
    }
    assertThat(requests).isPositive();
    assertThat(violations).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*a\\r\\n | invalid multibulk length",
        "*\\r\\n | invalid multibulk length",
        "*2147483648\\r\\n | invalid multibulk length",
        "*1 \\r\\n | invalid multibulk length",
        "*01\\r\\n | invalid multibulk length",
        "*+1\\r\\n | invalid multibulk length",
        "*1\\r\\n+a\\r\\n | expected '$', got '+'",
        "*1\\r\\n$-1\\r\\n | invalid bulk length",
        "*1\\r\\n$\\r\\n | invalid bulk length",
        "*1\\r\\n$a\\r\\n | invalid bulk length",
        "*1\\r\\n$536870913\\r\\n | invalid bulk length",
        "*1\\r\\n$99999999999999999999\\r\\n | invalid bulk length",
        "GET \"a\\r\\n | unbalanced quotes in request",
        "GET \"a\"b\\r\\n | unbalanced quotes in request",
        "GET 'a\\r\\n | unbalanced quotes in request"
      })
  void whatIsNoRequestIsNamed(String text, String sentence) {
    String whole = text.replace("\\r", "\r").replace("\\n", "\n");
    assertThatThrownBy(() -> read(whole)).isInstanceOf(Violation.class).hasMessage(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*0\r\n", "*-1\r\n", "*-10\r\n", "\r\n", "\n", "  \r\n"})
  void aRequestWithoutWordsIsPassedOver(String text) {
    assertThat(read(text + "PING\r\n")).containsExactly(request("PING"));
  }

  @Test
  void linesMayNotGrowForEver() {
    String much = "1".repeat((64 << 10) + 1);
    assertThatThrownBy(() -> read(much))
        .isInstanceOf(Violation.class)
        .hasMessage("too big inline request");
    assertThatThrownBy(() -> new RequestReader().next(new ByteReader(bytes("*" + much))))
        .isInstanceOf(Violation.class)
        .hasMessage("too big mbulk count string");
    assertThatThrownBy(() -> new RequestReader().next(new ByteReader(bytes("*1\r\n$" + much))))
        .isInstanceOf(Violation.class)
        .hasMessage("too big bulk count string");
  }

  @Test
  void aClientThatGaveNoPasswordMaySendLittle() {
    reader.trusted(false);
    assertThat(read("*10\r\n" + "$1\r\na\r\n".repeat(10))).hasSize(1);
    assertThatThrownBy(() -> read("*11\r\n"))
        .isInstanceOf(Violation.class)
        .hasMessage("unauthenticated multibulk length");
    assertThat(new RequestReader().next(new ByteReader(bytes("*11\r\n")))).isFalse();
  }

  @Test
  void aClientThatGaveNoPasswordMaySendNoLongWord() {
    reader.trusted(false);
    assertThat(read("*1\r\n$16384\r\n" + "a".repeat(16384) + "\r\n")).hasSize(1);
    assertThatThrownBy(() -> read("*1\r\n$16385\r\n"))
        .isInstanceOf(Violation.class)
        .hasMessage("unauthenticated bulk length");
  }

  @Test
  void theLongestWordIsASetting() {
    reader.bulkMaxBytes(3);
    assertThat(read("*1\r\n$3\r\nabc\r\n")).containsExactly(request("abc"));
    assertThatThrownBy(() -> read("*1\r\n$4\r\n"))
        .isInstanceOf(Violation.class)
        .hasMessage("invalid bulk length");
  }

  @Test
  void whatIsOnlyAnnouncedCostsNoMemory() {
    List<RequestReader> readers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      RequestReader announced = new RequestReader();
      ByteReader in = new ByteReader(bytes("*2147483647\r\n$536870912\r\nabc"));
      assertThat(announced.next(in)).isFalse();
      assertThat(in.position()).isZero();
      readers.add(announced);
    }
    assertThat(readers).hasSize(1000);
  }

  @Test
  void inlineWordsKnowQuotesAndEscapes() {
    assertThat(read("SET a\t  b\r\n")).containsExactly(request("SET", "a", "b"));
    assertThat(read("SET \"a b\" 'c d'\n")).containsExactly(request("SET", "a b", "c d"));
    assertThat(read("\"\\x41\\n\\t\\\\\\q\\\"\"\n")).containsExactly(request("A\n\t\\q\""));
    assertThat(read("'\\'\\n'\n")).containsExactly(request("'\\n"));
    assertThat(read("a\"b\"\n")).containsExactly(request("ab"));
    assertThat(read("\"\" ''\n")).containsExactly(request("", ""));
  }

  @Test
  void keptWordsOutliveTheBufferTheyCameFrom() {
    byte[] buffer = bytes("*2\r\n$1\r\na\r\n$2\r\nbc\r\n");
    reader.next(new ByteReader(buffer));
    Arguments kept = reader.arguments().kept();
    Arrays.fill(buffer, (byte) 'x');
    assertThat(kept.from(0)).hasToString("[a, bc]");
  }
}
