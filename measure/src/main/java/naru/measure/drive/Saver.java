package naru.measure.drive;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Has one snapshot taken after the other, and counts those that were begun.
public final class Saver extends Part {
  private static final long LOOKS_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final byte[] LOOK = resp("INFO", "persistence");
  private static final byte[] SAVE = resp("BGSAVE");
  private static final String IDLE = "rdb_bgsave_in_progress:0";

  private long nextNs;
  private int begun;

  /// How many were begun.
  public int begun() {
    return begun;
  }

  @Override
  protected void begin(Line line, long nowNs) {
    nextNs = nowNs;
  }

  @Override
  protected long dueNs() {
    return nextNs;
  }

  @Override
  protected void due(Line line, long nowNs) {
    nextNs = nowNs + LOOKS_EVERY_NS;
    line.send(LOOK);
  }

  @Override
  protected void replied(Line line, byte[] in, int from, int to, long nowNs) {
    if (in[from] == '+') {
      begun++;
    } else if (new String(in, from, to - from, StandardCharsets.ISO_8859_1).contains(IDLE)) {
      line.send(SAVE);
    }
  }

  /// One was begun by the server itself meanwhile: as good.
  @Override
  protected void refused(String reason) {}

  @Override
  protected boolean isMeasured() {
    return false;
  }
}
