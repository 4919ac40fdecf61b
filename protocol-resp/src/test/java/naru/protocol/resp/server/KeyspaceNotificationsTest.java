package naru.protocol.resp.server;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;

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
}
