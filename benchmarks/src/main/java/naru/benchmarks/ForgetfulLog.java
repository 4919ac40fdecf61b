package naru.benchmarks;

import naru.bytes.ByteWriter;
import naru.log.OpsLog;

/// Keeps nothing; everything is safe at once.
final class ForgetfulLog implements OpsLog {
  private static final int KEPT_BYTES = 64 << 10;

  private final ByteWriter open = new ByteWriter(1024);
  private long sealed;

  @Override
  public ByteWriter record() {
    return open;
  }

  @Override
  public long position() {
    return sealed + (open.length() > 0 ? 1 : 0);
  }

  @Override
  public void seal() {
    if (open.length() > 0) {
      sealed++;
      open.clear(KEPT_BYTES);
    }
  }

  @Override
  public long safePosition() {
    return sealed;
  }

  @Override
  public long syncedPosition() {
    return sealed;
  }

  @Override
  public void tick(long monotonicNs) {}

  @Override
  public void close() {
    seal();
  }
}
