package naru.simulator;

import java.util.Objects;
import naru.simulator.check.Checker.End;
import naru.world.simulated.SimulatedDisk;
import org.jspecify.annotations.Nullable;

/// What goes wrong, and when: crashes, refusals of the disk, jumps of the clock.
final class Faults {
  private static final int STEPS_MAX = 30;
  private static final int JUMP_MAX_MS = 20_000;
  private static final int HOUR_MS = 3_600_000;
  private static final int HOUR_ONE_IN = 6;
  private static final int UNREADABLE_ONE_IN = 20;
  private static final int READS_MAX = 6;
  private static final int STOP_ONE_IN = 10;
  private static final int FULL_ROOM_MAX_BYTES = 10_000;
  private static final long FULL_MIN_NS = 1_000_000;
  private static final long FULL_MAX_NS = 3_000_000_000L;

  /// The broker looks ten times a second.
  private static final long NOTICE_MAX_NS = 300_000_000;

  private static final long STRIKE_MAX_NS = 20_000_000;

  private final World world;
  private final Plan plan;
  private final Chance crashes;
  private final Chance jumps;
  private final Chance reads;
  private boolean on = true;
  private boolean isFull;
  private long roomSinceNs;

  /// Counts lives, so that what was planned for one does not hit the next.
  private int life;

  private boolean stopWanted;
  private int commandsLeft;
  private @Nullable SimulatedDisk disk;

  Faults(World world, Plan plan) {
    this.world = world;
    this.plan = plan;
    crashes = world.chance("crashes");
    jumps = world.chance("clock jumps");
    reads = world.chance("reads");
    planJump();
  }

  /// From now on nothing goes wrong.
  void off() {
    on = false;
    if (disk != null) {
      disk.losePowerAfter(Long.MAX_VALUE / 2);
      disk.refuseAfter(Long.MAX_VALUE / 2);
      disk.readsAgain();
      makeRoom();
    }
  }

  /// Whether the broker has had time to notice that its disk is not full.
  boolean roomIsKnown() {
    return !isFull && world.nowNs() - roomSinceNs > NOTICE_MAX_NS;
  }

  /// The broker has been asked to end.
  boolean isStopWanted() {
    return stopWanted;
  }

  /// How a broker ends whose disk has stopped in the middle of something.
  End endInStep() {
    return crashes.with(plan.powerLosses()) ? End.POWER_LOSS : End.KILL;
  }

  /// A broker is about to start: it may not come far.
  void beforeStart(SimulatedDisk disk) {
    if (!isFull) {
      disk.leaveRoom(Long.MAX_VALUE);
    }
    if (on && crashes.oneIn(8)) {
      disk.losePowerAfter(crashes.below(10));
    }
    if (on && plan.unreadable() && reads.oneIn(UNREADABLE_ONE_IN)) {
      disk.refuseReadAfter(reads.below(READS_MAX));
    }
  }

  /// A broker has ended.
  void afterEnd() {
    life++;
    stopWanted = false;
  }

  /// A broker is up.
  void afterStart(SimulatedDisk itsDisk) {
    // What was planned for the start holds no more.
    itsDisk.losePowerAfter(Long.MAX_VALUE / 2);
    itsDisk.readsAgain();
    disk = itsDisk;
    commandsLeft = (int) crashes.spread(1, 2L * plan.commandsPerLife());
  }

  /// Clients have sent so many commands more.
  void sent(int commands) {
    if (commandsLeft > 0 && commandsLeft <= commands) {
      int planned = life;
      world.in(
          crashes.spread(1000, STRIKE_MAX_NS),
          () -> {
            if (on && planned == life) {
              strike();
            }
          });
    }
    commandsLeft -= commands;
  }

  private void strike() {
    SimulatedDisk present = Objects.requireNonNull(disk);
    if (crashes.with(plan.fullDisks())) {
      fill(present);
    } else if (crashes.with(plan.refusals())) {
      present.refuseAfter(crashes.below(STEPS_MAX));
      world.note("faults", "the disk is going to refuse a step");
    } else if (crashes.oneIn(STOP_ONE_IN)) {
      world.note("faults", "the broker is asked to stop");
      stopWanted = true;
    } else if (crashes.with(plan.crashesInSteps())) {
      present.losePowerAfter(crashes.below(STEPS_MAX));
      world.note("faults", "the broker is going to end in a step of the disk");
    } else {
      throw new Crash(endInStep());
    }
  }

  /// Somebody else fills the disk, and takes that away again some time later. The broker lives on,
  /// and may be struck by something else.
  private void fill(SimulatedDisk present) {
    long bytes = crashes.spread(1, FULL_ROOM_MAX_BYTES);
    isFull = true;
    present.leaveRoom(bytes);
    world.note("faults", "the disk has room for " + bytes + " bytes");
    world.in(crashes.spread(FULL_MIN_NS, FULL_MAX_NS), this::makeRoom);
    commandsLeft = (int) crashes.spread(1, 2L * plan.commandsPerLife());
  }

  private void makeRoom() {
    if (isFull) {
      isFull = false;
      roomSinceNs = world.nowNs();
      world.note("faults", "the disk has room again");
      Objects.requireNonNull(disk).leaveRoom(Long.MAX_VALUE);
    }
  }

  /// How long a broker is down.
  long downNs() {
    return crashes.spread(1_000_000, 500_000_000);
  }

  private void planJump() {
    if (plan.jumpEveryNs() > 0) {
      world.in(jumps.spread(plan.jumpEveryNs() / 8, plan.jumpEveryNs() * 4), this::jump);
    }
  }

  private void jump() {
    if (on) {
      int ms = jumps.between(-JUMP_MAX_MS, JUMP_MAX_MS);
      if (jumps.oneIn(HOUR_ONE_IN)) {
        ms = jumps.oneIn(2) ? HOUR_MS : -HOUR_MS;
      }
      world.clock().jumpUs(ms * 1000L + jumps.below(1000));
      world.note("faults", "the clock jumps by " + ms + " ms");
      planJump();
    }
  }
}
