package naru.broker;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import naru.protocol.resp.server.ProcessFigures;

/// This process, as the virtual machine and the system describe it.
final class RunningProcess implements ProcessFigures {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path TIMES = Path.of("/proc/self/stat");
  private static final Path MACHINE = Path.of("/proc/meminfo");

  private static final long STACK_BYTES = 1L << 20;

  private final String transport;

  RunningProcess(String transport) {
    this.transport = transport;
  }

  /// How large the stack of the main thread is: what `java.options` say, or else the machine's
  /// usual.
  static long mainStackBytes() {
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (option.matches("-Xss\\d{1,4}m")) {
        return Long.parseLong(option.substring(4, option.length() - 1)) << 20;
      }
    }
    return STACK_BYTES;
  }

  @Override
  public String version() {
    return Main.VERSION;
  }

  @Override
  public String operatingSystem() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }

  @Override
  public String transport() {
    return transport;
  }

  @Override
  public long processId() {
    return ProcessHandle.current().pid();
  }

  @Override
  public Memory memory() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage code = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    return new Memory(
        heap.getUsed(),
        heap.getCommitted(),
        Runtime.getRuntime().maxMemory(),
        buffers("direct"),
        buffers("mapped"),
        code.getUsed());
  }

  private static long buffers(String pool) {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(bean -> bean.getName().startsWith(pool))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Override
  public void collectGarbage() {
    ManagementFactory.getMemoryMXBean().gc();
  }

  @Override
  public long residentBytes() {
    return kilobytes(STATUS, "VmRSS:") << 10;
  }

  @Override
  public long systemBytes() {
    return kilobytes(MACHINE, "MemTotal:") << 10;
  }

  @Override
  public long processorNs() {
    return ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos()).orElse(0L);
  }

  /// The fifteenth word of the line, counted behind the name in brackets, in hundredths of a
  /// second.
  @Override
  public long systemNs() {
    try {
      String line = Files.readString(TIMES);
      return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ")[12]) * 10_000_000;
    } catch (IOException notHere) {
      return 0;
    }
  }

  /// The number of kilobytes on the line that begins with `name`; 0 if there is no such file or
  /// line.
  private static long kilobytes(Path file, String name) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      return 0;
    } catch (IOException notHere) {
      return 0;
    }
  }
}
