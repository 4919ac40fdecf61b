package naru.protocol.memcached;

import naru.reactor.Reactor;

/// What the memcached connections of one broker share.
public final class MemcachedServer {
  private final Reactor reactor;
  private final MemcachedSettings settings;
  private final Admission admission;
  private final long processId;
  private final long startedMs;
  private final Statistics statistics = new Statistics();
  private int connections;
  private int port;

  /// @param processId shown in `stats`
  public MemcachedServer(
      Reactor reactor, MemcachedSettings settings, Admission admission, long processId) {
    this.reactor = reactor;
    this.settings = settings;
    this.admission = admission;
    this.processId = processId;
    this.startedMs = reactor.shard().nowMs();
  }

  /// The port that it is reached at, for `stats settings`.
  public void port(int newPort) {
    port = newPort;
  }

  int port() {
    return port;
  }

  Reactor reactor() {
    return reactor;
  }

  MemcachedSettings settings() {
    return settings;
  }

  Admission admission() {
    return admission;
  }

  long processId() {
    return processId;
  }

  long startedMs() {
    return startedMs;
  }

  Statistics statistics() {
    return statistics;
  }

  /// How many are connected.
  public int connections() {
    return connections;
  }

  /// A client has connected; returns whether there is room for it.
  boolean enter() {
    if (connections >= settings.connectionsMax()) {
      statistics.rejectedConnections++;
      return false;
    }
    connections++;
    statistics.connections++;
    return true;
  }

  void leave() {
    connections--;
  }
}
