package naru.protocol.resp.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HashExpiryTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void begin() {
    bench.run("HSET h a 1 b 2 c 3");
  }

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
  void aFieldGoesWhenItsTimeComes() {
    says("HEXPIRE h 10 FIELDS 2 a x", "[:1, :-2]");
    says("HTTL h FIELDS 3 a b x", "[:10, :-1, :-2]");
    says("HPTTL h FIELDS 1 a", "[:10000]");
    bench.sleepMs(9_999);
    says("HTTL h FIELDS 1 a", "[:1]");
    says("HGET h a", "\"1\"");
    bench.sleepMs(1);
    says("HGETALL h", "[\"b\", \"2\", \"c\", \"3\"]");
  }

  @Test
  void theHashGoesWithItsLastField() {
    List<String> events = new ArrayList<>();
    bench.server().shard().listen(event -> events.add(event.name()));
    says("HPEXPIRE h 5 FIELDS 3 a b c", "[:1, :1, :1]");
    bench.sleepMs(5);
    assertThat(exists("h")).isFalse();
    assertThat(events).containsExactly("hexpire", "hexpired", "del");
  }

  @Test
  void conditionsAreMetOrNot() {
    says("HEXPIRE h 10 XX FIELDS 1 a", "[:0]");
    says("HEXPIRE h 10 GT FIELDS 1 a", "[:0]");
    says("HEXPIRE h 10 NX FIELDS 1 a", "[:1]");
    says("HEXPIRE h 20 NX FIELDS 1 a", "[:0]");
    says("HEXPIRE h 10 GT FIELDS 1 a", "[:0]");
    says("HEXPIRE h 11 GT FIELDS 1 a", "[:1]");
    says("HEXPIRE h 11 LT FIELDS 1 a", "[:0]");
    says("HEXPIRE h 5 LT FIELDS 2 a b", "[:1, :1]");
    says("HEXPIRE h 5 FIELDS 1 a XX", "[:1]");
  }

  @Test
  void aTimeThatHasPassedTakesTheFieldAway() {
    says("HEXPIRE h 0 FIELDS 2 a a", "[:2, :-2]");
    says("HPEXPIREAT h 1 FIELDS 2 b c", "[:2, :2]");
    assertThat(exists("h")).isFalse();
    says("HEXPIRE h 0 FIELDS 2 a b", "[:-2, :-2]");
  }

  @Test
  void timesAreToldAsTheyWereSet() {
    long atS = bench.nowMs() / 1000 + 100;
    says("HEXPIREAT h " + atS + " FIELDS 1 a", "[:1]");
    says("HEXPIRETIME h FIELDS 2 a b", "[:" + atS + ", :-1]");
    says("HPEXPIRETIME h FIELDS 1 a", "[:" + atS + "000]");
    says("HPEXPIREAT h " + (atS * 1000 + 1) + " FIELDS 1 a", "[:1]");
    says("HEXPIRETIME h FIELDS 1 a", "[:" + (atS + 1) + "]");
    says("HPERSIST h FIELDS 3 a b x", "[:1, :-1, :-2]");
    says("HTTL h FIELDS 1 a", "[:-1]");
    says("HTTL x FIELDS 1 a", "[:-2]");
    says("HPERSIST x FIELDS 1 a", "[:-2]");
  }

  @Test
  void aWriteTakesTheExpiryAwayAndCountingDoesNot() {
    says("HEXPIRE h 10 FIELDS 3 a b c", "[:1, :1, :1]");
    says("HSET h a 5", ":0");
    says("HINCRBY h b 5", ":7");
    says("HSETEX h KEEPTTL FIELDS 1 c 9", ":1");
    says("HTTL h FIELDS 3 a b c", "[:-1, :10, :10]");
  }

  @Test
  void fieldsAreSetWithTheirExpiry() {
    says("HSETEX h EX 10 FIELDS 2 a 7 d 8", ":1");
    says("HTTL h FIELDS 3 a b d", "[:10, :-1, :10]");
    says("HSETEX h FNX FIELDS 2 e 1 a 2", ":0");
    says("HSETEX h FXX FIELDS 2 a 1 e 2", ":0");
    says("HSETEX h FXX PX 50 FIELDS 1 a 9", ":1");
    says("HSETEX x FXX FIELDS 1 a 9", ":0");
    says("HSETEX x EXAT 1 FIELDS 1 a 9", ":1");
    assertThat(exists("x")).isFalse();
    bench.sleepMs(50);
    says("HMGET h a d", "[nil, \"8\"]");
  }

  @Test
  void fieldsAreLookedAtWithANewExpiry() {
    says("HGETEX h FIELDS 2 a x", "[\"1\", nil]");
    says("HGETEX h EX 10 FIELDS 2 a x", "[\"1\", nil]");
    says("HTTL h FIELDS 1 a", "[:10]");
    says("HGETEX h FIELDS 1 a PERSIST", "[\"1\"]");
    says("HTTL h FIELDS 1 a", "[:-1]");
    says("HGETEX h PX 0 FIELDS 2 a b", "[\"1\", \"2\"]");
    says("HGETALL h", "[\"c\", \"3\"]");
    says("HGETEX x EX 10 FIELDS 1 a", "[nil]");
  }

  @Test
  void fieldsAreTakenOut() {
    says("HGETDEL h FIELDS 3 a x a", "[\"1\", nil, nil]");
    says("HGETDEL x FIELDS 1 a", "[nil]");
    says("HGETDEL h FIELDS 2 b c", "[\"2\", \"3\"]");
    assertThat(exists("h")).isFalse();
  }

  @Test
  void illFormedRequestsAreRefused() {
    says("HEXPIRE h x FIELDS 1 a", "-ERR value is not an integer or out of range");
    says("HEXPIRE h -1 FIELDS 1 a", "-ERR invalid expire time, must be >= 0");
    says("HEXPIRE h 9999999999999 FIELDS 1 a", "-ERR invalid expire time in 'hexpire' command");
    says("HEXPIRE h 1 FIELDS 0 a", "-ERR Parameter `numFields` should be greater than 0");
    says("HEXPIRE h 1 FIELDS 2 a", "-ERR wrong number of arguments");
    says("HEXPIRE h 1 NX XX FIELDS 1 a", "-ERR Multiple condition flags specified");
    says("HEXPIRE h 1 FOO FIELDS 1 a", "-ERR unknown argument: FOO");
    says(
        "HTTL h FIELD 1 a",
        "-ERR Mandatory argument FIELDS is missing or not at the right position");
    says("HTTL h FIELDS 0 a", "-ERR Number of fields must be a positive integer");
    says(
        "HGETDEL h FIELDS 2 a",
        "-ERR The `numfields` parameter must match the number of arguments");
    says(
        "HGETEX h EX 1 PX 1 FIELDS 1 a",
        "-ERR Only one of EX, PX, EXAT, PXAT or PERSIST arguments can be specified");
    says(
        "HSETEX h KEEPTTL PX 1 FIELDS 1 a 1",
        "-ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified");
    says("HSETEX h FNX FXX FIELDS 1 a 1", "-ERR Only one of FXX or FNX arguments can be specified");
    says("HSETEX h FIELDS 0 a 1", "-ERR invalid number of fields");
  }

  @Test
  void aCopyExpiresToo() {
    says("HPEXPIRE h 5 FIELDS 2 a b", "[:1, :1]");
    if (!bench.run("COPY h copy").startsWith("-")) {
      bench.sleepMs(5);
      says("HGETALL copy", "[\"c\", \"3\"]");
    }
  }
}
