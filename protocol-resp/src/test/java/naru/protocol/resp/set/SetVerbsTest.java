package naru.protocol.resp.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetVerbsTest {
  private final Bench bench = new Bench();
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void listen() {
    bench.run("SET text 1");
    bench.server().shard().listen(event -> events.add(event.name() + " " + event.key()));
  }

  @AfterEach
  void replayGivesTheSame() {
    bench.close();
  }

  private void says(String command, String reply) {
    assertThat(bench.run(command)).as(command).isEqualTo(reply);
  }

  private boolean exists(String key) {
    return bench.server().shard().state().database(0).entry(Bytes.of(key)) != null;
  }

  private static String[] items(String reply) {
    return reply.substring(1, reply.length() - 1).split(", ", -1);
  }

  @Test
  void whoIsAddedIsAMember() {
    says("SADD s b a b", ":2");
    says("SADD s a c", ":1");
    says("SADD s a", ":0");
    says("SMEMBERS s", "[\"b\", \"a\", \"c\"]");
    says("SISMEMBER s a", ":1");
    says("SISMEMBER s x", ":0");
    says("SMISMEMBER s a x b", "[:1, :0, :1]");
    says("SMISMEMBER x a", "[:0]");
    says("SCARD s", ":3");
    says("SCARD x", ":0");
    says("SMEMBERS x", "[]");
    assertThat(events).containsExactly("sadd s", "sadd s");
    assertThat(bench.connect3().run("SMEMBERS s")).isEqualTo("~[\"b\", \"a\", \"c\"]");
  }

  @Test
  void numbersAreSorted() {
    says("SADD n 5 -1 300 70000 5", ":4");
    says("SMEMBERS n", "[\"-1\", \"5\", \"300\", \"70000\"]");
    says("SADD n x 07", ":2");
    says("SMEMBERS n", "[\"-1\", \"5\", \"300\", \"70000\", \"x\", \"07\"]");
  }

  @Test
  void theLastMemberTakesTheSet() {
    says("SADD s a b", ":2");
    says("SREM s a a x", ":1");
    says("SREM s b", ":1");
    says("SREM s b", ":0");
    assertThat(exists("s")).isFalse();
    assertThat(events).containsExactly("sadd s", "srem s", "srem s", "del s");
  }

  @Test
  void aMemberMoves() {
    says("SADD s a b", ":2");
    says("SADD t b", ":1");
    says("SMOVE s t a", ":1");
    says("SMOVE s t a", ":0");
    says("SMOVE s s b", ":1");
    says("SMOVE s t b", ":1");
    says("SMOVE x t b", ":0");
    says("SMEMBERS t", "[\"b\", \"a\"]");
    assertThat(exists("s")).isFalse();
    assertThat(events).containsExactly("sadd s", "sadd t", "srem s", "sadd t", "srem s", "del s");
    says("SMOVE t text a", "-WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void randomMembersAreDistinctUnlessAskedToRepeat() {
    for (int i = 0; i < 700; i++) {
      bench.run("SADD s m" + i);
    }
    for (int count : new int[] {1, 100, 300, 699}) {
      assertThat(items(bench.run("SRANDMEMBER s " + count))).hasSize(count).doesNotHaveDuplicates();
    }
    assertThat(items(bench.run("SRANDMEMBER s 9999"))).hasSize(700);
    assertThat(items(bench.run("SRANDMEMBER s -1000"))).hasSize(1000);
    says("SRANDMEMBER s 0", "[]");
    says("SRANDMEMBER x", "nil");
    says("SRANDMEMBER x 2", "[]");
    says("SRANDMEMBER s 1 2", "-ERR syntax error");
    says("SRANDMEMBER s x", "-ERR value is not an integer or out of range");
  }

  @Test
  void whoIsTakenOutIsGone() {
    for (int i = 0; i < 300; i++) {
      bench.run("SADD s m" + i);
    }
    String one = bench.run("SPOP s");
    assertThat(bench.run("SISMEMBER s " + one.replace("\"", ""))).isEqualTo(":0");
    assertThat(items(bench.run("SPOP s 99"))).hasSize(99).doesNotHaveDuplicates();
    says("SCARD s", ":200");
    says("SPOP s 0", "[]");
  }

  @Test
  void allThatAreTakenOutOfASmallSetAtOnceAreGone() {
    for (int count = 2; count < 8; count++) {
      bench.run("DEL s");
      bench.run("SADD s alpha be gamma-gamma d epsilon ze-ta eta-eta-eta theta");
      for (String taken : items(bench.run("SPOP s " + count))) {
        says("SISMEMBER s " + taken.replaceAll("[\\[\\]\"]", ""), ":0");
      }
      says("SCARD s", ":" + (8 - count));
    }
  }

  @Test
  void allMembersAreTakenOutWithTheKey() {
    says("SADD s a b", ":2");
    assertThat(bench.connect3().run("SPOP s 5")).isEqualTo("~[\"a\", \"b\"]");
    assertThat(exists("s")).isFalse();
    assertThat(events).containsExactly("sadd s", "spop s", "del s");
    says("SPOP s", "nil");
    says("SPOP s 3", "[]");
    says("SPOP s -1", "-ERR value is out of range, must be positive");
    says("SPOP s 1 2", "-ERR syntax error");
  }

  @Test
  void setsAreIntersectedUnitedAndSubtracted() {
    says("SADD a 1 2 3 x", ":4");
    says("SADD b 2 3 x y", ":4");
    says("SADD c x 3", ":2");
    says("SINTER a b c", "[\"x\", \"3\"]");
    says("SINTER a b none", "[]");
    says("SUNION a b none", "[\"1\", \"2\", \"3\", \"x\", \"y\"]");
    says("SDIFF a c", "[\"1\", \"2\"]");
    says("SDIFF none a", "[]");
    says("SDIFF a a", "[]");
    says("SINTER a text", "-WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(bench.connect3().run("SINTER a none")).isEqualTo("~[]");
  }

  @Test
  void aUnionOfNumbersIsSorted() {
    says("SADD a 5 1", ":2");
    says("SADD b 3 1", ":2");
    says("SUNION a b", "[\"1\", \"3\", \"5\"]");
  }

  @Test
  void resultsAreStored() {
    says("SADD a 1 2 3", ":3");
    says("SADD b 2 3 4", ":3");
    says("SINTERSTORE d a b", ":2");
    says("SUNIONSTORE text a b", ":4");
    says("SMEMBERS text", "[\"1\", \"2\", \"3\", \"4\"]");
    says("SDIFFSTORE a a b", ":1");
    says("SMEMBERS a", "[\"1\"]");
    says("SINTERSTORE d a b", ":0");
    says("SINTERSTORE d a b", ":0");
    assertThat(exists("d")).isFalse();
    assertThat(events)
        .containsExactly(
            "sadd a", "sadd b", "sinterstore d", "sunionstore text", "sdiffstore a", "del d");
  }

  @Test
  void resultsAreCounted() {
    says("SADD a 1 2 3", ":3");
    says("SADD b 2 3 4", ":3");
    says("SINTERCARD 2 a b", ":2");
    says("SINTERCARD 2 a b LIMIT 1", ":1");
    says("SINTERCARD 2 a b LIMIT 0", ":2");
    says("SUNIONCARD 2 a b", ":4");
    says("SUNIONCARD 2 a b APPROX LIMIT 3", ":3");
    says("SDIFFCARD 2 a b", ":1");
    says("SDIFFCARD 3 a b none LIMIT 5", ":1");
    says("SINTERCARD 0 a", "-ERR numkeys should be greater than 0");
    says("SINTERCARD x a", "-ERR numkeys should be greater than 0");
    says("SINTERCARD 3 a b", "-ERR Number of keys can't be greater than number of args");
    says("SINTERCARD 1 a LIMIT -1", "-ERR LIMIT can't be negative");
    says("SINTERCARD 1 a FOO 1", "-ERR syntax error");
    says("SDIFFCARD 1 a APPROX", "-ERR syntax error");
  }

  @Test
  void aSetIsScanned() {
    says("SADD s ab b ac", ":3");
    says("SSCAN s 0 MATCH a*", "[\"0\", [\"ab\", \"ac\"]]");
    says("SSCAN x 0", "[\"0\", []]");
    says("SSCAN s 0 NOVALUES", "-ERR NOVALUES option can only be used in HSCAN");
    for (int i = 0; i < 1000; i++) {
      bench.run("SADD large m" + i);
    }
    String cursor = "0";
    List<String> found = new ArrayList<>();
    do {
      String reply = bench.run("SSCAN large " + cursor + " COUNT 70");
      cursor = reply.substring(2, reply.indexOf('"', 2));
      String list = reply.substring(reply.indexOf('[', 1), reply.length() - 1);
      found.addAll(List.of(items(list)));
    } while (!cursor.equals("0"));
    assertThat(found).hasSize(1000).doesNotHaveDuplicates();
  }
}
