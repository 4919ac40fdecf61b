package naru.broker.directory;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import naru.bytes.ByteReader;
import naru.log.FileReport;
import naru.log.Survey;

/// Reads every record as ops, and says on a terminal how far it is.
final class Progress implements Survey.Visitor {
  private static final long EACH_NS = 200_000_000;

  private final boolean isShown =
      Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);

  private long fileBytes;
  private long saidNs = System.nanoTime();
  private boolean hasSaid;

  @Override
  public void begins(String file, long bytes) {
    fileBytes = bytes;
  }

  @Override
  public void record(String file, long offset, long position, ByteReader payload) {
    if (isShown && System.nanoTime() - saidNs > EACH_NS) {
      saidNs = System.nanoTime();
      hasSaid = true;
      String part = String.format(Locale.ROOT, "%.0f", 100.0 * offset / Math.max(1, fileBytes));
      System.err.print("\r" + file + " " + part + " %  ");
      System.err.flush();
    }
    Ops.understand(payload);
  }

  @Override
  public void ended(FileReport report) {
    if (hasSaid) {
      System.err.print("\r\033[K");
      System.err.flush();
      hasSaid = false;
    }
  }
}
