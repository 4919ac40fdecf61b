package naru.simulator;

import naru.bytes.ByteWriter;
import naru.log.OpsLog;

/// A log that lies about one thing, and takes no snapshots.
final class FalseLog implements OpsLog {
  private final OpsLog log;
  private final Sabotage sabotage;
  private boolean wasFull;

  FalseLog(OpsLog log, Sabotage sabotage) {
    this.log = log;
    this.sabotage = sabotage;
  }

  @Override
  public ByteWriter record() {
    return log.record();
  }

  @Override
  public long position() {
    return log.position();
  }

  @Override
  public void seal() {
    log.seal();
  }

  @Override
  public long safePosition() {
    return sabotage == Sabotage.ANSWERS_EARLY ? log.position() : log.safePosition();
  }

  @Override
  public long syncedPosition() {
    return log.syncedPosition();
  }

  @Override
  public boolean hasRoom() {
    wasFull |= !log.hasRoom();
    return sabotage == Sabotage.WRITES_NEVER_AGAIN ? !wasFull : log.hasRoom();
  }

  @Override
  public void tick(long monotonicNs) {
    if (sabotage != Sabotage.SYNCS_NEVER) {
      log.tick(monotonicNs);
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
