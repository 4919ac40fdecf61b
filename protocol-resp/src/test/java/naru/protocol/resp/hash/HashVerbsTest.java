package naru.protocol.resp.hash;

import static org.assertj.core.api.Assertions.assertThat;

import naru.bytes.Bytes;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashVerbsTest {
  private final Bench bench = new Bench();

  @AfterEach
  void replayGivesTheSame() {
    bench.close();
  }

  private boolean exists(String key) {
    return bench.server().shard().state().database(0).entry(Bytes.of(key)) != null;
  }

  private void says(String command, String reply) {
    assertThat(bench.run(command)).as(command).isEqualTo(reply);
  }

  @Test
  void fieldsThatAreSetAreFound() {
    says("HSET h b 1 a 2 b 3", ":2");
    says("HSET h a 4 c 5", ":1");
    says("HGET h a", "\"4\"");
    says("HGET h x", "nil");
    says("HGET x x", "nil");
    says("HMGET h a x b", "[\"4\", nil, \"3\"]");
    says("HMGET x a", "[nil]");
    says("HGETALL h", "[\"b\", \"3\", \"a\", \"4\", \"c\", \"5\"]");
    says("HKEYS h", "[\"b\", \"a\", \"c\"]");
    says("HVALS h", "[\"3\", \"4\", \"5\"]");
    says("HLEN h", ":3");
    says("HSTRLEN h a", ":1");
    says("HSTRLEN h x", ":0");
    says("HEXISTS h a", ":1");
    says("HEXISTS h x", ":0");
    says("HMSET h d 1", "OK");
    says("HSETNX h d 2", ":0");
    says("HSETNX h e 2", ":1");
  }

  @Test
  void whatIsMissingIsEmpty() {
    says("HGETALL x", "[]");
    says("HKEYS x", "[]");
    says("HVALS x", "[]");
    says("HLEN x", ":0");
    says("HDEL x a", ":0");
    says("HSTRLEN x a", ":0");
    says("HEXISTS x a", ":0");
    assertThat(bench.connect3().run("HGETALL x")).isEqualTo("{}");
  }

  @Test
  void aMapIsAMapInRespThree() {
    says("HSET h a 1 b 2", ":2");
    assertThat(bench.connect3().run("HGETALL h")).isEqualTo("{\"a\": \"1\", \"b\": \"2\"}");
    assertThat(bench.connect3().run("HRANDFIELD h 5 WITHVALUES"))
        .isEqualTo("[[\"a\", \"1\"], [\"b\", \"2\"]]");
  }

  @Test
  void theLastFieldTakesTheHash() {
    says("HSET h a 1 b 2", ":2");
    says("HDEL h a a x", ":1");
    says("HDEL h b", ":1");
    assertThat(exists("h")).isFalse();
  }

  @Test
  void wordsOfTheWrongNumberOrKindAreRefused() {
    says("HSET h a", "-ERR wrong number of arguments for 'hset' command");
    says("HSET h a 1 b", "-ERR wrong number of arguments for 'hset' command");
    says("HMSET h a 1 b", "-ERR wrong number of arguments for 'hmset' command");
    says("SET s 1", "OK");
    says("HSET s a 1", "-WRONGTYPE Operation against a key holding the wrong kind of value");
    says("HGETALL s", "-WRONGTYPE Operation against a key holding the wrong kind of value");
    says("HINCRBY h a x", "-ERR value is not an integer or out of range");
    says("HINCRBYFLOAT h a x", "-ERR value is not a valid float");
    says("HINCRBYFLOAT h a inf", "-ERR value is NaN or Infinity");
    says("HSCAN h x", "-ERR invalid cursor");
  }

  @Test
  void fieldsCount() {
    says("HINCRBY h a 5", ":5");
    says("HINCRBY h a -7", ":-2");
    says("HINCRBYFLOAT h a 0.1", "\"-1.9\"");
    says("HINCRBY h a 1", "-ERR hash value is not an integer");
    says("HSET h b x c 9223372036854775807", ":2");
    says("HINCRBYFLOAT h b 1", "-ERR hash value is not a float");
    says("HINCRBY h c 1", "-ERR increment or decrement would overflow");
    says("HINCRBYFLOAT h d 1.5e2", "\"150\"");
  }

  @Test
  void aSmallHashIsScannedAtOnce() {
    says("HSET h ab 1 b 2 ac 3", ":3");
    says("HSCAN h 0", "[\"0\", [\"ab\", \"1\", \"b\", \"2\", \"ac\", \"3\"]]");
    says("HSCAN h 0 MATCH a* NOVALUES", "[\"0\", [\"ab\", \"ac\"]]");
    says("HSCAN h 0 COUNT 0", "-ERR syntax error");
    says("HSCAN h 0 COUNT x", "-ERR value is not an integer or out of range");
    says("HSCAN h 0 FOO", "-ERR syntax error");
    says("HSCAN x 0 FOO", "[\"0\", []]");
  }

  @Test
  void aLargeHashIsScannedBitByBit() {
    for (int i = 0; i < 1000; i++) {
      bench.run("HSET h f" + i + " " + i);
    }
    String cursor = "0";
    int found = 0;
    int calls = 0;
    do {
      String reply = bench.run("HSCAN h " + cursor + " COUNT 50 NOVALUES");
      cursor = reply.substring(2, reply.indexOf('"', 2));
      found += reply.split("\"f", -1).length - 1;
      calls++;
    } while (!cursor.equals("0"));
    assertThat(found).isEqualTo(1000);
    assertThat(calls).isBetween(15, 21);
  }

  @Test
  void randomFieldsAreDistinctUnlessAskedToRepeat() {
    for (int i = 0; i < 300; i++) {
      bench.run("HSET h f" + i + " " + i);
    }
    for (int count : new int[] {1, 10, 90, 150, 299}) {
      String reply = bench.run("HRANDFIELD h " + count);
      assertThat(reply.substring(1, reply.length() - 1).split(", ", -1))
          .hasSize(count)
          .doesNotHaveDuplicates();
    }
    assertThat(bench.run("HRANDFIELD h -700").split(", ", -1)).hasSize(700);
    says("HRANDFIELD h 0", "[]");
    says("HRANDFIELD x", "nil");
    says("HRANDFIELD x 3", "[]");
    says("HRANDFIELD h 1 FOO", "-ERR syntax error");
    says(
        "HRANDFIELD h -9223372036854775808",
        "-ERR value is out of range, value must between -9223372036854775807 and"
            + " 9223372036854775807");
    says("HRANDFIELD h -9223372036854775807 WITHVALUES", "-ERR value is out of range");
  }

  @Test
  void hashesOfTheSameFieldsAreImported() {
    says("HIMPORT PREPARE u name age", "OK");
    says("HSET u:1 old 1", ":1");
    says("HIMPORT SET u:1 u anna 30", "OK");
    says("HGETALL u:1", "[\"name\", \"anna\", \"age\", \"30\"]");
    says("HIMPORT SET u:1 u anna", "-ERR value count does not match fieldset field count");
    says("HIMPORT SET u:1 v anna", "-ERR no such fieldset");
    says("HIMPORT PREPARE v a a", "-ERR duplicate field name");
    assertThat(bench.connect().run("HIMPORT SET u:2 u anna 30")).isEqualTo("-ERR no such fieldset");
    says("HIMPORT DISCARD u", ":1");
    says("HIMPORT DISCARD u", ":0");
    says("HIMPORT PREPARE w a", "OK");
    says("HIMPORT DISCARDALL", ":1");
  }
}
