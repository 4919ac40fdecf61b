package naru.protocol.resp.scripting;

import naru.bytes.ByteWriter;
import naru.engine.Failure;
import naru.engine.Procedure;
import naru.engine.Request;
import naru.reactor.OutputLimit;
import naru.reactor.Peer;
import org.jspecify.annotations.Nullable;

/// The connection that a script's commands come from: replies stay here.
final class ScriptPeer implements Peer {
  private static final int KEPT_BYTES = 64 << 10;

  private final ByteWriter output = new ByteWriter(1024);

  /// Forgets the last reply.
  void clear() {
    output.clear(KEPT_BYTES);
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
  public void submit(Request request) {
    throw new IllegalStateException("a script's requests are performed by its procedure");
  }

  @Override
  public void submit(Procedure procedure) {
    throw new IllegalStateException("a script runs no other");
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
  public ByteWriter output() {
    return output;
  }

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
