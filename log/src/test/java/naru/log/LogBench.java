package naru.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import naru.bytes.ByteReader;
import naru.world.Clock;
import naru.world.Randomness;
import naru.world.WorldFailure;
import naru.world.simulated.SimulatedDisk;

/// A log on a simulated disk, and all that it tells.
final class LogBench implements LogListener {
  final List<byte[]> replayed = new ArrayList<>();
  final List<Long> safePositions = new ArrayList<>();
  final List<WorldFailure> failures = new ArrayList<>();
  final ArrayDeque<Runnable> mailbox = new ArrayDeque<>();

  SimulatedDisk disk;
  LocalLog log;
  RecoveryReport report;

  private final Randomness randomness;

  LogBench(long seed) {
    this(new SimulatedDisk(seed), seed);
  }

  LogBench(SimulatedDisk disk, long seed) {
    this.disk = disk;
    SplittableRandom random = new SplittableRandom(seed);
    randomness = random::nextLong;
  }

  /// Starts on the disk as it is.
  LogBench start(LogSettings settings) {
    replayed.clear();
    mailbox.clear();
    Recovery recovery = new Recovery(disk, new StoppedClock(), randomness, settings);
    report = recovery.replay(1, this::replayed);
    log = recovery.log(mailbox::add, this);
    return this;
  }

  private void replayed(long position, ByteReader payload) {
    if (position != replayed.size() + 1) {
      throw new AssertionError("position " + position + " after " + replayed.size());
    }
    replayed.add(payload.read(payload.remaining()).copy());
  }

  void write(byte[] payload) {
    log.record().write(payload);
    log.seal();
  }

  void write(String payload) {
    log.record().writeAscii(payload);
    log.seal();
  }

  /// Ends all syncs beside the log until there is nothing left to do.
  void settle() {
    do {
      readMail();
      if (disk.syncsUnderWay() > 0) {
        disk.endSync();
      }
    } while (disk.syncsUnderWay() > 0 || !mailbox.isEmpty());
  }

  void readMail() {
    while (!mailbox.isEmpty()) {
      mailbox.remove().run();
    }
  }

  List<String> replayedText() {
    return replayed.stream().map(String::new).toList();
  }

  @Override
  public void safe(long position) {
    safePositions.add(position);
  }

  @Override
  public void failed(WorldFailure failure) {
    failures.add(failure);
  }

  private static final class StoppedClock implements Clock {
    @Override
    public long wallUs() {
      return 0;
    }

    @Override
    public long monotonicNs() {
      return 0;
    }
  }
}
