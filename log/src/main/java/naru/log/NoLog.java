package naru.log;

import naru.bytes.ByteWriter;

/// A log that keeps nothing, for a pure cache: positions rise, and all of them are safe at once.
public final class NoLog implements OpsLog {
  private static final int KEEP_BYTES = 64 << 10;

  private final ByteWriter record = new ByteWriter(KEEP_BYTES);
  private long sealed;

  @Override
  public ByteWriter record() {
    return record;
  }

  @Override
  public long position() {
    return record.length() == 0 ? sealed : sealed + 1;
  }

  @Override
  public void seal() {
    if (record.length() > 0) {
      sealed++;
      record.clear(KEEP_BYTES);
    }
  }

  @Override
  public long safePosition() {
    return position();
  }

  @Override
  public long syncedPosition() {
    return position();
  }

  @Override
  public void tick(long monotonicNs) {}

  @Override
  public void close() {}
}
