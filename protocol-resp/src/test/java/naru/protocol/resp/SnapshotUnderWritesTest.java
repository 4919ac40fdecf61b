package naru.protocol.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import naru.engine.State;
import naru.engine.StateDigest;
import naru.log.Durability;
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

/// A snapshot of streams that are added to faster than blocks of them can be laid down, on a disk
/// whose syncs take long.
class SnapshotUnderWritesTest implements LogListener {
  private static final int TURNS_PER_SYNC = 10;
  private static final int TURNS_MAX = 2_000;
  private static final String BODY = "x".repeat(60_000);

  private final SimulatedClock clock = new SimulatedClock(1_700_000_000_000_000L);
  private final SimulatedNetwork network = new SimulatedNetwork();
  private SimulatedDisk disk = new SimulatedDisk(1);
  private int turns;

  private Reactor start(State state) {
    Reactor reactor = new Reactor(clock, () -> 42, network, state, mailbox -> open(mailbox, state));
    reactor.streamStorage().limit(1 << 20);
    return reactor;
  }

  private OpsLog open(Consumer<Runnable> mailbox, State state) {
    LogSettings settings = LogSettings.DEFAULTS.with(Durability.NO);
    Recovery recovery = new Recovery(disk, clock, () -> 42, settings);
    recovery.replay(new StateReplay(state));
    return recovery.log(mailbox, this);
  }

  @Override
  public void safe(long position) {}

  @Override
  public void failed(WorldFailure refused) {
    throw refused;
  }

  private void turn(Reactor reactor) {
    turns++;
    if (turns % TURNS_PER_SYNC == 0 && disk.syncsUnderWay() > 0) {
      disk.endSync();
    }
    clock.advanceNs(2_000_000);
    reactor.turn();
  }

  @Test
  void aSnapshotComesToItsEndThoughWritesNeverCease() {
    State state = new State(7);
    Reactor reactor = start(state);
    reactor.listen("127.0.0.1", 6379, new RespProtocol(new RespServer(reactor)));
    SimulatedClient client = network.connect(6379);
    // One piece a slice is 256 KB at most; more than that is added in each turn.
    reactor.snapshots().pace(1);
    reactor.snapshots().takeByItself(0, 0);
    for (int i = 0; i < 50; i++) {
      add(client);
      turn(reactor);
    }
    reactor.snapshots().request();
    int begun = turns;
    while (reactor.snapshots().taken() == 0) {
      assertThat(turns - begun).isLessThan(TURNS_MAX);
      add(client);
      turn(reactor);
      client.receive();
    }
    assertThat(reactor.snapshots().lastWasGood()).isTrue();
    disk = disk.afterKill();
    State found = new State(7);
    start(found);
    assertThat(StateDigest.of(found)).isEqualTo(StateDigest.of(state));
  }

  private static void add(SimulatedClient client) {
    for (int i = 0; i < 6; i++) {
      client.send(
          ("XADD stream%d MAXLEN 200 * body %s\r\n".formatted(i & 1, BODY))
              .getBytes(StandardCharsets.UTF_8));
    }
  }
}
