package naru.simulator;

import java.util.Locale;
import naru.log.Durability;
import naru.log.LogSettings;

/// What kind of world a seed makes. Drawn anew for each, so that over many seeds every combination
/// of small and large, rare and frequent comes by.
///
/// @param commands how many commands clients send before the end is near
/// @param commandsPerLife how many commands clients send between crashes, about
/// @param powerLosses the part of crashes in which power is lost
/// @param crashesInSteps the part of crashes that come in the middle of what the disk does
/// @param refusals how often a step of the disk is refused, compared to crashes
/// @param fullDisks how often the disk is full for a while, compared to crashes
/// @param reserveBytes the disk counts as full with less room than this
/// @param jumpEveryNs the mean time between jumps of the clock, 0 for none
/// @param syncMaxNs how long a sync takes at most
/// @param stalls the part of syncs that take up to [#STALL_MAX_NS] all the same
/// @param flips how often, for each start, a copy of the log is damaged
/// @param unreadable whether the disk refuses to read now and then
/// @param delayMaxNs how long bytes are under way at most
/// @param thinkMaxNs how long a client thinks between commands at most
/// @param pipelineMax how many commands a client sends at once at most
/// @param valueMaxBytes how long a value is at most
/// @param disconnects how often a client leaves, for each time it sends
/// @param slowReaders the part of connections that are read slowly
/// @param streamMemoryBytes how much of full blocks of streams is kept in memory
/// @param streamNodeEntries how many entries fill a block
record Plan(
    Durability durability,
    int fileBytesMax,
    int keepBytes,
    int clients,
    int commands,
    int commandsPerLife,
    double powerLosses,
    double crashesInSteps,
    double refusals,
    double fullDisks,
    long reserveBytes,
    long jumpEveryNs,
    long syncMaxNs,
    double stalls,
    double flips,
    boolean unreadable,
    long delayMaxNs,
    long thinkMaxNs,
    int pipelineMax,
    int valueMaxBytes,
    double disconnects,
    double slowReaders,
    long streamMemoryBytes,
    int streamNodeEntries,
    Sabotage sabotage) {
  static final long STALL_MAX_NS = 5_000_000_000L;

  private static final long MS = 1_000_000;
  private static final long QUICK_SYNC_MAX_NS = 2 * MS;

  static Plan draw(Chance chance, Sabotage sabotage) {
    Durability durability = durability(chance, sabotage);
    // What comes every second is seen by those who live for seconds.
    long unhurried = durability == Durability.EVERYSEC ? 20 : 1;
    return new Plan(
        durability,
        (int) chance.spread(300 * unhurried, 200_000),
        (int) chance.spread(64, 65_536),
        chance.between(1, 9),
        chance.between(200, 2500),
        (int) chance.spread(15, 2000),
        chance.below(11) / 10.0,
        chance.below(5) / 4.0,
        chance.oneIn(3) ? 0.2 : 0,
        chance.oneIn(3) ? 0.5 : 0,
        chance.oneIn(2) ? 0 : chance.spread(100, 20_000),
        chance.oneIn(2) ? 0 : chance.spread(20 * MS, 1000 * MS),
        chance.spread(MS / 10, 200 * MS),
        chance.oneIn(4) ? 0.05 : 0,
        chance.oneIn(3) ? 0.3 : 0,
        chance.oneIn(3),
        chance.spread(MS / 10, 50 * MS),
        unhurried * chance.spread(MS / 10, 100 * MS),
        (int) chance.spread(1, 20),
        (int) chance.spread(10, 5000),
        chance.oneIn(3) ? 0 : chance.spread(1, 100) / 1000.0,
        chance.oneIn(2) ? 0 : 0.5,
        chance.oneIn(3) ? Long.MAX_VALUE : chance.spread(1, 5000),
        (int) chance.spread(1, 100),
        sabotage);
  }

  private static Durability durability(Chance chance, Sabotage sabotage) {
    int draw = chance.below(10);
    if (sabotage != Sabotage.NONE) {
      return sabotage.durability();
    }
    if (draw < 6) {
      return Durability.ALWAYS;
    }
    return draw < 8 ? Durability.EVERYSEC : Durability.NO;
  }

  /// How old a step may be that is lost with the power, where nobody waits for syncs: what came
  /// since the last sync began, and that one is still under way, or the one after it.
  long lossMaxNs() {
    return switch (durability) {
      case ALWAYS -> 0;
      case EVERYSEC -> 1300 * MS + 2 * (stalls > 0 ? STALL_MAX_NS : syncMaxNs);
      case NO -> Long.MAX_VALUE / 2;
    };
  }

  LogSettings logSettings() {
    // Where syncs may be quick, the log takes them to be: then it waits for nearly all of them.
    long quickSyncNs = syncMaxNs < QUICK_SYNC_MAX_NS ? Long.MAX_VALUE / 4 : 0;
    return new LogSettings(durability, fileBytesMax, keepBytes, quickSyncNs, reserveBytes);
  }

  /// One line.
  String shown() {
    return String.format(
        Locale.ROOT,
        "fsync %s, files of %d bytes, %d clients, %d commands, pipelines of %d, values of %d bytes,"
            + " crash every %d commands (%.0f %% power, %.0f %% in steps, %.1f refusals, %.1f full"
            + " disks, reserve %d), clock jump every %d ms, sync %d us (%.2f stall), damage %.1f,"
            + " unreadable %b, delay %d us, think %d us, disconnects %.3f, slow readers %.1f,"
            + " streams of %d bytes in blocks of %d, %s",
        durability,
        fileBytesMax,
        clients,
        commands,
        pipelineMax,
        valueMaxBytes,
        commandsPerLife,
        powerLosses * 100,
        crashesInSteps * 100,
        refusals,
        fullDisks,
        reserveBytes,
        jumpEveryNs / MS,
        syncMaxNs / 1000,
        stalls,
        flips,
        unreadable,
        delayMaxNs / 1000,
        thinkMaxNs / 1000,
        disconnects,
        slowReaders,
        streamMemoryBytes,
        streamNodeEntries,
        sabotage);
  }
}
