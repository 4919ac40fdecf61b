package naru.measure.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FramingTest {
  private static void demandWholeOnlyAtItsEnd(Framing framing, String reply) {
    byte[] in = ("before" + reply + "behind").getBytes(StandardCharsets.ISO_8859_1);
    int from = "before".length();
    int end = from + reply.length();
    for (int limit = from; limit < end; limit++) {
      assertThat(framing.end(in, from, limit)).as("up to %d", limit).isEqualTo(-1);
    }
    assertThat(framing.end(in, from, end)).isEqualTo(end);
    assertThat(framing.end(in, from, in.length)).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK\r\n",
        ":12\r\n",
        "$5\r\na\r\nbc\r\n",
        "$-1\r\n",
        "*-1\r\n",
        "*0\r\n",
        "*2\r\n*1\r\n$1\r\na\r\n:1\r\n",
        "%1\r\n+a\r\n*1\r\n:1\r\n",
        ">3\r\n+message\r\n+channel\r\n$2\r\nhi\r\n",
      })
  void aReplyOfRedisEndsWhereItEnds(String reply) {
    demandWholeOnlyAtItsEnd(new RespFraming(), reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STORED\r\n",
        "HD\r\n",
        "END\r\n",
        "VALUE key 0 5\r\na\r\nbc\r\nEND\r\n",
        "VALUE key 0 1 17\r\na\r\nVALUE other 3 0\r\n\r\nEND\r\n",
        "VA 2 f0\r\nhi\r\n",
      })
  void aReplyOfMemcachedEndsWhereItEnds(String reply) {
    demandWholeOnlyAtItsEnd(new MemcachedFraming(), reply);
  }
}
