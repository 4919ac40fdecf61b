package naru.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import naru.log.DamagedLog;
import naru.log.Durability;
import naru.simulator.check.Checker;
import naru.simulator.check.Checker.End;
import naru.simulator.check.Conservation;
import naru.simulator.check.Conversation;
import naru.world.WorldFailure;
import naru.world.simulated.SimulatedClient;
import naru.world.simulated.SimulatedDisk;
import naru.world.simulated.SimulatedDisk.PowerLoss;
import org.jspecify.annotations.Nullable;

/// A seed's world: one broker, crashed and started again and again on the same disk, and its
/// clients. Two runs of a seed are equal.
public final class Simulation implements Actor.Door {
  /// After this the world has had time enough for everything that can still happen.
  private static final long SETTLE_NS = 60_000_000_000L;

  private static final long BUSY_MAX_NS = 3_600_000_000_000L;

  private enum Stage {
    /// Clients ask, and things go wrong.
    BUSY,
    /// Clients get the last answers.
    SETTLING,
    /// The broker was asked to end, and is going to be compared with what it was.
    COMPARING,
    OVER
  }

  private final long seed;
  private final Timeline timeline;
  private final World world;
  private final Plan plan;
  private final Checker checker;
  private final Conservation conservation = new Conservation();
  private final Faults faults;
  private final Chance damages;
  private final List<Actor> actors = new ArrayList<>();

  private SimulatedDisk disk;
  private @Nullable SimulatedBroker broker;
  private boolean up;
  private Stage stage = Stage.BUSY;
  private long settleEndNs;
  private Map<String, String> details = Map.of();
  private int lives;
  private int conversations;
  private int commands;

  /// What came of a run.
  ///
  /// @param fingerprint equal for equal histories
  /// @param lives how often the broker was started
  /// @param lost how many steps were taken back by crashes, none of which anybody had been told of
  public record Outcome(
      long seed, long fingerprint, int commands, int lives, long lost, long events, long ns) {}

  /// @param timeline is told what happens
  public Simulation(long seed, Sabotage sabotage, Timeline timeline) {
    this.seed = seed;
    this.timeline = timeline;
    Chance chance = new Chance(seed);
    world = new World(chance, timeline);
    plan = Plan.draw(chance.fork("plan"), sabotage);
    checker = new Checker(world, plan.durability() == Durability.ALWAYS, plan.lossMaxNs());
    faults = new Faults(world, plan);
    damages = chance.fork("damages");
    disk = new SimulatedDisk(chance.fork("disk").nextLong());
    for (int i = 0; i < plan.clients(); i++) {
      actors.add(new Actor(world, plan, checker, conservation, this, i));
    }
  }

  /// Runs to the end. Throws [SimulationFailure] if anything was wrong.
  public Outcome run() {
    world.note("plan", plan.shown());
    try {
      Saboteur.breakDisk(disk, plan.sabotage());
      actors.forEach(Actor::begin);
      while (stage != Stage.OVER) {
        live();
      }
    } catch (RuntimeException | AssertionError failure) {
      throw failed(failure);
    }
    return new Outcome(
        seed,
        timeline.fingerprint(),
        commands,
        lives,
        checker.stepsLost(),
        timeline.lines(),
        world.nowNs());
  }

  private SimulationFailure failed(Throwable failure) {
    String what = failure instanceof SimulationFailure ? failure.getMessage() : failure.toString();
    return new SimulationFailure(
        what
            + "\n\nseed "
            + seed
            + ", that is: "
            + plan.shown()
            + "\n\nwhat happened before:\n"
            + timeline.tail()
            + "\n\n"
            + what
            + "\n\n./x sim "
            + seed
            + " shows it from the beginning",
        failure);
  }

  /// One life of the broker, and the time after it.
  private void live() {
    End how = untilItEnds();
    up = false;
    broker = null;
    faults.afterEnd();
    checker.ended(how);
    if (how == End.POWER_LOSS && plan.durability() != Durability.ALWAYS) {
      conservation.forget();
    }
    actors.forEach(Actor::disconnected);
    disk = how == End.POWER_LOSS ? disk.afterPowerLoss() : disk.afterKill();
    world.pass(faults.downNs(), () -> false);
  }

  private End untilItEnds() {
    SimulatedBroker present = null;
    try {
      faults.beforeStart(disk);
      present = start();
      if (present == null) {
        return End.KILL;
      }
      faults.afterStart(disk);
      broker = present;
      checker.roomIf(this::hasRoom);
      up = true;
      return run(present);
    } catch (Crash crash) {
      return crash.how();
    } catch (PowerLoss loss) {
      return faults.endInStep();
    } finally {
      if (present != null) {
        present.end();
      }
    }
  }

  /// A broker that has shown what it holds; null if the disk would not have it.
  private @Nullable SimulatedBroker start() {
    SimulatedBroker present;
    Damage damage =
        damages.with(plan.flips()) && Damage.isPossible(disk)
            ? Damage.of(disk, damages, plan.sabotage())
            : null;
    try {
      present = new SimulatedBroker(world, plan, checker, disk, ++lives);
    } catch (WorldFailure refused) {
      world.note("broker", "does not start: " + refused.getMessage());
      return null;
    }
    // What was planned for the start is not meant for who looks at it while time stands still.
    disk.readsAgain();
    world.beforeAllTime(
        () -> {
          Map<String, String> picture = compare(present);
          if (damage != null) {
            startDamaged(damage, new Damage.Start(present.report(), picture));
          }
        });
    return present;
  }

  private void startDamaged(Damage damage, Damage.Start whole) {
    world.note("damage", "" + damage);
    SimulatedBroker damaged;
    try {
      damaged = new SimulatedBroker(world, plan, checker, damage.disk(), lives);
    } catch (DamagedLog refusal) {
      world.note("damage", "" + refusal.getMessage());
      damage.refused(refusal);
      return;
    }
    Inspector inspector = damaged.inspector();
    damage.started(new Damage.Start(damaged.report(), inspector.picture()), whole);
    damaged.end();
  }

  /// Returns what the broker holds.
  private Map<String, String> compare(SimulatedBroker present) {
    Inspector inspector = present.inspector();
    Map<String, String> picture = inspector.picture();
    checker.recovered(picture);
    if (stage == Stage.COMPARING) {
      compareDetails(inspector.details());
    }
    inspector.close();
    return picture;
  }

  private End run(SimulatedBroker present) {
    while (!present.isOver()) {
      if (faults.isStopWanted()) {
        return present.stop() ? End.STOP : End.KILL;
      }
      switch (stage) {
        case BUSY -> {
          if (commands >= plan.commands() || world.nowNs() > BUSY_MAX_NS) {
            settle();
          }
        }
        case SETTLING -> {
          if (checker.isQuiet() || world.nowNs() > settleEndNs) {
            sendAllAway(present);
            details = present.inspector().details();
            present.stop();
            stage = Stage.COMPARING;
            return End.STOP;
          }
        }
        case COMPARING, OVER -> {
          stage = Stage.OVER;
          return End.STOP;
        }
      }
      present.turn();
    }
    return End.KILL;
  }

  private boolean hasRoom() {
    boolean hasRoom = broker == null || broker.hasRoom();
    if (!hasRoom && faults.roomIsKnown()) {
      throw new SimulationFailure("the broker refuses to write, though there is room");
    }
    return hasRoom;
  }

  /// Nothing goes wrong from here on, and nothing new is asked.
  private void settle() {
    world.note("plan", "all is said: no more faults");
    stage = Stage.SETTLING;
    settleEndNs = world.nowNs() + SETTLE_NS;
    faults.off();
    actors.forEach(Actor::hurry);
  }

  /// Everybody has been answered, and leaves no trace of having been connected.
  private void sendAllAway(SimulatedBroker present) {
    checker.compareAnswered();
    actors.forEach(Actor::leave);
    for (int turns = 0; turns < 100 && present.connections() > 0; turns++) {
      present.turn();
    }
    if (present.connections() > 0) {
      throw new SimulationFailure(present.connections() + " connections are left of none");
    }
    checker.compareWaiting(0);
  }

  private void compareDetails(Map<String, String> found) {
    if (!found.equals(details)) {
      throw new SimulationFailure(
          "a restart has changed what nobody has\n  before " + details + "\n  after  " + found);
    }
  }

  @Override
  public @Nullable SimulatedClient connect(Conversation conversation) {
    if (!up || broker == null) {
      return null;
    }
    checker.opened(conversation);
    return broker.connect(conversation);
  }

  @Override
  public int nextConversation() {
    return ++conversations;
  }

  @Override
  public boolean mayAct(int count) {
    if (stage != Stage.BUSY) {
      return false;
    }
    commands += count;
    faults.sent(count);
    return true;
  }

  @Override
  public boolean isSettling() {
    return stage != Stage.BUSY;
  }
}
