package naru.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import naru.log.DamagedLog;
import naru.log.RecoveryReport;
import naru.world.simulated.SimulatedDisk;

/// What a broker makes of a log, or of a snapshot, of which one bit has been turned over, or a part
/// cut off, or a file taken away.
///
/// It has to refuse to start, naming the place and what to do; or what is gone has meant nothing;
/// or it was at the very end of the log, where damage cannot be told from what a crash leaves: a
/// changed last record is reported and kept aside, and a log that ends earlier at a record's end is
/// whole.
final class Damage {
  private final SimulatedDisk disk;
  private final SimulatedDisk before;
  private final Kind kind;
  private final String file;

  /// What is changed, or where the file ends now.
  private final long bit;

  private enum Kind {
    FLIPPED,
    CUT,
    MISSING
  }

  private Damage(SimulatedDisk disk, Kind kind, String file, long bit) {
    this.disk = disk;
    this.before = disk.twin(0);
    this.kind = kind;
    this.file = file;
    this.bit = bit;
    harm(disk);
    harm(before);
  }

  private void harm(SimulatedDisk victim) {
    switch (kind) {
      case FLIPPED -> victim.flip(file, bit);
      case CUT -> victim.cut(file, (int) at());
      case MISSING -> victim.remove(file);
    }
  }

  /// Does damage to a copy of `disk`, which has a log that is not empty.
  static Damage of(SimulatedDisk disk, Chance chance, Sabotage sabotage) {
    SimulatedDisk twin = disk.twin(chance.nextLong());
    String file = chance.oneOf(logs(twin));
    long bits = 8L * twin.content(file).length;
    return new Damage(twin, kind(chance, sabotage), file, Math.floorMod(chance.nextLong(), bits));
  }

  private static Kind kind(Chance chance, Sabotage sabotage) {
    int draw = chance.below(4);
    return switch (sabotage) {
      case IGNORES_DAMAGE -> Kind.FLIPPED;
      case IGNORES_CUT_FILES -> Kind.CUT;
      case IGNORES_MISSING_FILES -> Kind.MISSING;
      default -> draw < 2 ? Kind.FLIPPED : draw == 2 ? Kind.CUT : Kind.MISSING;
    };
  }

  static boolean isPossible(SimulatedDisk disk) {
    return !logs(disk).isEmpty();
  }

  private static List<String> logs(SimulatedDisk disk) {
    return disk.list().stream()
        .filter(name -> name.endsWith(".naru") && disk.content(name).length > 0)
        .toList();
  }

  /// The damaged disk.
  SimulatedDisk disk() {
    return disk;
  }

  private long at() {
    return bit >>> 3;
  }

  /// The broker has refused to start.
  void refused(DamagedLog refusal) {
    boolean namesThePlace =
        kind == Kind.MISSING || (refusal.file().equals(file) && refusal.offset() <= at());
    if (!namesThePlace || refusal.file().isEmpty() || refusal.advice().isEmpty()) {
      throw wrong("the refusal speaks of something else: " + refusal.getMessage());
    }
    if (!disk.list().equals(before.list())) {
      throw wrong("a refused start has changed which files there are: " + disk.list());
    }
    for (String name : disk.list()) {
      if (!Arrays.equals(disk.content(name), before.content(name))) {
        throw wrong("a refused start has changed " + name);
      }
    }
  }

  /// The broker has started.
  ///
  /// @param whole what it says, and holds, without the damage
  void started(Start start, Start whole) {
    if (start.picture().equals(whole.picture()) || isSaid(start.picture(), whole.picture())) {
      return;
    }
    RecoveryReport.TornTail torn = start.report().tornTail();
    if (kind != Kind.FLIPPED) {
      if (!isLastOfTheLog() || start.report().lastPosition() > whole.report().lastPosition()) {
        throw wrong("the broker starts as if nothing were wrong: " + start.report());
      }
      return;
    }
    if (torn == null || !torn.file().equals(file) || torn.offset() > at()) {
      throw wrong("the broker starts as if nothing were wrong: " + start.report());
    }
    if (start.report().records() < whole.report().records() - 1) {
      throw wrong("more than the last record is taken for half written: " + start.report());
    }
  }

  /// Whether every key is what it was, or is said to be damaged just where that was done.
  private boolean isSaid(Map<String, String> picture, Map<String, String> whole) {
    if (!file.startsWith("blocks-") || !picture.keySet().equals(whole.keySet())) {
      return false;
    }
    return picture.entrySet().stream()
        .allMatch(
            entry ->
                entry.getValue().equals(whole.get(entry.getKey()))
                    || entry.getValue().contains(Inspector.UNREADABLE + file.substring(7)));
  }

  private boolean isLastOfTheLog() {
    return file.startsWith("log-")
        && before.list().stream()
            .noneMatch(name -> name.startsWith("log-") && name.compareTo(file) > 0);
  }

  /// How a broker has started, and what it held then.
  record Start(RecoveryReport report, Map<String, String> picture) {}

  private SimulationFailure wrong(String what) {
    return new SimulationFailure(this + " is wrong; " + what);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case FLIPPED -> "bit " + (bit & 7) + " of byte " + at() + " of " + file;
      case CUT -> file + " cut to " + at() + " bytes";
      case MISSING -> file + " taken away";
    };
  }
}
