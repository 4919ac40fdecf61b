package naru.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The names of a log's files: `log-00000000000000000001.naru` starts with position 1;
/// `torn-7-4096.bin` is what was cut, at position 7, from offset 4096 of its file;
/// `snapshot-00000000000000000007.naru` is the state after position 7, and so is the same with
/// `.part` at its end, but that was never finished; `blocks-00000000000000000001.naru` is the first
/// file of [BlockFiles].
final class LogNames {
  private static final Pattern LOG = Pattern.compile("log-([0-9]{20})\\.naru");

  private static final Pattern SNAPSHOT = Pattern.compile("snapshot-([0-9]{20})\\.naru");
  private static final Pattern BLOCKS = Pattern.compile("blocks-([0-9]{20})\\.naru");
  private static final Pattern PART = Pattern.compile("snapshot-[0-9]{20}\\.part");

  private LogNames() {}

  static String log(long firstPosition) {
    return String.format(Locale.ROOT, "log-%020d.naru", firstPosition);
  }

  static String snapshot(long position) {
    return String.format(Locale.ROOT, "snapshot-%020d.naru", position);
  }

  static String part(long position) {
    return String.format(Locale.ROOT, "snapshot-%020d.part", position);
  }

  static String blocks(long number) {
    return String.format(Locale.ROOT, "blocks-%020d.naru", number);
  }

  static String torn(long position, long offset, int copy) {
    return "torn-" + position + "-" + offset + (copy == 1 ? "" : "-" + copy) + ".bin";
  }

  static boolean isLog(String name) {
    return LOG.matcher(name).matches();
  }

  static boolean isSnapshot(String name) {
    return SNAPSHOT.matcher(name).matches();
  }

  /// The first positions of all log files among `names`, rising.
  static List<Long> logs(List<String> names) {
    List<Long> positions = new ArrayList<>();
    for (String name : names) {
      Matcher matcher = LOG.matcher(name);
      if (matcher.matches()) {
        positions.add(position(name, matcher.group(1), 1));
      } else if (isStrange(name)) {
        throw stranger(name);
      }
    }
    positions.sort(null);
    return positions;
  }

  private static boolean isStrange(String name) {
    if (SNAPSHOT.matcher(name).matches()
        || PART.matcher(name).matches()
        || BLOCKS.matcher(name).matches()) {
      return false;
    }
    return name.startsWith("log-") || name.startsWith("snapshot-") || name.endsWith(".naru");
  }

  /// The positions of all snapshots among `names`, rising.
  static List<Long> snapshots(List<String> names) {
    return numbers(names, SNAPSHOT, 0);
  }

  static boolean isBlocks(String name) {
    return BLOCKS.matcher(name).matches();
  }

  /// The numbers of all files of blocks among `names`, rising.
  static List<Long> blocks(List<String> names) {
    return numbers(names, BLOCKS, 1);
  }

  private static List<Long> numbers(List<String> names, Pattern pattern, long least) {
    List<Long> numbers = new ArrayList<>();
    for (String name : names) {
      Matcher matcher = pattern.matcher(name);
      if (matcher.matches()) {
        numbers.add(position(name, matcher.group(1), least));
      }
    }
    numbers.sort(null);
    return numbers;
  }

  /// Snapshots among `names` that were never finished.
  static List<String> parts(List<String> names) {
    return names.stream().filter(name -> PART.matcher(name).matches()).toList();
  }

  /// The first file among `names` that is not needed once there is a snapshot at `position`: an
  /// older one, or a log file whose records all lie before. Null if there is none.
  static @Nullable String superfluous(List<String> names, long position) {
    List<Long> snapshots = snapshots(names);
    if (!snapshots.isEmpty() && snapshots.getFirst() < position) {
      return snapshot(snapshots.getFirst());
    }
    List<Long> logs = logs(names);
    return logs.size() > 1 && logs.get(1) <= position + 1 ? log(logs.getFirst()) : null;
  }

  private static long position(String name, String digits, long least) {
    try {
      long position = Long.parseLong(digits);
      if (position >= least) {
        return position;
      }
    } catch (NumberFormatException tooLarge) {
      throw stranger(name);
    }
    throw stranger(name);
  }

  private static DamagedLog stranger(String name) {
    return new DamagedLog(
        name,
        0,
        "a name like " + log(1),
        "this name",
        "Another version of Naru, or somebody else, put this file here. Start that version, or move"
            + " the file out of the directory if it is not part of the log.");
  }
}
