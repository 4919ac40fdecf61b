package naru.protocol.resp.replication;

import java.util.function.BooleanSupplier;
import naru.protocol.resp.server.Client;

/// A client that waits until what was written has got somewhere.
///
/// @param command which of the client's commands waits
record Waiting(Client client, long command, BooleanSupplier isEnough) {
  /// Ends the wait if there is nothing more to wait for; returns whether it is over, by that or by
  /// anything else.
  boolean endIfEnough() {
    if (client.commands() != command || !client.peer().isWaiting()) {
      return true;
    }
    if (isEnough.getAsBoolean()) {
      client.peer().endWait(null);
      return true;
    }
    return false;
  }
}
