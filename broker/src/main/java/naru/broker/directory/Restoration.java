package naru.broker.directory;

import java.io.PrintStream;
import java.nio.file.Path;
import naru.log.FileReport;
import naru.log.Repair;
import naru.log.Survey;
import naru.world.Disk;
import naru.world.WorldFailure;
import naru.world.real.ReadOnlyDisk;
import naru.world.real.SystemClock;
import naru.world.real.SystemRandomness;

/// Writes what is whole of a directory into a new one, and says what is left behind.
public final class Restoration {
  private final ReadOnlyDisk disk;
  private final PrintStream out;

  public Restoration(ReadOnlyDisk disk, PrintStream out) {
    this.disk = disk;
    this.out = out;
  }

  /// Returns whether there is a new directory now. Throws [WorldFailure] if there is nothing to
  /// begin with, or the system refuses.
  public boolean run(Path to) {
    long process = disk.brokerProcess();
    if (process > 0) {
      throw new WorldFailure(
          disk.location() + " is in use by a broker (process " + process + "): stop it first");
    }
    SystemClock clock = new SystemClock();
    if (new Survey(disk, clock).isEmpty()) {
      throw new WorldFailure(disk.location() + " holds no log and no snapshot");
    }
    Repair repair = new Repair(disk, clock, new SystemRandomness());
    Repair.Plan plan = repair.plan(new Progress());
    if (plan == null) {
      throw new WorldFailure(
          disk.location()
              + " has nothing to begin with: no snapshot is whole, and the log does not go back to"
              + " its first record. Restore a backup; naru dump shows what can be read");
    }
    NewDirectory.create(
        to,
        into -> {
          repair.write(plan, into);
          verify(into, plan.toPosition());
        });
    say(plan);
    out.println(to + " is ready to start; " + disk.location() + " is as it was");
    return true;
  }

  /// What was written has to be what a start makes of it.
  static void verify(Disk written, long position) {
    Survey survey = new Survey(written, new SystemClock());
    for (FileReport file : survey.files(new Progress())) {
      if (!file.flaws().isEmpty()) {
        throw new WorldFailure(
            "what was written is not whole: "
                + file.name()
                + ", "
                + Check.line(file.flaws().getFirst()));
      }
    }
    Survey.Verdict verdict = survey.start((_, _) -> {});
    if (verdict.start() == null || verdict.start().lastPosition() != position) {
      throw new WorldFailure("what was written does not lead to position " + position);
    }
  }

  private void say(Repair.Plan plan) {
    if (plan.snapshot() != null) {
      out.println(
          "taken: " + plan.snapshot().name() + " with " + plan.snapshot().entries() + " keys");
    }
    if (plan.records() > 0) {
      out.println(
          "taken: "
              + plan.records()
              + " records, "
              + plan.fromPosition()
              + " to "
              + plan.toPosition());
    }
    for (Repair.Lost lost : plan.lost()) {
      out.println("left behind: " + lost.file() + ", " + Check.line(lost.flaw()));
    }
    if (plan.leftBehind() > 0) {
      out.println(
          "left behind: "
              + plan.leftBehind()
              + " records of "
              + plan.leftBehindBytes()
              + " bytes that can be read, but come after one that is lost; naru dump "
              + disk.location()
              + " --from "
              + (plan.toPosition() + 1)
              + " shows them");
    }
    if (plan.lost().isEmpty() && plan.leftBehind() == 0) {
      out.println("nothing is left behind");
    }
  }
}
