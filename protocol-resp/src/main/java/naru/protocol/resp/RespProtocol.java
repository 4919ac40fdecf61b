package naru.protocol.resp;

import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;
import naru.reactor.Peer;
import naru.reactor.Protocol;
import naru.reactor.Session;

/// The Redis protocol.
public final class RespProtocol implements Protocol {
  private final RespServer server;

  public RespProtocol(RespServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "resp";
  }

  @Override
  public Session open(Peer peer) {
    Client client = new Client(server, peer);
    if (!server.add(client)) {
      client.writer().error("ERR max number of clients reached");
      peer.closeAfterOutput();
    }
    return new RespSession(client);
  }
}
