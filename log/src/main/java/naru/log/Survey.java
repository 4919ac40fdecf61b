package naru.log;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.ByteReader;
import naru.log.FileReport.Flaw;
import naru.log.FileReport.Kind;
import naru.world.Clock;
import naru.world.Disk;
import naru.world.DiskFile;
import naru.world.Randomness;
import org.jspecify.annotations.Nullable;

/// Looks at all files of a directory, each for itself and to its end, and says what a start would
/// make of them. Nothing is changed.
public final class Survey {
  private final Disk disk;
  private final Clock clock;

  public Survey(Disk disk, Clock clock) {
    this.disk = disk;
    this.clock = clock;
  }

  /// Is shown what is read.
  public interface Visitor {
    /// A file is read from its beginning.
    default void begins(String file, long bytes) {}

    /// A record that is whole, its payload lent for the length of this call. Throws
    /// [ByteReader.Malformed] if it is not understood: that counts as damage.
    void record(String file, long offset, long position, ByteReader payload);

    /// A file was read to its end.
    default void ended(FileReport report) {}
  }

  /// What a start would do: go on from what it found or, if there is a refusal, stop.
  public record Verdict(@Nullable RecoveryReport start, @Nullable DamagedLog refusal) {}

  /// Whether there is anything in the directory that a broker has written.
  public boolean isEmpty() {
    List<String> names = disk.list();
    return names.stream().map(Survey::kind).allMatch(kind -> kind == Kind.OTHER);
  }

  /// Reads every file.
  public List<FileReport> files(Visitor visitor) {
    List<String> names = disk.list();
    return read(names, names, visitor);
  }

  /// Reads the log files in which there may be records from a position on.
  public List<FileReport> logFrom(long position, Visitor visitor) {
    List<String> names = disk.list();
    List<Long> firsts = LogNames.logs(names.stream().filter(LogNames::isLog).toList());
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < firsts.size(); i++) {
      if (i + 1 == firsts.size() || firsts.get(i + 1) > position) {
        wanted.add(LogNames.log(firsts.get(i)));
      }
    }
    return read(wanted, names, visitor);
  }

  /// Reads the newest snapshot, if there is one.
  public List<FileReport> newestSnapshot(Visitor visitor) {
    List<String> names = disk.list();
    List<Long> positions = LogNames.snapshots(names);
    return positions.isEmpty()
        ? List.of()
        : read(List.of(LogNames.snapshot(positions.getLast())), names, visitor);
  }

  private List<FileReport> read(List<String> wanted, List<String> all, Visitor visitor) {
    String last = all.stream().filter(name -> kind(name) == Kind.LOG).reduce("", (a, b) -> b);
    List<FileReport> reports = new ArrayList<>();
    for (String name : wanted) {
      try (DiskFile file = disk.open(name)) {
        visitor.begins(name, file.sizeBytes());
        FileReport report = read(file, name.equals(last), visitor);
        visitor.ended(report);
        reports.add(report);
      }
    }
    return reports;
  }

  private FileReport read(DiskFile file, boolean isLast, Visitor visitor) {
    Kind kind = kind(file.name());
    try {
      return switch (kind) {
        case LOG -> {
          long first = LogNames.logs(List.of(file.name())).getFirst();
          yield new LogFileScan(file, first, isLast, visitor).run();
        }
        case SNAPSHOT -> snapshot(file, visitor);
        case BLOCKS -> blocks(file);
        case UNFINISHED, TORN, OTHER -> {
          LogNames.logs(List.of(file.name()));
          yield plain(file, kind, List.of());
        }
      };
    } catch (DamagedLog strange) {
      Flaw flaw = new Flaw(0, file.sizeBytes(), 0, strange.expected(), strange.found(), false);
      return plain(file, kind, List.of(flaw));
    }
  }

  /// A torn end cannot be told from damage without the snapshot, unless there is more behind it.
  private FileReport blocks(DiskFile file) {
    BlockFiles.Walk walk = BlockFiles.walk(disk, file.name());
    String trouble = walk.trouble();
    long left = file.sizeBytes() - walk.end();
    boolean isNewest = BlockFiles.names(disk).getLast().equals(file.name());
    boolean mayBeTorn = isNewest && !walk.hasMore();
    return plain(
        file,
        Kind.BLOCKS,
        trouble == null
            ? List.of()
            : List.of(
                new Flaw(walk.end(), left, walk.blocks() + 1, "a block", trouble, mayBeTorn)));
  }

  private static FileReport plain(DiskFile file, Kind kind, List<Flaw> flaws) {
    return new FileReport(file.name(), kind, file.sizeBytes(), 0, 0, 0, 0, flaws);
  }

  private static FileReport snapshot(DiskFile file, Visitor visitor) {
    long position = LogNames.snapshots(List.of(file.name())).getFirst();
    long[] records = {0};
    @Nullable SnapshotReader reader = null;
    List<Flaw> flaws = new ArrayList<>();
    try {
      SnapshotReader opened = new SnapshotReader(file, position, "");
      reader = opened;
      boolean more = true;
      while (more) {
        more =
            opened.next(
                (at, payload) -> {
                  visitor.record(file.name(), opened.offset(), at, payload);
                  records[0]++;
                });
      }
    } catch (DamagedLog damaged) {
      long at = damaged.offset();
      long bytes = file.sizeBytes() - at;
      flaws.add(new Flaw(at, bytes, records[0] + 1, damaged.expected(), damaged.found(), false));
    }
    return new FileReport(
        file.name(),
        Kind.SNAPSHOT,
        file.sizeBytes(),
        records[0],
        position,
        position,
        reader == null ? 0 : reader.entries(),
        flaws);
  }

  /// What a file is by its name.
  static Kind kind(String name) {
    if (LogNames.isLog(name)) {
      return Kind.LOG;
    }
    if (LogNames.isSnapshot(name)) {
      return Kind.SNAPSHOT;
    }
    if (LogNames.isBlocks(name)) {
      return Kind.BLOCKS;
    }
    if (!LogNames.parts(List.of(name)).isEmpty()) {
      return Kind.UNFINISHED;
    }
    return name.startsWith("torn-") ? Kind.TORN : Kind.OTHER;
  }

  /// What a start would do, tried on a disk that keeps nothing. Throws [WorldFailure] if the files
  /// cannot be read.
  ///
  /// @param replay is given what a start would apply
  public Verdict start(Replay replay) {
    Randomness never = () -> 0;
    try {
      Recovery recovery = new Recovery(new Rehearsal(disk), clock, never, LogSettings.DEFAULTS);
      return new Verdict(recovery.replay(replay), null);
    } catch (DamagedLog refusal) {
      return new Verdict(null, refusal);
    }
  }
}
