package naru.protocol.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import naru.engine.State;
import naru.engine.StateDigest;
import naru.log.LogListener;
import naru.log.LogSettings;
import naru.log.OpsLog;
import naru.log.Recovery;
import naru.protocol.resp.server.RespServer;
import naru.reactor.Reactor;
import naru.reactor.StateReplay;
import naru.world.WorldFailure;
import naru.world.simulated.SimulatedClient;
import naru.world.simulated.SimulatedClock;
import naru.world.simulated.SimulatedDisk;
import naru.world.simulated.SimulatedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Snapshots on demand and by themselves, of a broker whose log is on a simulated disk.
class SavingTest {
  private static final long START_US = 1_700_000_000_000_000L;

  private final SimulatedClock clock = new SimulatedClock(START_US);
  private SimulatedDisk disk = new SimulatedDisk(1);
  private Life life = new Life();

  /// One life of the broker.
  private final class Life implements LogListener {
    final SimulatedNetwork network = new SimulatedNetwork();
    final State state = new State(7);
    final Reactor reactor = new Reactor(clock, () -> 42, network, state, mailbox -> open(mailbox));
    final SimulatedClient client;
    String failure = "";

    Life() {
      reactor.listen("127.0.0.1", 6379, new RespProtocol(new RespServer(reactor)));
      client = network.connect(6379);
    }

    private OpsLog open(Consumer<Runnable> mailbox) {
      Recovery recovery = new Recovery(disk, clock, () -> 42, LogSettings.DEFAULTS);
      recovery.replay(new StateReplay(state));
      return recovery.log(mailbox, this);
    }

    @Override
    public void safe(long position) {}

    @Override
    public void failed(WorldFailure refused) {
      failure = refused.getMessage();
    }
  }

  private String run(String line) {
    send(line);
    settle();
    return ReplyText.of(life.client.receive());
  }

  private void send(String line) {
    clock.advanceNs(2_000_000);
    life.client.send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    life.reactor.turn();
  }

  /// All that can happen does, that of the disk included.
  private void settle() {
    for (int i = 0; i < 100; i++) {
      if (disk.syncsUnderWay() > 0) {
        disk.endSync();
      }
      clock.advanceNs(100_000);
      life.reactor.turn();
    }
  }

  private void restart() {
    disk = disk.afterPowerLoss();
    life = new Life();
  }

  private void assertThatARestartFindsAll() {
    long before = StateDigest.of(life.state);
    restart();
    assertThat(StateDigest.of(life.state)).isEqualTo(before);
  }

  private String info(String field) {
    return run("INFO persistence")
        .lines()
        .toList()
        .toString()
        .replaceAll(".*?\\b" + field + ":(\\S*?)(,.*|\\\\r.*|$)", "$1");
  }

  private List<String> snapshots() {
    return disk.list().stream().filter(name -> name.startsWith("snapshot")).toList();
  }

  private void fill() {
    for (int i = 0; i < 50; i++) {
      run("SET key" + i + " value" + i);
      run("XADD stream * field " + i);
      run("SADD set " + i + " member" + i);
    }
    run("EXPIRE key3 1000");
    run("XGROUP CREATE stream group 0");
    run("XREADGROUP GROUP group anna COUNT 7 STREAMS stream >");
  }

  @Test
  void saveAnswersWhenTheSnapshotIsThere() {
    fill();
    assertThat(run("SAVE")).isEqualTo("OK");
    assertThat(snapshots()).hasSize(1).allMatch(name -> name.endsWith(".naru"));
    assertThat(run("SET behind it")).isEqualTo("OK");
    assertThatARestartFindsAll();
  }

  @Test
  void backgroundSaveGoesOnWhileOthersWrite() {
    fill();
    life.reactor.snapshots().pace(1);
    send("BGSAVE");
    for (int i = 0; i < 50; i++) {
      send("SET key" + i + " other");
      send("XADD stream * field more");
      send("DEL key" + (i + 1));
    }
    assertThat(life.reactor.snapshots().isUnderWay()).isTrue();
    settle();
    assertThat(ReplyText.of(life.client.receive())).startsWith("Background saving started OK");
    assertThat(life.reactor.snapshots().taken()).isEqualTo(1);
    assertThatARestartFindsAll();
  }

  @Test
  void oneSnapshotAtATime() {
    fill();
    life.reactor.snapshots().pace(1);
    send("BGSAVE");
    send("BGSAVE");
    send("SAVE");
    send("BGREWRITEAOF");
    send("BGREWRITEAOF");
    settle();
    assertThat(ReplyText.of(life.client.receive()))
        .isEqualTo(
            "Background saving started -ERR Background save already in progress"
                + " -ERR Background save already in progress"
                + " Background append only file rewriting scheduled"
                + " -ERR Background append only file rewriting already in progress");
    life.reactor.snapshots().pace(1000);
    settle();
    assertThat(life.reactor.snapshots().taken()).isEqualTo(2);
    assertThat(snapshots()).hasSize(1);
    assertThatARestartFindsAll();
  }

  @Test
  void theRepliesAreThoseOfRedis() {
    assertThat(run("BGSAVE SCHEDULE")).isEqualTo("Background saving started");
    assertThat(run("BGREWRITEAOF")).isEqualTo("Background append only file rewriting started");
    assertThat(run("BGSAVE now")).isEqualTo("-ERR syntax error");
    run("MULTI");
    assertThat(run("SAVE")).isEqualTo("-ERR Command not allowed inside a transaction");
    run("DISCARD");
  }

  @Test
  void theTimeOfTheLastSaveIsThatOfTheState() {
    assertThat(run("LASTSAVE")).isEqualTo(":1700000000");
    clock.advanceNs(5_000_000_000L);
    run("SAVE");
    clock.advanceNs(5_000_000_000L);
    assertThat(run("LASTSAVE")).isEqualTo(":1700000005");
    assertThat(info("rdb_last_save_time")).isEqualTo("1700000005");
  }

  @Test
  void changesAreCountedFromTheSnapshotOn() {
    run("SET a 1");
    run("SAVE");
    run("SET a 2");
    run("SET a 3");
    assertThat(info("rdb_changes_since_last_save")).isEqualTo("2");
    assertThat(info("rdb_saves")).isEqualTo("1");
    assertThat(info("aof_base_size")).isNotEqualTo("0");
  }

  @Test
  void whereverTheDiskRefusesTheBrokerGoesOn() {
    int given = 0;
    for (int step = 0; step < 12; step++) {
      disk = new SimulatedDisk(step);
      life = new Life();
      fill();
      disk.refuseAfter(step);
      String reply = run(step % 2 == 0 ? "SAVE" : "BGSAVE");
      disk.refuseAfter(1_000_000);
      assertThat(life.failure).isEmpty();
      if (!life.reactor.snapshots().lastWasGood()) {
        given++;
        assertThat(reply).matches("-ERR the snapshot is given up.*|Background saving started");
        assertThat(info("rdb_last_bgsave_status")).isEqualTo("err");
        assertThat(info("rdb_bgsave_in_progress")).isEqualTo("0");
      }
      assertThat(run("SET a 1")).isEqualTo("OK");
      assertThat(run("SAVE")).isEqualTo("OK");
      assertThat(info("rdb_last_bgsave_status")).isEqualTo("ok");
      assertThatARestartFindsAll();
    }
    assertThat(given).isGreaterThan(3);
  }

  @Test
  void aSnapshotIsTakenByItselfWhenTheLogHasGrown() {
    fill();
    assertThat(life.reactor.snapshots().taken()).isZero();
    run("CONFIG SET auto-aof-rewrite-min-size 2000");
    passASecond();
    assertThat(life.reactor.snapshots().taken()).isEqualTo(1);
    passASecond();
    assertThat(life.reactor.snapshots().taken()).isEqualTo(1);
    fill();
    fill();
    passASecond();
    long taken = life.reactor.snapshots().taken();
    assertThat(taken).isGreaterThan(1);
    run("CONFIG SET auto-aof-rewrite-percentage 0");
    fill();
    fill();
    fill();
    passASecond();
    assertThat(life.reactor.snapshots().taken()).isEqualTo(taken);
    assertThatARestartFindsAll();
  }

  private void passASecond() {
    clock.advanceNs(1_000_000_000);
    settle();
  }

  @Test
  void reloadChecksTheSnapshotAgainstTheState() {
    fill();
    assertThat(run("DEBUG RELOAD")).isEqualTo("OK");
    run("MULTI");
    run("SET a 1");
    run("DEBUG RELOAD");
    assertThat(run("EXEC")).contains("not possible within a transaction");
    assertThatARestartFindsAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHUTDOWN SAVE", "SHUTDOWN NOSAVE"})
  void shutdownSavesIfAskedTo(String shutdown) {
    fill();
    send(shutdown);
    assertThat(life.reactor.isStopped()).isTrue();
    assertThat(snapshots().size()).isEqualTo(shutdown.endsWith(" SAVE") ? 1 : 0);
  }

  @Test
  void whileTheDiskIsFullTheStatusSaysSo() {
    run("SET a 1");
    assertThat(info("aof_last_write_status")).isEqualTo("ok");
    disk.leaveRoom(100_000);
    passASecond();
    assertThat(run("SET a 2")).startsWith("-MISCONF");
    assertThat(info("aof_last_write_status")).isEqualTo("err");
    assertThat(info("rdb_last_bgsave_status")).isEqualTo("err");
    assertThat(run("SAVE")).startsWith("-ERR the snapshot is given up");
    assertThat(disk.roomBytes()).isGreaterThan(99_000);

    disk.leaveRoom(Long.MAX_VALUE);
    passASecond();

    assertThat(run("SET a 3")).isEqualTo("OK");
    assertThat(info("aof_last_write_status")).isEqualTo("ok");
    assertThat(run("SAVE")).isEqualTo("OK");
    assertThat(info("rdb_last_bgsave_status")).isEqualTo("ok");
    assertThatARestartFindsAll();
  }

  @Test
  void filesOfABackupStayWhileOthersWriteAndSave() {
    fill();
    run("SAVE");
    String named = run("NARU.BACKUP BEGIN");
    List<String> held = disk.list();
    assertThat(named).contains(held.toArray(new String[0]));
    assertThat(run("NARU.BACKUP BEGIN"))
        .isEqualTo("-ERR this connection has begun a backup already");
    fill();
    run("SAVE");
    assertThat(disk.list()).containsAll(held).hasSize(held.size() + 1);
    assertThat(run("NARU.BACKUP END")).isEqualTo("OK");
    assertThat(snapshots()).hasSize(1);
    assertThat(run("NARU.BACKUP END")).isEqualTo("-ERR this connection has begun no backup");
    assertThatARestartFindsAll();
  }

  @Test
  void filesOfABackupGoWithItsConnection() {
    fill();
    run("SAVE");
    SimulatedClient other = life.network.connect(6379);
    other.send("NARU.BACKUP BEGIN\r\n".getBytes(StandardCharsets.UTF_8));
    settle();
    run("SET a 1");
    run("SAVE");
    assertThat(snapshots()).hasSize(2);
    other.close();
    settle();
    assertThat(snapshots()).hasSize(1);
    assertThat(life.reactor.log().holds()).isZero();
  }
}
