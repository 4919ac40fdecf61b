package naru.measure;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// Where it is measured, and whether it is a good place for that.
final class Machine {
  private static final double QUIET_LOAD_MAX = 0.5;

  private Machine() {}

  static String described() {
    return String.format(
        Locale.ROOT,
        "%d processors%s, %s %s, Java %s",
        Runtime.getRuntime().availableProcessors(),
        model(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.version"));
  }

  private static String model() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
          .findFirst()
          .orElse("");
    } catch (IOException notHere) {
      return "";
    }
  }

  /// How many processes wanted a processor, in the mean of the last minute.
  static double load() {
    return Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  static boolean isQuiet() {
    return load() <= QUIET_LOAD_MAX;
  }

  /// Whether a sync of a file there has no disk to wait for.
  static boolean isInMemory(Path folder) throws IOException {
    return Files.getFileStore(folder).type().matches("tmpfs|ramfs");
  }

  /// How many files and connections a process may have.
  static long openMax() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
