package naru.log;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.log.FileReport.Flaw;
import naru.log.FileReport.Kind;
import naru.world.Clock;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.Randomness;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// Takes of a damaged directory what a broker can go on with, into another one: the state as it was
/// after one record. It begins with the snapshot, or the first record, from which most records
/// follow without a gap, and ends where the next one cannot be read. What lies behind is left:
/// records only mean something after those before them.
public final class Repair {
  private static final int KEEP_BYTES = 1 << 20;
  private static final long FILE_BYTES_MAX = LogSettings.DEFAULTS.fileBytesMax();

  private final Disk from;
  private final Clock clock;
  private final Randomness randomness;

  public Repair(Disk from, Clock clock, Randomness randomness) {
    this.from = from;
    this.clock = clock;
    this.randomness = randomness;
  }

  /// What is taken, and what is not.
  ///
  /// @param snapshot with which it begins, null if with the first record
  /// @param fromPosition the first record that is taken, if any is
  /// @param toPosition up to where the state is whole
  /// @param lost what cannot be read, and matters
  /// @param leftBehind records behind that could be read
  /// @param leftBehindBytes their payloads
  public record Plan(
      @Nullable FileReport snapshot,
      long fromPosition,
      long toPosition,
      List<Lost> lost,
      long leftBehind,
      long leftBehindBytes) {
    public long records() {
      return toPosition - fromPosition + 1;
    }
  }

  /// A place that cannot be read.
  public record Lost(String file, Flaw flaw) {}

  /// Positions from `first` to `last`, all readable.
  private record Run(long first, long last) {}

  /// Finds out what can be taken; null if nothing can.
  public @Nullable Plan plan(Survey.Visitor visitor) {
    Positions positions = new Positions(visitor);
    List<FileReport> files = new Survey(from, clock).files(positions);
    List<@Nullable FileReport> beginnings = new ArrayList<>();
    for (FileReport file : files.reversed()) {
      if (file.kind() == Kind.SNAPSHOT && file.isWhole()) {
        beginnings.add(file);
      }
    }
    boolean isFromTheFirst =
        files.stream()
            .filter(file -> file.kind() == Kind.LOG && file.firstPosition() == 1)
            .anyMatch(file -> file.isWhole() || positions.reach(0) > 0);
    if (isFromTheFirst) {
      beginnings.add(null);
    }
    if (beginnings.isEmpty()) {
      return null;
    }
    @Nullable FileReport best = beginnings.getFirst();
    for (FileReport each : beginnings) {
      if (positions.reach(positionOf(each)) > positions.reach(positionOf(best))) {
        best = each;
      }
    }
    long begin = positionOf(best);
    long end = positions.reach(begin);
    return new Plan(
        best,
        begin + 1,
        end,
        lost(files, begin),
        positions.behind(end),
        positions.bytesBehind(end));
  }

  private static long positionOf(@Nullable FileReport snapshot) {
    return snapshot == null ? 0 : snapshot.firstPosition();
  }

  private static List<Lost> lost(List<FileReport> files, long begin) {
    List<Lost> lost = new ArrayList<>();
    for (FileReport file : files) {
      for (Flaw flaw : file.flaws()) {
        if (file.kind() != Kind.LOG || flaw.position() > begin) {
          lost.add(new Lost(file.name(), flaw));
        }
      }
    }
    return lost;
  }

  /// Notes which positions can be read.
  private static final class Positions implements Survey.Visitor {
    private final Survey.Visitor visitor;
    private final List<Run> runs = new ArrayList<>();
    private final List<Long> runBytes = new ArrayList<>();

    Positions(Survey.Visitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public void begins(String file, long bytes) {
      visitor.begins(file, bytes);
    }

    @Override
    public void ended(FileReport report) {
      visitor.ended(report);
    }

    @Override
    public void record(String file, long offset, long position, ByteReader payload) {
      int bytes = payload.remaining();
      visitor.record(file, offset, position, payload);
      if (!LogNames.isLog(file)) {
        return;
      }
      if (!runs.isEmpty() && runs.getLast().last() + 1 == position) {
        runs.set(runs.size() - 1, new Run(runs.getLast().first(), position));
        runBytes.set(runs.size() - 1, runBytes.getLast() + bytes);
      } else {
        runs.add(new Run(position, position));
        runBytes.add((long) bytes);
      }
    }

    /// Up to where records follow each other from behind `position` on.
    long reach(long position) {
      for (Run run : runs) {
        if (run.first() <= position + 1 && position + 1 <= run.last()) {
          return run.last();
        }
      }
      return position;
    }

    long behind(long position) {
      long count = 0;
      for (Run run : runs) {
        count += run.first() > position ? run.last() - run.first() + 1 : 0;
      }
      return count;
    }

    long bytesBehind(long position) {
      long bytes = 0;
      for (int i = 0; i < runs.size(); i++) {
        bytes += runs.get(i).first() > position ? runBytes.get(i) : 0;
      }
      return bytes;
    }
  }

  /// Writes what `plan` takes into `to`, which is empty. All is synced when this returns.
  public void write(Plan plan, Disk to) {
    if (plan.snapshot() != null) {
      FileCopy.copy(from, plan.snapshot().name(), plan.snapshot().bytes(), to);
      for (String name : BlockFiles.names(from)) {
        try (DiskFile blocks = from.open(name)) {
          FileCopy.copy(from, name, blocks.sizeBytes(), to);
        }
      }
    }
    Copy copy = new Copy(to, plan.fromPosition());
    new Survey(from, clock)
        .logFrom(
            plan.fromPosition(),
            (file, offset, position, payload) -> {
              if (position == copy.next && position <= plan.toPosition()) {
                copy.take(payload);
              }
            });
    copy.close();
    if (copy.next != plan.toPosition() + 1) {
      throw new WorldFailure("the files have changed while they were copied");
    }
    to.sync();
  }

  /// Writes records into new files, under their positions.
  private final class Copy {
    private final Disk to;
    private final ByteWriter record = new ByteWriter(KEEP_BYTES);
    private final CRC32C checksum = new CRC32C();
    private LocalLog.OpenFile open;
    private long synced;
    private long next;

    Copy(Disk to, long first) {
      this.to = to;
      next = first;
      synced = first - 1;
      open = LocalLog.OpenFile.create(to, first, randomness.nextLong());
    }

    void take(ByteReader payload) {
      if (open.file().sizeBytes() > FILE_BYTES_MAX) {
        close();
        synced = next - 1;
        open = LocalLog.OpenFile.create(to, next, randomness.nextLong());
      }
      LogFormat.reserve(record);
      record.write(payload.read(payload.remaining()));
      LogFormat.fill(record, next, open.salt(), synced, checksum);
      open.file().append(record.array(), 0, record.length());
      record.clear(KEEP_BYTES);
      next++;
    }

    void close() {
      open.file().sync();
      open.file().close();
    }
  }
}
