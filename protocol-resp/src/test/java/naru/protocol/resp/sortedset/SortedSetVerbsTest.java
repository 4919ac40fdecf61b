package naru.protocol.resp.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SortedSetVerbsTest {
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

  @Test
  void membersAreInTheOrderOfTheirScores() {
    says("ZADD z 3 c 1 a 2 b 1 aa", ":4");
    says("ZRANGE z 0 -1", "[\"a\", \"aa\", \"b\", \"c\"]");
    says("ZRANGE z 0 -1 REV", "[\"c\", \"b\", \"aa\", \"a\"]");
    says("ZRANGE z 1 2 WITHSCORES", "[\"aa\", \"1\", \"b\", \"2\"]");
    says("ZREVRANGE z 0 1 WITHSCORES", "[\"c\", \"3\", \"b\", \"2\"]");
    says("ZRANGE z -2 -1", "[\"b\", \"c\"]");
    says("ZRANGE z 5 6", "[]");
    says("ZRANGE x 0 -1", "[]");
    says("ZCARD z", ":4");
    says("ZRANK z b", ":2");
    says("ZREVRANK z b", ":1");
    says("ZRANK z x", "nil");
    says("ZRANK z b WITHSCORE", "[:2, \"2\"]");
    says("ZRANK z x WITHSCORE", "nil");
    says("ZSCORE z b", "\"2\"");
    says("ZSCORE z x", "nil");
    says("ZMSCORE z a x", "[\"1\", nil]");
    says("ZMSCORE x a", "[nil]");
  }

  @Test
  void scoresAreDoublesInRespThree() {
    says("ZADD z 1.5 a inf b", ":2");
    Bench.Connection three = bench.connect3();
    assertThat(three.run("ZRANGE z 0 -1 WITHSCORES")).isEqualTo("[[\"a\", ,1.5], [\"b\", ,inf]]");
    assertThat(three.run("ZSCORE z a")).isEqualTo(",1.5");
    assertThat(three.run("ZRANK z a WITHSCORE")).isEqualTo("[:0, ,1.5]");
    assertThat(three.run("ZINCRBY z 0.1 a")).isEqualTo(",1.6");
    assertThat(three.run("ZMPOP 1 z MIN COUNT 5"))
        .isEqualTo("[\"z\", [[\"a\", ,1.6], [\"b\", ,inf]]]");
  }

  @Test
  void scoresAreChangedAsTheOptionsAllow() {
    says("ZADD z 5 a", ":1");
    says("ZADD z NX 6 a 1 b", ":1");
    says("ZADD z XX 6 a 1 c", ":0");
    says("ZADD z XX CH 7 a", ":1");
    says("ZADD z GT CH 6 a 9 d", ":1");
    says("ZADD z LT CH 6 a", ":1");
    says("ZADD z CH 6 a", ":0");
    says("ZADD z INCR 2 a", "\"8\"");
    says("ZADD z NX INCR 2 a", "nil");
    says("ZADD z XX INCR 2 new", "nil");
    says("ZADD z GT INCR -1 a", "nil");
    says("ZADD z 1 e 2 e", ":1");
    says("ZADD z CH 1 f 2 f", ":2");
    says("ZINCRBY z 2.5 a", "\"10.5\"");
    says("ZINCRBY z -1 new", "\"-1\"");
    says(
        "ZRANGE z 0 -1 WITHSCORES",
        "[\"new\", \"-1\", \"b\", \"1\", \"e\", \"2\", \"f\", \"2\", \"d\", \"9\", \"a\","
            + " \"10.5\"]");
    assertThat(events).contains("zadd z", "zincr z").hasSize(11);
  }

  @Test
  void illFormedScoresAndOptionsAreRefused() {
    says("ZADD z x a", "-ERR value is not a valid float");
    says("ZADD z nan a", "-ERR value is not a valid float");
    says("ZADD z 1 a b", "-ERR syntax error");
    says("ZADD z CH XX", "-ERR syntax error");
    says("ZADD z NX XX 1 a", "-ERR XX and NX options at the same time are not compatible");
    says("ZADD z GT NX 1 a", "-ERR GT, LT, and/or NX options at the same time are not compatible");
    says("ZADD z INCR 1 a 2 b", "-ERR INCR option supports a single increment-element pair");
    says("ZADD z inf a", ":1");
    says("ZINCRBY z -inf a", "-ERR resulting score is not a number (NaN)");
    says("ZADD text 1 a", "-WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void rangesAreByScore() {
    says("ZADD z 1 a 2 b 3 c 4 d", ":4");
    says("ZRANGEBYSCORE z 2 3", "[\"b\", \"c\"]");
    says("ZRANGEBYSCORE z (2 +inf", "[\"c\", \"d\"]");
    says("ZRANGEBYSCORE z -inf (2 WITHSCORES", "[\"a\", \"1\"]");
    says("ZRANGEBYSCORE z 1 4 LIMIT 1 2", "[\"b\", \"c\"]");
    says("ZRANGEBYSCORE z 1 4 LIMIT 1 -1", "[\"b\", \"c\", \"d\"]");
    says("ZRANGEBYSCORE z 1 4 LIMIT -1 2", "[]");
    says("ZREVRANGEBYSCORE z 4 (1 LIMIT 1 1", "[\"c\"]");
    says("ZRANGE z 4 2 BYSCORE REV LIMIT 0 2 WITHSCORES", "[\"d\", \"4\", \"c\", \"3\"]");
    says("ZCOUNT z 2 (4", ":2");
    says("ZCOUNT z 5 1", ":0");
    says("ZRANGEBYSCORE z x 1", "-ERR min or max is not a float");
    says("ZCOUNT z 1 (x", "-ERR min or max is not a float");
    says(
        "ZRANGE z 0 -1 LIMIT 0 1",
        "-ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
    says("ZREVRANGE z 0 -1 REV", "-ERR syntax error");
    says("ZRANGE z a b", "-ERR value is not an integer or out of range");
  }

  @Test
  void rangesAreByName() {
    says("ZADD z 0 a 0 b 0 c 0 d", ":4");
    says("ZRANGEBYLEX z - +", "[\"a\", \"b\", \"c\", \"d\"]");
    says("ZRANGEBYLEX z [b (d", "[\"b\", \"c\"]");
    says("ZRANGEBYLEX z (b +", "[\"c\", \"d\"]");
    says("ZREVRANGEBYLEX z (d [b LIMIT 0 1", "[\"c\"]");
    says("ZRANGE z - (c BYLEX", "[\"a\", \"b\"]");
    says("ZRANGE z + - BYLEX REV", "[\"d\", \"c\", \"b\", \"a\"]");
    says("ZLEXCOUNT z [b +", ":3");
    says("ZRANGEBYLEX z + -", "[]");
    says("ZRANGEBYLEX z b c", "-ERR min or max not valid string range item");
    says("ZREMRANGEBYLEX z [b (d", ":2");
    says("ZRANGE z 0 -1", "[\"a\", \"d\"]");
    says(
        "ZRANGE z - + BYLEX WITHSCORES",
        "-ERR syntax error, WITHSCORES not supported in combination with BYLEX");
  }

  @Test
  void rangesAreStored() {
    says("ZADD z 1 a 2 b 3 c", ":3");
    says("ZRANGESTORE text z 0 1 REV", ":2");
    says("ZRANGE text 0 -1 WITHSCORES", "[\"b\", \"2\", \"c\", \"3\"]");
    says("ZRANGESTORE d z (1 +inf BYSCORE LIMIT 0 1", ":1");
    says("ZRANGESTORE d z 5 6", ":0");
    says("ZRANGESTORE d none 0 -1", ":0");
    assertThat(exists("d")).isFalse();
    says("ZRANGESTORE d z 0 -1 WITHSCORES", "-ERR syntax error");
    assertThat(events).containsExactly("zadd z", "zrangestore text", "zrangestore d", "del d");
  }

  @Test
  void membersAreTakenAway() {
    says("ZADD z 1 a 2 b 3 c 4 d 5 e", ":5");
    says("ZREM z a a x", ":1");
    says("ZREMRANGEBYRANK z 0 0", ":1");
    says("ZREMRANGEBYSCORE z (3 4", ":1");
    says("ZREMRANGEBYSCORE z 9 10", ":0");
    says("ZREMRANGEBYRANK z 0 -1", ":2");
    says("ZREMRANGEBYRANK z 0 -1", ":0");
    says("ZREM z a", ":0");
    assertThat(events)
        .containsExactly(
            "zadd z",
            "zrem z",
            "zremrangebyrank z",
            "zremrangebyscore z",
            "zremrangebyrank z",
            "del z");
  }

  @Test
  void membersArePoppedAtTheEnds() {
    says("ZADD z 1 a 2 b 3 c 4 d 5 e", ":5");
    says("ZPOPMIN z", "[\"a\", \"1\"]");
    says("ZPOPMAX z 2", "[\"e\", \"5\", \"d\", \"4\"]");
    assertThat(bench.connect3().run("ZPOPMIN z 1")).isEqualTo("[[\"b\", ,2]]");
    says("ZPOPMIN z 0", "[]");
    says("ZPOPMIN z 10", "[\"c\", \"3\"]");
    says("ZPOPMIN z", "[]");
    says("ZPOPMIN z -1", "-ERR value is out of range, must be positive");
    says("ZPOPMIN z 1 2", "-ERR syntax error");
    assertThat(events)
        .containsExactly("zadd z", "zpopmin z", "zpopmax z", "zpopmin z", "zpopmin z", "del z");
  }

  @Test
  void theFirstSetThatHasMembersIsPopped() {
    says("ZADD z 1 a 2 b 3 c", ":3");
    says("ZMPOP 2 none z MAX COUNT 2", "[\"z\", [[\"c\", \"3\"], [\"b\", \"2\"]]]");
    says("ZMPOP 2 none z MIN", "[\"z\", [[\"a\", \"1\"]]]");
    says("ZMPOP 2 none z MIN", "nil");
    says("ZMPOP 0 z MIN", "-ERR numkeys should be greater than 0");
    says("ZMPOP 1 z FOO", "-ERR syntax error");
    says("ZMPOP 3 z MIN", "-ERR syntax error");
    says("ZMPOP 1 z MIN COUNT 0", "-ERR count should be greater than 0");
    says("ZMPOP 1 text MIN", "-WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void whoWaitsIsServedInTurn() {
    Bench.Connection first = bench.connect();
    Bench.Connection second = bench.connect3();
    assertThat(first.run("BZPOPMIN y z 0")).isEmpty();
    assertThat(second.run("BZMPOP 0 1 z MAX COUNT 10")).isEmpty();
    says("SADD y member", ":1");
    says("ZADD z 1 a 2 b 3 c", ":3");
    assertThat(first.receive()).isEqualTo("[\"z\", \"a\", \"1\"]");
    assertThat(second.receive()).isEqualTo("[\"z\", [[\"c\", ,3], [\"b\", ,2]]]");
    assertThat(exists("z")).isFalse();
  }

  @Test
  void whoWaitsTooLongGetsNothing() {
    Bench.Connection waiting = bench.connect();
    assertThat(waiting.run("BZPOPMAX z 0.5")).isEmpty();
    bench.sleepMs(500);
    assertThat(waiting.receive()).isEqualTo("nil");
    says("BZPOPMIN z x", "-ERR timeout is not a float or out of range");
    says("BZPOPMIN z -1", "-ERR timeout is negative");
    says("BZPOPMIN text 0", "-WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void whatIsThereIsPoppedWithoutWaiting() {
    says("ZADD z 1 a 2 b", ":2");
    says("BZPOPMAX none z 0", "[\"z\", \"b\", \"2\"]");
    says("BZMPOP 0 2 none z MIN", "[\"z\", [[\"a\", \"1\"]]]");
    assertThat(bench.run("MULTI")).isEqualTo("OK");
    bench.run("BZPOPMIN z 0");
    assertThat(bench.run("EXEC")).isEqualTo("[nil]");
  }

  @Test
  void setsAreUnitedIntersectedAndSubtracted() {
    says("ZADD a 1 x 2 y", ":2");
    says("ZADD b 10 y 20 z", ":2");
    says("SADD s z w", ":2");
    says("ZUNION 2 a b WITHSCORES", "[\"x\", \"1\", \"y\", \"12\", \"z\", \"20\"]");
    says("ZUNION 2 a none", "[\"x\", \"y\"]");
    says("ZUNION 2 b s WEIGHTS 2 3 WITHSCORES", "[\"w\", \"3\", \"y\", \"20\", \"z\", \"43\"]");
    says("ZUNION 2 a b AGGREGATE MAX WITHSCORES", "[\"x\", \"1\", \"y\", \"10\", \"z\", \"20\"]");
    says("ZUNION 2 a b AGGREGATE MIN WITHSCORES", "[\"x\", \"1\", \"y\", \"2\", \"z\", \"20\"]");
    says("ZUNION 2 a b AGGREGATE COUNT WITHSCORES", "[\"x\", \"1\", \"z\", \"1\", \"y\", \"2\"]");
    says("ZINTER 2 a b WITHSCORES", "[\"y\", \"12\"]");
    says("ZINTER 2 a none", "[]");
    says("ZDIFF 2 a b WITHSCORES", "[\"x\", \"1\"]");
    says("ZINTERCARD 2 a b", ":1");
    says("ZINTERCARD 2 a a LIMIT 1", ":1");
    assertThat(bench.connect3().run("ZINTER 2 a b WITHSCORES")).isEqualTo("[[\"y\", ,12]]");
    says("ZUNION 0 a", "-ERR at least 1 input key is needed for 'zunion' command");
    says("ZUNION 3 a", "-ERR syntax error");
    says("ZUNION 1 a WEIGHTS x", "-ERR weight value is not a float");
    says("ZUNION 1 a AGGREGATE foo", "-ERR syntax error");
    says("ZDIFF 1 a WEIGHTS 1", "-ERR syntax error");
    says("ZINTERCARD 1 a LIMIT -1", "-ERR LIMIT can't be negative");
    says("ZUNION 1 text", "-WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void combinationsAreStored() {
    says("ZADD a 1 x 2 y", ":2");
    says("ZADD b 10 y 20 z", ":2");
    says("ZUNIONSTORE d 2 a b WEIGHTS 1 0", ":3");
    says("ZRANGE d 0 -1 WITHSCORES", "[\"z\", \"0\", \"x\", \"1\", \"y\", \"2\"]");
    says("ZINTERSTORE text 2 a b", ":1");
    says("ZDIFFSTORE a 2 a b", ":1");
    says("ZDIFFSTORE d 2 a a", ":0");
    says("ZUNIONSTORE d 1 a WITHSCORES", "-ERR syntax error");
    assertThat(events)
        .containsExactly(
            "zadd a", "zadd b", "zunionstore d", "zinterstore text", "zdiffstore a", "del d");
  }

  @Test
  void infinitiesCancelToZero() {
    says("ZADD a inf x", ":1");
    says("ZADD b -inf x", ":1");
    says("ZUNION 2 a b WITHSCORES", "[\"x\", \"0\"]");
    says("ZUNION 1 a WEIGHTS 0 WITHSCORES", "[\"x\", \"0\"]");
  }

  @Test
  void randomMembersAreDistinctUnlessAskedToRepeat() {
    for (int i = 0; i < 300; i++) {
      bench.run("ZADD z " + i + " m" + i);
    }
    for (int count : new int[] {1, 50, 200, 299}) {
      String reply = bench.run("ZRANDMEMBER z " + count);
      assertThat(reply.substring(1, reply.length() - 1).split(", ", -1))
          .hasSize(count)
          .doesNotHaveDuplicates();
    }
    assertThat(bench.run("ZRANDMEMBER z -500").split(", ", -1)).hasSize(500);
    assertThat(bench.run("ZRANDMEMBER z 400 WITHSCORES").split(", ", -1)).hasSize(600);
    says("ZRANDMEMBER none", "nil");
    says("ZRANDMEMBER none 2", "[]");
    says("ZRANDMEMBER z 1 FOO", "-ERR syntax error");
  }

  @Test
  void aSortedSetIsScanned() {
    says("ZADD z 1 a 0.1 ab", ":2");
    says("ZSCAN z 0", "[\"0\", [\"ab\", \"0.1\", \"a\", \"1\"]]");
    says("ZSCAN z 0 MATCH ?b", "[\"0\", [\"ab\", \"0.1\"]]");
    says("ZSCAN none 0", "[\"0\", []]");
    for (int i = 0; i < 500; i++) {
      bench.run("ZADD large " + i + " m" + i);
    }
    String cursor = "0";
    int found = 0;
    do {
      String reply = bench.run("ZSCAN large " + cursor + " COUNT 70");
      cursor = reply.substring(2, reply.indexOf('"', 2));
      found += reply.split("\"m", -1).length - 1;
    } while (!cursor.equals("0"));
    assertThat(found).isEqualTo(500);
  }

  @Test
  void aLargeSetAnswersAsASmallOne() {
    for (int i = 0; i < 1000; i++) {
      bench.run("ZADD z " + (i * 7 % 1000) + " m" + i);
    }
    says("ZRANK z m1", ":7");
    says("ZRANGEBYSCORE z 7 8 WITHSCORES", "[\"m1\", \"7\", \"m144\", \"8\"]");
    says("ZCOUNT z (7 (500", ":492");
    says("ZREVRANGE z 0 1", "[\"m857\", \"m714\"]");
    says("ZREMRANGEBYSCORE z 10 +inf", ":990");
    says("ZCARD z", ":10");
  }
}
