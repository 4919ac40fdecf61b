package naru.simulator;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import naru.engine.Retelling;
import naru.engine.State;
import naru.log.DamagedLog;
import naru.log.LogListener;
import naru.log.NoLog;
import naru.log.OpsLog;
import naru.log.Recovery;
import naru.log.RecoveryReport;
import naru.log.Replay;
import naru.protocol.resp.RespProtocol;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.setting.Settings;
import naru.reactor.Reactor;
import naru.reactor.StateReplay;
import naru.simulator.check.Checker;
import naru.simulator.check.Conversation;
import naru.simulator.check.Tap;
import naru.world.WorldFailure;
import naru.world.simulated.SimulatedClient;
import naru.world.simulated.SimulatedDisk;
import naru.world.simulated.SimulatedNetwork;
import org.jspecify.annotations.Nullable;

/// One life of a broker, from a start to whatever ends it: the real reactor, shard, log and session
/// on simulated doors.
final class SimulatedBroker implements LogListener, SimulatedNetwork.Pause, Tap.Reads {
  private static final int PORT = 6379;
  private static final long WORK_MAX_NS = 300_000;
  private static final long SYNC_MIN_NS = 20_000;
  private static final int SNAPSHOT_ONE_IN = 100;
  private static final int AT_ONCE_ONE_IN = 5;
  private static final int SNAPSHOT_READS_MAX = 20;
  private static final int UNREADABLE_ONE_IN = 2;
  private static final int COMMAND_READS_MAX = 4;

  private final World world;
  private final Plan plan;
  private final Checker checker;
  private final SimulatedDisk disk;
  private final Chance chance;
  private final Chance snapshots;
  private final Chance reads;
  private final Saboteur saboteur;
  private final SimulatedNetwork network = new SimulatedNetwork(this);
  private final Reactor reactor;
  private final Tap tap;
  private @Nullable RecoveryReport report;
  private boolean over;
  private boolean failed;

  /// Starts on what the disk holds. Throws what the disk throws.
  SimulatedBroker(World world, Plan plan, Checker checker, SimulatedDisk disk, int life) {
    this.world = world;
    this.plan = plan;
    this.checker = checker;
    this.disk = disk;
    this.chance = world.chance("broker " + life);
    this.snapshots = world.chance("snapshots " + life);
    this.reads = world.chance("reads " + life);
    this.saboteur = new Saboteur(plan.sabotage(), chance.fork("saboteur"));
    disk.whenSyncBegins(this::syncBegins);
    State state = new State(chance.nextLong());
    reactor =
        new Reactor(
            world.clock(), chance::nextLong, network, state, mailbox -> openLog(state, mailbox));
    if (reads.oneIn(2)) {
      state.shelf().cacheBytesMax(0);
    }
    tap = new Tap(new RespProtocol(server()), checker, saboteur::delivered, this);
    reactor.snapshots().pace((int) snapshots.spread(1, 50));
    reactor.snapshots().cut(cut());
    reactor.listen("127.0.0.1", PORT, tap);
  }

  /// Small, so that values are changed when they are told in part.
  private Retelling.Pieces cut() {
    return new Retelling.Pieces(
        (int) snapshots.spread(1, 200), (int) snapshots.spread(1, 5), snapshots.below(500));
  }

  private RespServer server() {
    Settings settings = new Settings();
    settings.streamNodeMaxEntries.take(Integer.toString(plan.streamNodeEntries()));
    if (snapshots.oneIn(2)) {
      settings.hashMaxListpackEntries.take("2");
      settings.setMaxListpackEntries.take("2");
      settings.setMaxIntsetEntries.take("2");
      settings.zsetMaxListpackEntries.take("2");
    }
    settings.streamMemory.take(Long.toString(plan.streamMemoryBytes()));
    reactor.streamStorage().laidMin(plan.streamMemoryBytes() == Long.MAX_VALUE ? 5000 : 0);
    return new RespServer(reactor, settings);
  }

  private OpsLog openLog(State state, Consumer<Runnable> mailbox) {
    Recovery recovery = new Recovery(disk, world.clock(), chance::nextLong, plan.logSettings());
    try {
      report = recovery.replay(replay(state));
    } catch (DamagedLog | WorldFailure refused) {
      if (!isIgnored(refused)) {
        throw refused;
      }
      report = new RecoveryReport(0, 0, 0, 0, 0, null, null, List.of());
      return new NoLog();
    }
    world.note("broker", "starts with " + report);
    return saboteur.log(recovery.log(mailbox, this));
  }

  private boolean isIgnored(RuntimeException refused) {
    return switch (plan.sabotage()) {
      case IGNORES_DAMAGE, IGNORES_CUT_FILES, IGNORES_MISSING_FILES ->
          refused instanceof DamagedLog;
      case IGNORES_READ_ERRORS -> refused instanceof WorldFailure;
      default -> false;
    };
  }

  private Replay replay(State state) {
    if (plan.sabotage() == Sabotage.NONE) {
      return new StateReplay(state, plan.streamMemoryBytes());
    }
    return (_, payload) -> saboteur.replay(payload, state);
  }

  private void syncBegins() {
    long mostNs = chance.with(plan.stalls()) ? Plan.STALL_MAX_NS : plan.syncMaxNs();
    long inNs = chance.spread(SYNC_MIN_NS, SYNC_MIN_NS + mostNs);
    world.in(
        inNs,
        () -> {
          if (!over) {
            disk.endSync();
          }
        });
  }

  /// What it said of its start.
  RecoveryReport report() {
    return Objects.requireNonNull(report);
  }

  /// Whether it carries out commands that write.
  boolean hasRoom() {
    return reactor.log().hasRoom();
  }

  /// Whether it has come to its end.
  boolean isOver() {
    return over || reactor.isStopped();
  }

  /// From now on nothing that was planned for it happens.
  void end() {
    over = true;
  }

  void turn() {
    if (snapshots.oneIn(SNAPSHOT_ONE_IN) && plan.sabotage() == Sabotage.NONE) {
      if (snapshots.oneIn(AT_ONCE_ONE_IN)) {
        takeNow();
      } else {
        reactor.snapshots().request();
      }
    }
    reactor.turn();
  }

  private void takeNow() {
    if (plan.unreadable() && snapshots.oneIn(2)) {
      disk.refuseReadAfter(snapshots.below(SNAPSHOT_READS_MAX));
    }
    reactor.snapshots().takeNow();
    String refusal = disk.readsAgain();
    if (refusal != null) {
      world.note("broker", "takes no snapshot: " + refusal);
    }
  }

  @Override
  public void mayBeRefused() {
    if (plan.unreadable() && reads.oneIn(UNREADABLE_ONE_IN)) {
      disk.refuseReadAfter(reads.below(COMMAND_READS_MAX));
    }
  }

  @Override
  public @Nullable String again() {
    return disk.readsAgain();
  }

  @Override
  public boolean isPassedOver() {
    return plan.sabotage() == Sabotage.PASSES_OVER_UNREADABLE;
  }

  /// Saves all and ends; returns whether it could.
  boolean stop() {
    world.freeze(true);
    reactor.close();
    world.freeze(false);
    over = true;
    return !failed;
  }

  /// A connection that the checker watches.
  SimulatedClient connect(Conversation conversation) {
    tap.expect(conversation);
    return network.connect(PORT);
  }

  /// Looks into it, while time stands still.
  Inspector inspector() {
    return new Inspector(network.connect(PORT), reactor::turn);
  }

  int connections() {
    return reactor.connections();
  }

  /// A poll: first what happens while the turn before is still at work, then the wait.
  @Override
  public void waitNs(long timeoutNs) {
    checker.compareWaiting(reactor.shard().waiting());
    checker.turnEnded();
    world.pass(chance.spread(1000, WORK_MAX_NS), () -> false);
    world.pass(timeoutNs, network::hasEvents);
    checker.turnBegins();
  }

  @Override
  public void ended() {
    checker.timePassed();
  }

  @Override
  public void safe(long position) {}

  @Override
  public void roomChanged(boolean hasRoom) {
    world.note("broker", hasRoom ? "writes again" : "writes no more");
  }

  @Override
  public void failed(WorldFailure failure) {
    world.note("broker", "gives up: " + failure.getMessage());
    failed = true;
    reactor.stop();
  }
}
