package naru.protocol.memcached;

import naru.bytes.ByteReader;
import naru.reactor.Peer;
import naru.reactor.Protocol;
import naru.reactor.Session;

/// The text and meta protocol of memcached.
public final class MemcachedProtocol implements Protocol {
  private static final String PROTECTED =
      "ERROR DENIED no password is set, so only this machine may connect: set requirepass, or"
          + " protected-mode no\r\n";

  private final MemcachedServer server;

  public MemcachedProtocol(MemcachedServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "memcached";
  }

  @Override
  public Session open(Peer peer) {
    if (server.admission().turnsAway(peer.remoteAddress())) {
      peer.output().writeAscii(PROTECTED);
      peer.closeAfterOutput();
      return new Rejected();
    }
    if (!server.enter()) {
      peer.output().writeAscii("ERROR Too many open connections\r\n");
      peer.closeAfterOutput();
      return new Rejected();
    }
    return new MemcachedSession(new Client(server, peer));
  }

  /// One for whom there is no room.
  private static final class Rejected implements Session {
    @Override
    public void received(ByteReader input) {
      input.position(input.limit());
    }

    @Override
    public void closed() {}
  }
}
