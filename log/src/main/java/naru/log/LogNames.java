package naru.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of a log's files: `log-00000000000000000001.naru` starts with position 1;
/// `torn-7-4096.bin` is what was cut, at position 7, from offset 4096 of its file.
final class LogNames {
  private static final Pattern LOG = Pattern.compile("log-([0-9]{20})\\.naru");

  private LogNames() {}

  static String log(long firstPosition) {
    return String.format(Locale.ROOT, "log-%020d.naru", firstPosition);
  }

  static String torn(long position, long offset, int copy) {
    return "torn-" + position + "-" + offset + (copy == 1 ? "" : "-" + copy) + ".bin";
  }

  /// The first positions of all log files among `names`, rising.
  static List<Long> logs(List<String> names) {
    List<Long> positions = new ArrayList<>();
    for (String name : names) {
      Matcher matcher = LOG.matcher(name);
      if (matcher.matches()) {
        positions.add(position(name, matcher.group(1)));
      } else if (name.startsWith("log-") || name.endsWith(".naru")) {
        throw stranger(name);
      }
    }
    positions.sort(null);
    return positions;
  }

  private static long position(String name, String digits) {
    try {
      long position = Long.parseLong(digits);
      if (position > 0) {
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
