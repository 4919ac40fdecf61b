package naru.reactor;

import naru.bytes.ByteWriter;
import naru.engine.Failure;
import org.jspecify.annotations.Nullable;

/// A peer without a connection: what it is answered stays here, nothing is pushed to it, and it
/// never waits.
public abstract class DetachedPeer implements Peer {
  private final int keptBytes;
  private final ByteWriter output = new ByteWriter(1024);

  /// `keptBytes`: how much room is kept for answers after a large one.
  protected DetachedPeer(int keptBytes) {
    this.keptBytes = keptBytes;
  }

  /// Forgets what it was answered.
  public final void clear() {
    output.clear(keptBytes);
  }

  @Override
  public final ByteWriter output() {
    return output;
  }

  @Override
  public long id() {
    return 0;
  }

  @Override
  public String remoteAddress() {
    return "";
  }

  @Override
  public String localAddress() {
    return "";
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public boolean isHeld() {
    return false;
  }

  @Override
  public void endWait(@Nullable Failure failure) {}

  @Override
  public void hold(boolean on) {}

  @Override
  public void send(byte[] frame) {}

  @Override
  public long unsentBytes() {
    return 0;
  }

  @Override
  public void limitOutput(OutputLimit limit) {}

  @Override
  public void closeAfterOutput() {}

  @Override
  public void close() {}
}
