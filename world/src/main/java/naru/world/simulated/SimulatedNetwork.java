package naru.world.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import naru.world.Network;
import naru.world.WorldFailure;

/// A network in memory. What a [SimulatedClient] sends is delivered by the next [#poll]; what the
/// broker flushes can be read by the client at once.
///
/// Delays are the business of whoever holds the clients: a [Pause] is what goes on in the world
/// while a poll waits.
public final class SimulatedNetwork implements Network {
  private final Map<Integer, Acceptor> listeners = new TreeMap<>();
  private final List<SimulatedSocket> sockets = new ArrayList<>();
  private final Pause pause;
  private int portLast = 10_000;
  private int clientPortLast = 50_000;
  private boolean woken;

  /// What happens while a poll waits.
  public interface Pause {
    /// Lets at most `timeoutNs` pass, less if [SimulatedNetwork#hasEvents].
    void waitNs(long timeoutNs);

    /// The wait is over, and what came in was delivered.
    default void ended() {}
  }

  /// A network on which polls do not wait.
  public SimulatedNetwork() {
    this(_ -> {});
  }

  public SimulatedNetwork(Pause pause) {
    this.pause = pause;
  }

  @Override
  public int listen(String host, int port, Encryption encryption, Acceptor acceptor) {
    if (encryption != Encryption.NONE) {
      throw new WorldFailure("listen on port " + port + ": there is no TLS here");
    }
    int chosen = port == 0 ? ++portLast : port;
    if (listeners.putIfAbsent(chosen, acceptor) != null) {
      throw new WorldFailure("listen on port " + chosen + ": address already in use");
    }
    return chosen;
  }

  /// A new connection to a port that is listened on.
  public SimulatedClient connect(int port) {
    return connect(port, "127.0.0.1");
  }

  /// A new connection from another machine; an address of IPv6 stands in brackets.
  public SimulatedClient connect(int port, String host) {
    Acceptor acceptor = listeners.get(port);
    if (acceptor == null) {
      throw new WorldFailure("connect to port " + port + ": connection refused");
    }
    SimulatedSocket socket =
        new SimulatedSocket(host + ":" + ++clientPortLast, "127.0.0.1:" + port);
    socket.begin(acceptor.accepted(socket));
    sockets.add(socket);
    return new SimulatedClient(socket);
  }

  @Override
  public void poll(long timeoutNs) {
    pause.waitNs(timeoutNs);
    woken = false;
    for (SimulatedSocket socket : List.copyOf(sockets)) {
      socket.deliver();
    }
    sockets.removeIf(SimulatedSocket::isClosed);
    pause.ended();
  }

  /// Whether a poll would deliver something, or was told to end.
  public boolean hasEvents() {
    return woken || sockets.stream().anyMatch(SimulatedSocket::hasEvents);
  }

  @Override
  public void wakeUp() {
    woken = true;
  }

  @Override
  public void stopListening() {
    listeners.clear();
  }

  @Override
  public void close() {
    listeners.clear();
    for (SimulatedSocket socket : List.copyOf(sockets)) {
      socket.close();
    }
    sockets.clear();
  }
}
