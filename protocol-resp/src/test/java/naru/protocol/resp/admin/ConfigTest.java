package naru.protocol.resp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  private final Bench bench = new Bench();
  private final Bench.Connection one = bench.connect();

  @Test
  void getTakesSeveralPatternsInAnyCase() {
    assertThat(one.run("CONFIG GET tim* TIMEOUT maxc*"))
        .isEqualTo("[\"maxclients\", \"10000\", \"timeout\", \"0\"]");
    assertThat(one.run("CONFIG GET nosuch")).isEqualTo("[]");
    assertThat(bench.connect3().run("CONFIG GET databases")).isEqualTo("{\"databases\": \"16\"}");
  }

  @Test
  void aSettingIsShownUnderTheNameThatWasAskedFor() {
    assertThat(one.run("CONFIG GET TimeOut Hash-Max-Ziplist-Value"))
        .isEqualTo("[\"Hash-Max-Ziplist-Value\", \"64\", \"TimeOut\", \"0\"]");
  }

  @Test
  void olderNamesMeanTheSameSettings() {
    one.run("CONFIG SET hash-max-ziplist-entries 3 zset-max-ziplist-value 1kb");
    assertThat(one.run("CONFIG GET hash-max-*-entries zset-max-*-value"))
        .isEqualTo(
            "[\"hash-max-listpack-entries\", \"3\", \"hash-max-ziplist-entries\", \"3\","
                + " \"zset-max-listpack-value\", \"1024\", \"zset-max-ziplist-value\", \"1024\"]");
    assertThat(one.run("CONFIG GET list-max-*"))
        .isEqualTo("[\"list-max-listpack-size\", \"-2\", \"list-max-ziplist-size\", \"-2\"]");
    assertThat(one.run("CONFIG SET hash-max-ziplist-entries 4 hash-max-listpack-entries 5"))
        .isEqualTo("OK");
    assertThat(one.run("CONFIG SET hash-max-ziplist-entries -1"))
        .endsWith("argument must be between 0 and 9223372036854775807 inclusive");
  }

  @Test
  void setTakesSeveralSettings() {
    assertThat(one.run("CONFIG SET timeout 10 MaxClients 20")).isEqualTo("OK");
    assertThat(one.run("CONFIG GET timeout maxclients"))
        .isEqualTo("[\"maxclients\", \"20\", \"timeout\", \"10\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxclients 10 timeout -1"
            + " | timeout | argument must be between 0 and 2147483647 inclusive",
        "maxclients 10 timeout x | timeout | argument couldn't be parsed into an integer",
        "maxclients 10 maxclients 20 | maxclients | duplicate parameter",
        "maxclients 10 databases 3 | databases | can't set immutable config",
        "maxclients 10 proto-max-bulk-len x"
            + " | proto-max-bulk-len | argument must be a memory value",
        "maxclients 10 notify-keyspace-events Q | notify-keyspace-events"
            + " | Invalid event class character. Use 'Ag$lshzxeKEtmdnocSTIV'.",
        "maxclients 10 client-output-buffer-limit normal"
            + " | client-output-buffer-limit"
            + " | Wrong number of arguments in buffer limit configuration."
      })
  void setTakesAllOrNothing(String settings, String name, String why) {
    assertThat(one.run("CONFIG SET " + settings))
        .isEqualTo("-ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + why);
    assertThat(one.run("CONFIG GET maxclients")).isEqualTo("[\"maxclients\", \"10000\"]");
  }

  @Test
  void anUnknownSettingIsNamedAndTheOthersAreNotTaken() {
    assertThat(one.run("CONFIG SET timeout 5 nosuch 1"))
        .isEqualTo("-ERR Unknown option or number of arguments for CONFIG SET - 'nosuch'");
    assertThat(one.run("CONFIG GET timeout")).isEqualTo("[\"timeout\", \"0\"]");
  }

  @Test
  void wordsHaveToComeInPairs() {
    String refusal = "-ERR wrong number of arguments for 'config|set' command";
    assertThat(one.run("CONFIG SET timeout")).isEqualTo(refusal);
    assertThat(one.run("CONFIG SET timeout 1 maxclients")).isEqualTo(refusal);
    assertThat(one.run("CONFIG GET"))
        .isEqualTo("-ERR wrong number of arguments for 'config|get' command");
  }

  @Test
  void memoryIsReadWithUnitsAndShownInBytes() {
    one.run("CONFIG SET proto-max-bulk-len 2mb");
    assertThat(one.run("CONFIG GET proto-max-bulk-len"))
        .isEqualTo("[\"proto-max-bulk-len\", \"2097152\"]");
  }

  @Test
  void limitsOfOneClassLeaveTheOthersAlone() {
    one.run("CONFIG", "SET", "client-output-buffer-limit", "normal 1k 2mb 3");
    assertThat(one.run("CONFIG GET client-output-buffer-limit"))
        .isEqualTo(
            "[\"client-output-buffer-limit\", \"normal 1000 2097152 3 slave 268435456 67108864"
                + " 60 pubsub 33554432 8388608 60\"]");
  }

  @Test
  void lettersOfEventsAreShownInRedisOrder() {
    one.run("CONFIG SET notify-keyspace-events gxE$");
    assertThat(one.run("CONFIG GET notify-keyspace-events"))
        .isEqualTo("[\"notify-keyspace-events\", \"g$xE\"]");
    one.run("CONFIG SET notify-keyspace-events KEA");
    assertThat(one.run("CONFIG GET notify-keyspace-events"))
        .isEqualTo("[\"notify-keyspace-events\", \"AKE\"]");
    one.run("CONFIG SET notify-keyspace-events mKEcong");
    assertThat(one.run("CONFIG GET notify-keyspace-events"))
        .isEqualTo("[\"notify-keyspace-events\", \"gnocKEm\"]");
    one.run("CONFIG SET notify-keyspace-events dK");
    assertThat(one.run("CONFIG GET notify-keyspace-events"))
        .isEqualTo("[\"notify-keyspace-events\", \"dK\"]");
  }

  @Test
  void thereIsNothingToRewriteWithoutAFile() {
    assertThat(one.run("CONFIG REWRITE"))
        .isEqualTo("-ERR The server is running without a config file");
  }

  @Test
  void resettingStatisticsForgetsThem() {
    one.run("GET a");
    one.run("NOSUCH");
    assertThat(one.run("CONFIG RESETSTAT")).isEqualTo("OK");
    assertThat(one.run("INFO stats"))
        .contains("keyspace_misses:0\r\n", "total_error_replies:0\r\n");
    assertThat(one.run("INFO commandstats")).doesNotContain("cmdstat_get");
    assertThat(one.run("INFO errorstats")).doesNotContain("errorstat_ERR");
  }
}
