package naru.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import naru.log.DamagedLog;
import naru.log.RecoveryReport;
import naru.world.simulated.SimulatedDisk;

/// What a broker makes of a log, or of a snapshot, of which one bit has been turned over.
///
/// It has to refuse to start, naming the place and what to do; or the bit has meant nothing; or it
/// was in the last record of all, which then cannot be told from one that was half written, and is
/// reported and kept aside.
final class Damage {
  private final SimulatedDisk disk;
  private final SimulatedDisk before;
  private final String file;
  private final long bit;

  private Damage(SimulatedDisk disk, String file, long bit) {
    this.disk = disk;
    this.before = disk.twin(0);
    this.file = file;
    this.bit = bit;
    disk.flip(file, bit);
    before.flip(file, bit);
  }

  /// Does damage to a copy of `disk`, which has a log that is not empty.
  static Damage of(SimulatedDisk disk, Chance chance) {
    SimulatedDisk twin = disk.twin(chance.nextLong());
    String file = chance.oneOf(logs(twin));
    long bits = 8L * twin.content(file).length;
    return new Damage(twin, file, Math.floorMod(chance.nextLong(), bits));
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
    if (!refusal.file().equals(file) || refusal.offset() > at() || refusal.advice().isEmpty()) {
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

  /// How a broker has started, and what it held then.
  record Start(RecoveryReport report, Map<String, String> picture) {}

  private SimulationFailure wrong(String what) {
    return new SimulationFailure(this + " is wrong; " + what);
  }

  @Override
  public String toString() {
    return "bit " + (bit & 7) + " of byte " + at() + " of " + file;
  }
}
