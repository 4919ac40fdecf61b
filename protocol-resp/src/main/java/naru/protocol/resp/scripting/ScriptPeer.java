package naru.protocol.resp.scripting;

import naru.engine.Procedure;
import naru.engine.Request;
import naru.reactor.DetachedPeer;

/// The connection that a script's commands come from: replies stay here.
final class ScriptPeer extends DetachedPeer {
  private static final int KEPT_BYTES = 64 << 10;

  ScriptPeer() {
    super(KEPT_BYTES);
  }

  @Override
  public void submit(Request request) {
    throw new IllegalStateException("a script's requests are performed by its procedure");
  }

  @Override
  public void submit(Procedure procedure) {
    throw new IllegalStateException("a script runs no other");
  }
}
