package naru.protocol.resp.server;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyspaceNotificationsTest {
  private final Bench bench = new Bench();
  private final Bench.Connection one = bench.connect();
  private final Bench.Connection listener = bench.connect();

  private void listen(String letters) {
    one.run("CONFIG SET notify-keyspace-events " + letters);
    listener.run("PSUBSCRIBE __key*");
  }

  /// What the listener got, as `channel payload` pairs.
  private String events() {
    return listener
        .receive()
        .replace("[\"pmessage\", \"__key*\", \"", "")
        .replace("\", \"", " ")
        .replace("\"] ", ", ")
        .replace("\"]", "");
  }

  @Test
  void nothingIsToldUnlessAsked() {
    listener.run("PSUBSCRIBE __key*");
    one.run("SET a 1");
    assertThat(events()).isEmpty();
  }

  @Test
  void anEventIsToldUnderTheKeyThenUnderItsName() {
    listen("KEA");
    one.run("SET a 1");
    assertThat(events()).isEqualTo("__keyspace@0__:a set, __keyevent@0__:set a");
  }

  @Test
  void onlyTheLettersAskedForAreTold() {
    listen("Kl");
    one.run("SET a 1");
    one.run("RPUSH l 1");
    assertThat(events()).isEqualTo("__keyspace@0__:l rpush");
  }

  @Test
  void deletingTellsOfEachKeyThatWasThere() {
    one.run("MSET a 1 b 2");
    listen("EA");
    one.run("DEL a nosuch b");
    assertThat(events()).isEqualTo("__keyevent@0__:del a, __keyevent@0__:del b");
  }

  @Test
  void renamingTellsOfBothNames() {
    one.run("SET a 1");
    listen("EA");
    one.run("RENAME a b");
    assertThat(events()).isEqualTo("__keyevent@0__:rename_from a, __keyevent@0__:rename_to b");
  }

  @Test
  void expiringIsToldWhenTheKeyGoes() {
    listen("EA");
    one.run("SET a 1 PX 100");
    assertThat(events()).isEqualTo("__keyevent@0__:set a, __keyevent@0__:expire a");
    bench.sleepMs(200);
    one.run("GET a");
    assertThat(events()).isEqualTo("__keyevent@0__:expired a");
  }

  @Test
  void theLastElementTakesTheKeyWithIt() {
    one.run("RPUSH l 1");
    listen("EA");
    one.run("LPOP l");
    assertThat(events()).isEqualTo("__keyevent@0__:lpop l, __keyevent@0__:del l");
  }

  @Test
  void theDatabaseIsPartOfTheChannel() {
    listen("K$");
    one.run("SELECT 3");
    one.run("SET a 1");
    assertThat(events()).isEqualTo("__keyspace@3__:a set");
  }

  @Test
  void whatChangesNothingTellsNothing() {
    one.run("SET a 1");
    listen("KEA");
    one.run("SET a 2 NX");
    one.run("DEL b");
    one.run("PERSIST a");
    assertThat(events()).isEmpty();
  }

  @Test
  void aTransactionTellsInOrder() {
    listen("EA");
    one.run("MULTI");
    one.run("SET a 1");
    one.run("INCR a");
    one.run("EXPIRE a 10");
    one.run("EXEC");
    assertThat(events())
        .isEqualTo("__keyevent@0__:set a, __keyevent@0__:incrby a, __keyevent@0__:expire a");
  }

  private String names() {
    return events().replace("__keyevent@0__:", "");
  }

  private void prepare() {
    one.run("MSET a 1 b 2");
    one.run("RPUSH l 3 1 2");
    one.run("SADD s 1 2");
    one.run("ZADD z 1 m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET x 1 | new x, set x",
        "MSET x 1 a 1 y 1 | new x, set x, set a, new y, set y",
        "HSET x f v | new x, hset x",
        "XGROUP CREATE x g $ MKSTREAM | new x, xgroup-create x",
        "INCR a | incrby a",
        "LMOVE l x LEFT RIGHT | new x, rpush x, lpop l",
        "SMOVE s x 1 | srem s, new x, sadd x",
        "SUNIONSTORE x s | new x, sunionstore x",
        "COPY a x | new x, copy_to x",
        "COPY a b REPLACE | new b, copy_to b",
        "RENAME a x | new x, rename_from a, rename_to x",
        "RENAME a b | new b, rename_from a, rename_to b",
        "MOVE a 1 | __keyevent@1__:new a, move_from a, __keyevent@1__:move_to a",
      })
  void aNewKeyIsToldBeforeWhatMadeIt(String command, String told) {
    prepare();
    listen("EAn");
    one.run(command);
    assertThat(names()).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET a 2 | overwritten a, set a",
        "SET l 2 | overwritten l, type_changed l, set l",
        "SETEX a 10 2 | overwritten a, set a, expire a",
        "GETSET a 2 | overwritten a, set a",
        "MSET x 1 s 1 | set x, overwritten s, type_changed s, set s",
        "SORT l STORE a | overwritten a, type_changed a, sortstore a",
        "SORT l STORE l | overwritten l, sortstore l",
        "SUNIONSTORE a s | overwritten a, type_changed a, sunionstore a",
        "ZUNIONSTORE z 1 s | overwritten z, zunionstore z",
        "ZRANGESTORE s z 0 -1 | overwritten s, type_changed s, zrangestore s",
        "COPY a b REPLACE | copy_to b, overwritten b",
        "RENAME a l | rename_from a, rename_to l, overwritten l, type_changed l",
        "APPEND a 2 | append a",
        "INCR a | incrby a",
        "SET x 2 | set x",
        "SINTERSTORE a s nosuch | del a",
      })
  void aValueThatTakesThePlaceOfAnotherIsTold(String command, String told) {
    prepare();
    listen("EAoc");
    one.run(command);
    assertThat(names()).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET x | keymiss x",
        "MGET a x y | keymiss x, keymiss y",
        "EXISTS x a | keymiss x",
        "TTL x | keymiss x",
        "TYPE x | keymiss x",
        "GETSET x 1 | keymiss x, set x",
        "SET x 1 GET | keymiss x, set x",
        "COPY x y | keymiss x",
        "SUNIONSTORE d s x | keymiss x, sunionstore d",
        "XACK x g 1-1 | keymiss x",
        "SORT l BY w_* LIMIT 0 1 | keymiss w_3, keymiss w_1, keymiss w_2",
        "OBJECT ENCODING x | ''",
        "SET x 1 | set x",
        "LPOP x | ''",
        "DEL x | ''",
      })
  void aKeyThatAReaderMissesIsTold(String command, String told) {
    prepare();
    listen("EAm");
    one.run(command);
    assertThat(names()).isEqualTo(told);
  }

  @Test
  void missesNewAndOverwrittenKeysAreToldOnlyWhenAskedFor() {
    prepare();
    listen("EA");
    one.run("GET x");
    one.run("SET x 1");
    one.run("SET l 1");
    assertThat(names()).isEqualTo("set x, set l");
  }

  private void listenToFields(String letters) {
    one.run("CONFIG SET notify-keyspace-events " + letters);
    listener.run("PSUBSCRIBE __*");
  }

  private String told() {
    return events().replace("[\"pmessage __* ", "");
  }

  @Test
  void fieldsAreToldInFourWays() {
    listenToFields("hSTIV");
    one.run("HSET key a 1 bc 2");
    assertThat(told())
        .isEqualTo(
            "__subkeyspace@0__:key hset|1:a,2:bc, __subkeyevent@0__:hset 3:key|1:a,2:bc,"
                + " __subkeyspaceitem@0__:key\na hset, __subkeyspaceitem@0__:key\nbc hset,"
                + " __subkeyspaceevent@0__:hset|key 1:a,2:bc");
  }

  @Test
  void fieldsAreToldBesideTheKeyAndOnlyThose() {
    listenToFields("KAS");
    one.run("HSET h f 1");
    one.run("SET s 1");
    one.run("DEL h");
    assertThat(told())
        .isEqualTo(
            "__keyspace@0__:h hset, __subkeyspace@0__:h hset|1:f, __keyspace@0__:s set,"
                + " __keyspace@0__:h del");
    one.run("CONFIG SET notify-keyspace-events K$S");
    one.run("HSET h f 1");
    assertThat(told()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "HSET h x 1 x 2 y 3 | h hset+1:x,1:x,1:y",
        "HMSET h f 1 n 1 | h hset+1:f,1:n",
        "HSETNX h n 1 | h hset+1:n",
        "HSETNX h f 1 | \"\"",
        "HINCRBY h f 2 | h hincrby+1:f",
        "HINCRBYFLOAT h f 2 | h hincrbyfloat+1:f",
        "HDEL h g nosuch f g | h hdel+1:g,1:f",
        "HEXPIRE h 10 FIELDS 2 f nosuch | h hexpire+1:f",
        "HEXPIRE h 0 FIELDS 1 f | h hdel+1:f",
        "HPERSIST h FIELDS 2 f t | h hpersist+1:t",
        "HGETEX h EX 10 FIELDS 1 f | h hexpire+1:f",
        "HGETDEL h FIELDS 2 f nosuch | h hdel+1:f",
        "HSETEX h EX 10 FIELDS 2 f 1 n 2 | h hset+1:f,1:n, h hexpire+1:f,1:n",
        "HSETEX h PXAT 1 FIELDS 1 f 1 | h hset+1:f, h hdel+1:f",
      })
  void eachCommandTellsOfTheFieldsThatItChanged(String command, String expected) {
    one.run("HSET h f 1 g 2 t 3");
    one.run("HEXPIRE h 100 FIELDS 1 t");
    listenToFields("hS");
    one.run(command);
    assertThat(told().replace("__subkeyspace@0__:", "").replace('|', '+')).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"10", "1000"})
  void fieldsThatExpireAreTold(int fields) {
    for (int i = 0; i < fields; i++) {
      one.run("HSET h f" + i + " 1");
    }
    one.run("HPEXPIRE h 100 FIELDS 2 f3 f7");
    listenToFields("hST");
    bench.sleepMs(200);
    one.run("HLEN h");
    assertThat(told())
        .matches(
            "__subkeyspace@0__:h hexpired\\|2:f[37],2:f[37],"
                + " __subkeyevent@0__:hexpired 1:h\\|2:f[37],2:f[37]");
  }

  @Test
  void aKeyWithALineFeedHasNoItems() {
    listenToFields("hSI");
    one.run("HSET", "a\nb", "f", "1");
    assertThat(told()).contains("__subkeyspace@").doesNotContain("__subkeyspaceitem@");
  }

  @Test
  void lettersOfFieldsStandLast() {
    one.run("CONFIG SET notify-keyspace-events VITSmhK");
    assertThat(one.run("CONFIG GET notify-keyspace-events")).contains("\"hKmSTIV\"");
  }
}
