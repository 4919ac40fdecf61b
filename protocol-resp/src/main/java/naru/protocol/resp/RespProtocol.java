package naru.protocol.resp;

import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;
import naru.reactor.Peer;
import naru.reactor.Protocol;
import naru.reactor.Session;

/// The Redis protocol.
public final class RespProtocol implements Protocol {
  /// As Redis words it: people look for it.
  private static final String PROTECTED =
      "DENIED Redis is running in protected mode because protected mode is enabled and no password"
          + " is set for the default user. In this mode connections are only accepted from the"
          + " loopback interface. If you want to connect from external computers to Redis you may"
          + " adopt one of the following solutions: 1) Just disable protected mode sending the"
          + " command 'CONFIG SET protected-mode no' from the loopback interface by connecting to"
          + " Redis from the same host the server is running, however MAKE SURE Redis is not"
          + " publicly accessible from internet if you do so. Use CONFIG REWRITE to make this"
          + " change permanent. 2) Alternatively you can just disable the protected mode by editing"
          + " the Redis configuration file, and setting the protected mode option to 'no', and then"
          + " restarting the server. 3) If you started the server manually just for testing,"
          + " restart it with the '--protected-mode no' option. 4) Set up an authentication"
          + " password for the default user. NOTE: You only need to do one of the above things in"
          + " order for the server to start accepting connections from the outside.";

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
    if (server.turnsAway(peer)) {
      client.writer().error(PROTECTED);
      peer.closeAfterOutput();
      return new RespSession(client);
    }
    if (!server.add(client)) {
      client.writer().error("ERR max number of clients reached");
      peer.closeAfterOutput();
    }
    return new RespSession(client);
  }
}
