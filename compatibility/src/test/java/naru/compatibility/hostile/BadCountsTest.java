package naru.compatibility.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.List;
import naru.compatibility.NewerThanRedis7;
import naru.compatibility.OneBroker;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Counts, indexes and times at the ends of what 64 bits hold, and one beyond.
final class BadCountsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static final String MAX = "9223372036854775807";
  private static final String MIN = "-9223372036854775808";
  private static final String BEYOND = "9223372036854775808";
  private static final int ITEMS_MAX = 1_000_000;

  @BeforeEach
  void fill() {
    try (RawClient client = shared.connect()) {
      client.pipeline(
          List.of(
              words("RPUSH list a b c"),
              words("SADD set a"),
              words("ZADD zset 1 a"),
              words("HSET hash f v"),
              words("SET string abc"),
              words("SET number " + MAX),
              words("XADD stream 1-1 f v")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          LRANGE list 0 MAX               | [a, b, c]
          LRANGE list MIN MAX             | [a, b, c]
          LRANGE list BEYOND 1            | -ERR value is not an integer or out of range
          LINDEX list MAX                 | (nil)
          LINDEX list MIN                 | (nil)
          LINDEX list BEYOND              | -ERR value is not an integer or out of range
          LPOP list MAX                   | [a, b, c]
          LPOP list MIN                   | -ERR value is out of range, must be positive
          RPOP list BEYOND                | -ERR value is out of range, must be positive
          LMPOP 1 nosuch LEFT COUNT MAX   | (nil)
          LMPOP MAX list LEFT             | -ERR syntax error
          LMPOP 1 list LEFT COUNT MIN     | -ERR count should be greater than 0
          LPOS list a COUNT MAX           | [0]
          LPOS list z RANK MAX            | (nil)
          LPOS list a MAXLEN MIN          | -ERR MAXLEN can't be negative
          LREM list MAX a                 | 1
          LSET list MAX a                 | -ERR index out of range
          LTRIM list MIN MAX              | OK
          SRANDMEMBER set MAX             | [a]
          SRANDMEMBER set MIN             | -ERR value is out of range, value must between -MAX and MAX
          SPOP set MIN                    | -ERR value is out of range, must be positive
          SPOP nosuch MAX                 | []
          SINTERCARD MAX set              | -ERR Number of keys can't be greater than number of args
          SINTERCARD 1 set LIMIT MAX      | 1
          HRANDFIELD hash MAX             | [f]
          ZRANDMEMBER zset MAX            | [a]
          ZPOPMIN nosuch MAX              | []
          ZPOPMIN zset MIN                | -ERR value is out of range, must be positive
          ZMPOP MAX zset MIN              | -ERR syntax error
          ZRANGE zset MIN MAX             | [a]
          ZRANGEBYSCORE zset -inf +inf LIMIT MAX MAX | []
          ZRANGEBYSCORE zset -inf +inf LIMIT 0 MIN   | [a]
          GETRANGE string MIN MAX         | abc
          GETRANGE string MAX MIN         | ""
          SETRANGE string MAX x           | -ERR string exceeds maximum allowed size (proto-max-bulk-len)
          SETRANGE string 536870912 x     | -ERR string exceeds maximum allowed size (proto-max-bulk-len)
          SETRANGE string MIN x           | -ERR offset is out of range
          INCRBY number 1                 | -ERR increment or decrement would overflow
          INCRBY nosuch MAX               | 9223372036854775807
          INCRBY nosuch BEYOND            | -ERR value is not an integer or out of range
          DECRBY nosuch MIN               | -ERR decrement would overflow
          DECRBY nosuch MAX               | -9223372036854775807
          EXPIRE string MAX               | -ERR invalid expire time in 'expire' command
          EXPIRE string MIN               | -ERR invalid expire time in 'expire' command
          PEXPIRE string MAX              | -ERR invalid expire time in 'pexpire' command
          PEXPIREAT string MAX            | 1
          EXPIREAT string MAX             | -ERR invalid expire time in 'expireat' command
          SET k v EX MAX                  | -ERR invalid expire time in 'set' command
          SET k v PX MAX                  | -ERR invalid expire time in 'set' command
          SET k v PX BEYOND               | -ERR value is not an integer or out of range
          XADD stream MAXLEN MIN * f v    | -ERR The MAXLEN argument must be >= 0.
          XADD stream 18446744073709551615-18446744073709551615 f v | 18446744073709551615-18446744073709551615
          XADD stream 18446744073709551616-1 f v | -ERR Invalid stream ID specified as stream command argument
          XRANGE stream - + COUNT MAX     | [[1-1, [f, v]]]
          XRANGE stream - + COUNT MIN     | (nil)
          XREAD COUNT MAX STREAMS stream 0 | [[stream, [[1-1, [f, v]]]]]
          XREAD COUNT MIN STREAMS stream 0 | [[stream, [[1-1, [f, v]]]]]
          XREAD BLOCK MIN STREAMS stream $ | -ERR timeout is negative
          XREAD BLOCK BEYOND STREAMS stream $ | -ERR timeout is not an integer or out of range
          XTRIM stream MAXLEN MAX         | 0
          SCAN 0 COUNT MIN                | -ERR syntax error
          BLPOP nosuch -1                 | -ERR timeout is negative
          BLPOP nosuch MIN                | -ERR timeout is negative
          BLPOP nosuch nan                | -ERR timeout is not a float or out of range
          SELECT MAX                      | -ERR value is out of range, value must between -2147483648 and 2147483647
          WAIT 0 MIN                      | -ERR timeout is negative
          """)
  void aCountAtTheEdgeIsAnsweredAsRedisAnswersIt(String line, String answer) {
    try (RawClient client = shared.connect()) {
      assertThat(client.call(words(line)).text()).isEqualTo(numbers(answer));
      assertThat(client.call("PING").text()).isEqualTo("PONG");
    }
  }

  /// Redis begins to build these answers, until it has no memory left.
  @NewerThanRedis7
  @ParameterizedTest
  @CsvSource({
    "SRANDMEMBER set -9223372036854775807",
    "SRANDMEMBER set -1000000000",
    "ZRANDMEMBER zset -1000000000",
    "HRANDFIELD hash -1000000000",
    "HRANDFIELD hash -4611686018427387903 WITHVALUES"
  })
  void anAnswerWithoutEndIsRefusedOrCutOff(String line) {
    try (Bystander bystander = new Bystander(shared.broker());
        RawClient client = shared.connect()) {
      assertThat(isRefusedOrCutOff(client.send(words(line)))).isTrue();
      bystander.isUndisturbed();
    }
  }

  private static boolean isRefusedOrCutOff(RawClient client) {
    try {
      return switch (client.read()) {
        case Reply.Problem _ -> true;
        case Reply.Sequence(List<Reply> items) -> items.size() < ITEMS_MAX;
        case Reply other -> throw new AssertionError("neither: " + other);
      };
    } catch (UncheckedIOException e) {
      return true;
    }
  }

  private static String[] words(String line) {
    String[] words = line.strip().split(" +");
    for (int i = 1; i < words.length; i++) {
      // ZMPOP has a word MIN of its own.
      words[i] = words[0].equals("ZMPOP") && i > 1 ? words[i] : numbers(words[i]);
    }
    return words;
  }

  private static String numbers(String text) {
    return text.replaceAll("\\bMAX\\b", MAX)
        .replaceAll("\\bMIN\\b", MIN)
        .replaceAll("\\bBEYOND\\b", BEYOND);
  }
}
