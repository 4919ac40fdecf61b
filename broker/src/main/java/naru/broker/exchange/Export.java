package naru.broker.exchange;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import naru.engine.State;
import naru.log.LogSettings;
import naru.log.Recovery;
import naru.log.RecoveryReport;
import naru.log.Rehearsal;
import naru.rdb.RdbVersion;
import naru.rdb.RdbWriter;
import naru.reactor.StateReplay;
import naru.world.real.ReadOnlyDisk;
import naru.world.real.SystemClock;
import naru.world.real.SystemRandomness;

/// Writes what a directory of the broker's keeps as an RDB file. Nothing in the directory changes.
public final class Export {
  /// The version of Redis that the file says it comes from: one that reads the lowest version.
  private static final String REDIS_VERSION = "7.0.15";

  private final PrintStream messages;
  private final SystemClock clock = new SystemClock();
  private final SystemRandomness randomness = new SystemRandomness();

  /// @param messages where remarks go
  public Export(PrintStream messages) {
    this.messages = messages;
  }

  /// Writes `file`, which takes the place of one that is there.
  ///
  /// @param version 0 for the lowest that has a place for everything
  public void run(ReadOnlyDisk disk, Path file, int version, boolean compresses) {
    long startedNs = clock.monotonicNs();
    if (disk.brokerProcess() != 0) {
      throw new RefusedFile(
          "the broker runs on "
              + disk.location()
              + " (process "
              + disk.brokerProcess()
              + "): stop it first, or take a copy with naru backup");
    }
    State state = new State(randomness.nextLong());
    Recovery recovery = new Recovery(new Rehearsal(disk), clock, randomness, LogSettings.DEFAULTS);
    RecoveryReport found = recovery.replay(new StateReplay(state));
    if (found.tornTail() != null) {
      messages.println(
          found.tornTail().file()
              + " ends half written, as after a crash: what stands there was never safe and is left"
              + " out");
    }
    int needed = RdbWriter.versionFor(state);
    int written = version == 0 ? needed : version;
    if (written > RdbVersion.OLDEST_WRITTEN) {
      messages.println(
          "RDB version "
              + written
              + ": Redis 7.0 does not read it; --rdb-version 10 does, and leaves out what it has"
              + " no place for");
    } else if (written < needed) {
      messages.println(
          "RDB version "
              + written
              + " has no place for everything: fields that expire do not expire any more, streams"
              + " forget their producers, entries given back have a consumer");
    }
    long bytes = write(state, file, written, compresses);
    messages.printf(
        "%d keys, %d bytes are in %s now; it took %.1f s%n",
        state.keys(), bytes, file, (clock.monotonicNs() - startedNs) / 1e9);
  }

  private long write(State state, Path file, int version, boolean compresses) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      long bytes;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
        bytes = write(state, out, version, compresses);
      }
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return bytes;
    } catch (IOException refused) {
      throw new RefusedFile("cannot write " + file + ": " + refused.getMessage());
    }
  }

  private long write(State state, OutputStream out, int version, boolean compresses)
      throws IOException {
    IOException[] trouble = {null};
    RdbWriter writer =
        new RdbWriter(
            (from, offset, count) -> {
              try {
                out.write(from, offset, count);
              } catch (IOException refused) {
                trouble[0] = refused;
              }
            },
            version,
            compresses);
    writer.begin();
    writer.auxiliary("redis-ver", REDIS_VERSION);
    writer.auxiliary("redis-bits", "64");
    writer.auxiliary("ctime", Long.toString(clock.wallUs() / 1_000_000));
    state.libraries().texts().values().forEach(writer::function);
    writer.keys(state);
    long bytes = writer.end();
    if (trouble[0] != null) {
      throw trouble[0];
    }
    return bytes;
  }
}
