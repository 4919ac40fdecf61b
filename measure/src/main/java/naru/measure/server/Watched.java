package naru.measure.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// What the system knows of a process: `/proc` where there is one, else what the JVM can ask for.
public final class Watched {
  private static final double TICKS_PER_SECOND = 100;
  private static final Path PROCESSES = Path.of("/proc");

  private Watched() {}

  /// Processor time used so far, in seconds: user and system, with that of its children.
  static double processorSeconds(Process process) {
    double own = seconds(process.toHandle());
    double ended = endedChildrenSeconds(process.pid());
    return own + ended + process.descendants().mapToDouble(Watched::seconds).sum();
  }

  /// Of one that is alive; 0 else.
  public static double seconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static double endedChildrenSeconds(long pid) {
    try {
      String stat = Files.readString(PROCESSES.resolve(pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
    } catch (IOException noSuchFile) {
      return 0;
    }
  }

  /// Bytes of pages that it made the disk write, and its ended children; not a number where nobody
  /// counts them.
  static double writtenBytes(long pid) {
    try {
      return number(PROCESSES.resolve(pid + "/io"), "write_bytes:");
    } catch (IOException notCounted) {
      return Double.NaN;
    }
  }

  /// Resident memory in bytes.
  static long residentBytes(Process process) throws IOException {
    Path status = PROCESSES.resolve(process.pid() + "/status");
    if (Files.isReadable(status)) {
      return number(status, "VmRSS:") << 10;
    }
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", "" + process.pid()).start();
    String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return said.isBlank() ? 0 : Long.parseLong(said.strip()) << 10;
  }

  /// Memory in bytes, its children's too; what several have in common is divided among them.
  static long proportionalBytes(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToLong(each -> proportionalBytes(each.pid()))
        .sum();
  }

  /// 0 for a process that has ended.
  private static long proportionalBytes(long pid) {
    try {
      return number(PROCESSES.resolve(pid + "/smaps_rollup"), "Pss:") << 10;
    } catch (IOException ended) {
      return 0;
    }
  }

  /// What stands behind a name at the beginning of a line.
  private static long number(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  /// Bytes of all files in a folder; one that goes away meanwhile does not count.
  static long diskBytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    }
  }
}
