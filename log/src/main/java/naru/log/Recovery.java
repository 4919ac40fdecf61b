package naru.log;

import java.util.List;
import java.util.function.Consumer;
import naru.bytes.ByteReader;
import naru.world.Clock;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.Randomness;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// Opens the log in a directory: [#replay] reads it, then [#log] goes on where it ends.
///
/// A torn tail is kept aside, cut and reported. Any other damage is a [DamagedLog], before which
/// nothing is changed. What was read is synced before it counts as safe.
public final class Recovery {
  private final Disk disk;
  private final Clock clock;
  private final Randomness randomness;
  private final LogSettings settings;

  private final BlockFiles blocks;

  private long records;
  private long bytes;
  private long lastPosition;
  private long tailBytes;
  private SyncProof proof = new SyncProof();
  private RecoveryReport.@Nullable TornTail tornTail;
  private RecoveryReport.@Nullable Snapshot snapshot;
  private LocalLog.@Nullable OpenFile last;

  public Recovery(Disk disk, Clock clock, Randomness randomness, LogSettings settings) {
    this.disk = disk;
    this.clock = clock;
    this.randomness = randomness;
    this.settings = settings;
    this.blocks = new BlockFiles(disk, randomness, settings);
  }

  /// Reads the newest snapshot, if there is one, and all records behind it. Called once.
  public RecoveryReport replay(Replay replay) {
    try {
      return replayAll(replay);
    } catch (RuntimeException refused) {
      blocks.startRefused();
      throw refused;
    }
  }

  private RecoveryReport replayAll(Replay replay) {
    long startedNs = clock.monotonicNs();
    List<String> names = disk.list();
    List<Long> logs = LogNames.logs(names);
    List<Long> snapshots = LogNames.snapshots(names);
    blocks.startBegins(names);
    replay.blocks(blocks);
    long from = 1;
    if (!snapshots.isEmpty()) {
      from = snapshots.getLast() + 1;
      checkThatLogIsThere(logs, snapshots.getLast());
    }
    List<Long> firsts = needed(logs, from);
    if (!snapshots.isEmpty()) {
      snapshot = readSnapshot(snapshots, logs, replay);
    }
    lastPosition = from - 1;
    if (firsts.isEmpty()) {
      last = LocalLog.OpenFile.create(disk, from, randomness.nextLong());
    } else {
      readAll(firsts, from, replay);
    }
    List<String> leftOver = LogNames.parts(names);
    leftOver.forEach(disk::delete);
    blocks.startEnded(snapshots.size() <= 1);
    return new RecoveryReport(
        firsts.size(),
        records,
        bytes,
        lastPosition,
        millisecondsSince(startedNs),
        tornTail,
        snapshot,
        leftOver);
  }

  private long millisecondsSince(long startedNs) {
    return (clock.monotonicNs() - startedNs) / 1_000_000;
  }

  /// The file that is written is never deleted, so without any the log was taken away.
  private static void checkThatLogIsThere(List<Long> logs, long position) {
    if (logs.isEmpty()) {
      throw new DamagedLog(
          LogNames.snapshot(position),
          0,
          "log files beside it, with the records from position " + (position + 1) + " on",
          "none",
          "Nothing was changed. Put the missing log files back.");
    }
  }

  private RecoveryReport.Snapshot readSnapshot(
      List<Long> snapshots, List<Long> logs, Replay replay) {
    long startedNs = clock.monotonicNs();
    long position = snapshots.getLast();
    DiskFile file = disk.open(LogNames.snapshot(position));
    try {
      String advice = advice(snapshots, logs);
      SnapshotReader reader = new SnapshotReader(file, position, advice);
      blocks.startAdvice(advice);
      boolean more = true;
      while (more) {
        more = reader.next(replay);
      }
      end(reader, file, replay);
      return new RecoveryReport.Snapshot(
          file.name(), position, file.sizeBytes(), reader.entries(), millisecondsSince(startedNs));
    } finally {
      file.close();
    }
  }

  private static void end(SnapshotReader reader, DiskFile file, Replay replay) {
    try {
      replay.snapshotEnded(reader.entries());
    } catch (ByteReader.Malformed other) {
      DamagedLog damaged =
          new DamagedLog(
              file.name(),
              file.sizeBytes(),
              reader.entries() + " entries",
              "a snapshot that " + other.getMessage(),
              "Nothing was changed. Start the version of Naru that wrote this file.");
      damaged.initCause(other);
      throw damaged;
    }
  }

  /// What can be done if the newest snapshot is damaged.
  private static String advice(List<Long> snapshots, List<Long> logs) {
    String putBack = "Nothing was changed. Put back a good copy of the file.";
    String newest = LogNames.snapshot(snapshots.getLast());
    boolean hasOlder = snapshots.size() > 1;
    long older = hasOlder ? snapshots.get(snapshots.size() - 2) : 0;
    if (logs.getFirst() > older + 1) {
      return putBack + " The log files alone do not hold everything any more.";
    }
    return putBack
        + " Or move %s away: the next start then begins with %s, and reads on in the log files."
            .formatted(newest, hasOlder ? LogNames.snapshot(older) : "the first of the log files");
  }

  /// The log, going on behind the last record. Called once, after [#replay].
  ///
  /// @param mailbox runs what it is given later, on the thread that uses the log; called from any
  public LocalLog log(Consumer<Runnable> mailbox, LogListener listener) {
    if (last == null) {
      throw new IllegalStateException("nothing was replayed");
    }
    LocalLog.Found found =
        new LocalLog.Found(
            lastPosition,
            snapshot == null ? LocalLog.NONE : snapshot.position(),
            snapshot == null ? 0 : snapshot.bytes(),
            tailBytes,
            blocks);
    return new LocalLog(disk, clock, randomness, settings, last, found, mailbox, listener);
  }

  /// Leaves out the files whose records all lie before `from`.
  static List<Long> needed(List<Long> firsts, long from) {
    int start = 0;
    while (start + 1 < firsts.size() && firsts.get(start + 1) <= from) {
      start++;
    }
    if (!firsts.isEmpty() && firsts.get(start) > from) {
      throw missing(firsts.get(start), from);
    }
    return firsts.subList(start, firsts.size());
  }

  private static DamagedLog missing(long first, long from) {
    return new DamagedLog(
        LogNames.log(first),
        0,
        "a file before this one, with the records from position " + from + " on",
        "none",
        "Nothing was changed. Put the missing log files back, or the snapshot that has their"
            + " records in it.");
  }

  private static DamagedLog gap(long fileBefore, long offset, long expected, long next) {
    return new DamagedLog(
        LogNames.log(fileBefore),
        offset,
        "the record of position " + expected + ", here or in " + LogNames.log(expected),
        "the end of the file, and " + LogNames.log(next) + " after it",
        "Nothing was changed. Put back the missing file, or a good copy of this one.");
  }

  private static DamagedLog endsEarly(long lastFile, long expected, long from) {
    return new DamagedLog(
        LogNames.log(lastFile),
        0,
        "records up to position " + (from - 1) + " at least",
        "the end of the log before position " + expected,
        "Nothing was changed. Put back a good copy of the file.");
  }

  private void readAll(List<Long> firsts, long from, Replay replay) {
    @Nullable RecordReader reader = null;
    long expected = firsts.getFirst();
    for (int i = 0; i < firsts.size(); i++) {
      boolean isLast = i == firsts.size() - 1;
      long first = firsts.get(i);
      if (reader != null && first != expected) {
        throw gap(firsts.get(i - 1), reader.offset(), expected, first);
      }
      DiskFile file = disk.open(LogNames.log(first));
      try {
        if (isLast && FileHeader.isTorn(file)) {
          if (first < from) {
            throw endsEarly(first, first, from);
          }
          beginAgain(file, first);
          return;
        }
        long salt = FileHeader.check(file, first).salt();
        if (reader == null) {
          reader = new RecordReader(file, salt);
        } else {
          reader.open(file, salt);
        }
        expected = readFile(reader, file, salt, new Span(first, from, isLast), replay);
        finish(file, salt, isLast);
      } catch (RuntimeException stopped) {
        file.close();
        throw stopped;
      }
    }
    if (expected < from) {
      throw endsEarly(firsts.getLast(), expected, from);
    }
    lastPosition = expected - 1;
  }

  /// What is to be read of a file.
  private record Span(long first, long from, boolean isLast) {}

  /// Returns the position that follows the file's last record.
  private long readFile(RecordReader reader, DiskFile file, long salt, Span span, Replay replay) {
    long expected = span.first();
    proof = new SyncProof();
    while (true) {
      switch (reader.next()) {
        case END -> {
          bytes += reader.offset();
          return expected;
        }
        case DAMAGE -> {
          TornTail tail = new TornTail(file, salt, reader.offset(), expected);
          // A snapshot was named only when the log was synced up to its position.
          if (!span.isLast() || expected < span.from() || !tail.isTorn()) {
            throw damaged(file, reader, expected, span.from(), tail);
          }
          bytes += reader.offset();
          cut(file, reader.offset(), expected);
          return expected;
        }
        case RECORD -> {
          if (reader.position() != expected) {
            throw DamagedLog.at(
                file.name(),
                reader.offset(),
                expected,
                "the record of position " + expected,
                "that of position " + reader.position());
          }
          proof.read(expected, reader.offset(), reader.mark());
          if (expected >= span.from()) {
            hand(reader, file, expected, replay);
          }
          expected++;
        }
      }
    }
  }

  private void hand(RecordReader reader, DiskFile file, long position, Replay replay) {
    try {
      replay.record(position, reader.payload());
    } catch (ByteReader.Malformed unreadable) {
      DamagedLog damaged =
          DamagedLog.at(
              file.name(),
              reader.offset(),
              position,
              "a record that this version understands",
              "one that " + unreadable.getMessage());
      damaged.initCause(unreadable);
      throw damaged;
    }
    records++;
    tailBytes += reader.recordBytes();
  }

  private static DamagedLog damaged(
      DiskFile file, RecordReader reader, long position, long from, TornTail tail) {
    String behind =
        tail.firstReadable() < 0
            ? ""
            : ", with records in order behind it from offset " + tail.firstReadable();
    String expected = "the record of position " + position;
    String found = reader.trouble() + behind;
    return position < from && tail.firstReadable() >= 0
        ? DamagedLog.covered(file.name(), reader.offset(), expected, found)
        : DamagedLog.at(file.name(), reader.offset(), position, expected, found);
  }

  private void finish(DiskFile file, long salt, boolean isLast) {
    if (!isLast) {
      file.close();
      return;
    }
    // After the end of a process, not of the machine, some of what was read may be in memory only;
    // and if that process ended because a sync was refused, no other sync would change that.
    writeAgain(file);
    file.sync();
    disk.sync();
    last = new LocalLog.OpenFile(file, salt);
  }

  private void writeAgain(DiskFile file) {
    try {
      file.writeAgain(proof.offset());
    } catch (WorldFailure refused) {
      // Some file systems need room for it. What has no room was not what failed before.
      if (!refused.isNoRoom()) {
        throw refused;
      }
    }
  }

  /// The file was created, but the crash came before its header was safe: it has no record yet.
  private void beginAgain(DiskFile file, long first) {
    if (file.sizeBytes() > 0) {
      cut(file, 0, first);
    }
    lastPosition = first - 1;
    last = LocalLog.OpenFile.begin(disk, file, first, randomness.nextLong());
  }

  /// Cuts the file; the sync that makes it safe follows in any case.
  private void cut(DiskFile file, long offset, long position) {
    long torn = file.sizeBytes() - offset;
    String keptAs = TornTail.keepAside(disk, file, offset, position);
    file.truncate(offset);
    tornTail = new RecoveryReport.TornTail(file.name(), offset, torn, keptAs);
  }
}
