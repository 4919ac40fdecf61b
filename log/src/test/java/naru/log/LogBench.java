package naru.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  final List<Boolean> rooms = new ArrayList<>();
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
    report = recovery.replay(new Replayed());
    log = recovery.log(mailbox::add, this);
    return this;
  }

  /// A snapshot here is all payloads so far, each with its size before it.
  private final class Replayed implements Replay {
    private boolean inSnapshot = !LogNames.snapshots(disk.list()).isEmpty();

    @Override
    public void record(long position, ByteReader payload) {
      while (inSnapshot && payload.remaining() > 0) {
        replayed.add(payload.readSized().copy());
      }
      if (!inSnapshot) {
        if (position != replayed.size() + 1) {
          throw new AssertionError("position " + position + " after " + replayed.size());
        }
        replayed.add(payload.read(payload.remaining()).copy());
      }
    }

    @Override
    public void snapshotEnded(long entries) {
      inSnapshot = false;
      if (entries != replayed.size()) {
        throw new AssertionError(entries + " entries, found " + replayed.size());
      }
    }
  }

  Clock clock() {
    return new StoppedClock();
  }

  /// Begins a snapshot and tells all of `payloads`.
  SnapshotWriter tell(List<byte[]> payloads) {
    SnapshotWriter writer = Objects.requireNonNull(log.snapshot());
    for (byte[] payload : payloads) {
      writer.record().writeSized(payload);
      writer.flush();
    }
    writer.end(payloads.size());
    return writer;
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
  public void roomChanged(boolean hasRoom) {
    rooms.add(hasRoom);
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
