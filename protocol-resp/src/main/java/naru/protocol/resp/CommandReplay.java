package naru.protocol.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Procedure;
import naru.engine.Request;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.verb.Commands;
import naru.reactor.DetachedPeer;
import naru.reactor.Session;
import naru.reactor.Shard;
import org.jspecify.annotations.Nullable;

/// Carries out commands that were carried out elsewhere before, as from a client of its own:
/// without a network, and without waiting.
public final class CommandReplay {
  private static final int KEPT_BYTES = 1 << 20;

  private final ByteWriter request = new ByteWriter(1024);
  private final OnlyPeer peer;
  private final Session session;

  public CommandReplay(RespServer server) {
    peer = new OnlyPeer(server.shard());
    session = new RespProtocol(server).open(peer);
  }

  private CommandReplay(OnlyPeer peer, Client client) {
    this.peer = peer;
    session = new RespSession(client);
  }

  /// Carries out the commands of a server that is followed.
  public static final class OfMaster {
    private final CommandReplay replay;
    private final Client client;

    public OfMaster(RespServer server) {
      OnlyPeer peer = new OnlyPeer(server.shard());
      client = new Client(server, peer);
      client.becomesMaster();
      replay = new CommandReplay(peer, client);
    }

    /// The database that is selected.
    public int database() {
      return client.database();
    }

    public void database(int index) {
      client.database(index);
    }

    /// Carries out one whole request; returns its error, null if there was none.
    public @Nullable String run(byte[] array, int from, int to) {
      return replay.run(new ByteReader(array, from, to));
    }
  }

  /// The group of a command (`string`, `stream`), null if there is no such command.
  public static @Nullable String group(Bytes name) {
    Commands.Command command = Catalog.commands().find(name);
    return command == null ? null : command.group();
  }

  /// Carries out a command; returns its error, null if there was none.
  public @Nullable String run(List<Bytes> words) {
    request.clear(KEPT_BYTES);
    request.writeAscii("*" + words.size() + "\r\n");
    for (Bytes word : words) {
      request.writeAscii("$" + word.length() + "\r\n");
      request.write(word);
      request.writeAscii("\r\n");
    }
    return run(new ByteReader(request.array(), 0, request.length()));
  }

  private @Nullable String run(ByteReader in) {
    peer.clear();
    session.received(in);
    if (in.remaining() > 0) {
      return "ERR the command was not taken";
    }
    ByteWriter output = peer.output();
    if (output.length() == 0 || output.array()[0] != '-') {
      return null;
    }
    String text = new String(output.array(), 1, output.length() - 1, StandardCharsets.UTF_8);
    return text.strip();
  }

  /// The connection that the commands come from.
  private static final class OnlyPeer extends DetachedPeer {
    private final Shard shard;

    OnlyPeer(Shard shard) {
      super(KEPT_BYTES);
      this.shard = shard;
    }

    @Override
    public void submit(Request wanted) {
      shard.perform(wanted);
    }

    @Override
    public void submit(Procedure procedure) {
      procedure.run(shard);
    }
  }
}
